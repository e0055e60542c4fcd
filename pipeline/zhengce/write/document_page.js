// the form, the keys, the selection of words, the language; and the beginning
const fieldFor = ([column, type, choices, needed], table, value) => {
  const told = value == null ? "" : Array.isArray(value) ? value.join("; ") : String(value);
  let field;
  if (choices.length) {
    field = make("select", "");
    if (!needed) field.append(Object.assign(make("option", "", "—"), { value: "" }));
    for (const choice of choices) {
      const option = Object.assign(make("option", "", say(`value.${table}.${column}.${choice}`)), { value: choice });
      option.dataset.t = `value.${table}.${column}.${choice}`;
      field.append(option);
    }
    field.value = told || (needed ? choices[0] : "");
  } else {
    field = make("input", "");
    field.type = "text";
    field.autocomplete = "off";
    field.spellcheck = false;
    if (type === "decimal") field.inputMode = "decimal";
    if (type === "list") field.placeholder = say("review.list_hint");
    if (type === "date") field.placeholder = "2026-03-01";
    field.value = told;
  }
  field.required = needed;
  field.dataset.column = column;
  return field;
};
const NUMBER = /^-?\d+(\.\d+)?$/;
const isDate = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
const valueOf = (field, [, type, , needed]) => {  // throws what is wrong with it, as a key of a word
  const text = field.value.normalize("NFC").trim();
  if (!text) {
    if (needed) throw "review.needed";
    return type === "list" ? [] : null;
  }
  if (type === "list") return text.split(/[;；]/).map((part) => part.trim()).filter(Boolean);
  if (type === "decimal" && !NUMBER.test(text.replaceAll(",", ""))) throw "review.bad_number";
  if (type === "date" && !isDate(text)) throw "review.bad_date";
  return type === "decimal" ? text.replaceAll(",", "") : text;
};
const closeForm = () => {
  if (!form) return;
  const { record, element } = form;
  form = null;
  element.remove();
  if (record) { record.card.append(actions); record.card.focus({ preventScroll: true }); }
};
// `values` are what the fields begin with; `save` gets the values and the reason, and says whether it was done
const openForm = (record, table, values, save, heading) => {
  closeForm();
  const element = make("form", `edit card ${table}`, make("h3", "", term(`kind.${table}`, "badge"), " ", heading));
  const fields = data.schema[table].map((own) => [own, fieldFor(own, table, values[own[0]])]);
  for (const [own, field] of fields) {
    const label = make("label", "", term(`column.${table}.${own[0]}`), own[3] ? " *" : "");
    label.append(field, make("small", "wrong"));
    element.append(label);
  }
  const reason = make("input", "");
  reason.maxLength = 2000;
  const why = make("label", "wide", term("review.why"));
  why.append(reason);
  const saving = make("button", "confirm", term("review.save")), cancelling = make("button", "", term("review.cancel"), " ", make("kbd", "", "Esc"));
  saving.type = "submit";
  cancelling.type = "button";
  cancelling.addEventListener("click", closeForm);
  element.append(why, make("div", "actions", saving, cancelling));
  element.noValidate = true;
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const decided = {};
    let wrong = null;
    for (const [own, field] of fields) {
      const message = field.parentElement.querySelector(".wrong");
      message.textContent = "";
      field.removeAttribute("aria-invalid");
      try {
        decided[own[0]] = valueOf(field, own);
      } catch (key) {
        message.textContent = say(key);
        field.setAttribute("aria-invalid", "true");
        wrong ??= field;
      }
    }
    if (wrong) return wrong.focus();
    if (await save(decided, reason.value.trim())) closeForm();
  });
  form = { record, element };
  actions.remove();
  if (record) record.card.append(element); else cardsPane.prepend(element);
  (record?.card ?? element).scrollIntoView({ block: "start" });
  one("input,select", element).focus({ preventScroll: true });
};
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || (Array.isArray(a) && !a.length && b == null);
const act = {
  confirm: () => act.verdict(confirmRecord),
  reject: () => act.verdict(rejectRecord),
  verdict: async (how) => {
    if (!selected) return tell("review.select_first");
    if (!signed()) return null;
    closeForm();
    const record = selected;
    record.waiting = true;  // the next key is for the next record, whenever this one is on disk
    const done = how(record);
    nextUnreviewed();
    if (!(await done)) select(record);
    record.waiting = false;
    return null;
  },
  edit: () => {
    const record = selected;
    if (!record) return tell("review.select_first");
    openForm(record, record.table, record.values, async (decided, reason) => {
      const changed = Object.fromEntries(Object.entries(decided).filter(([name, value]) => !same(value, record.values[name])));
      if (!Object.keys(changed).length && !reason) return confirmRecord(record);
      return editRecord(record, changed, reason);
    }, term("review.edit"));
  },
};
const reclassify = (table) => {
  const record = selected;
  openForm(record, table, record.values, (decided, reason) => addNew(table, record.start, record.end, decided, reason, record), term("review.change_kind"));
};

// words that are selected become a record
const marking = one("#marking");
const chosen = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || clean.hidden) return null;
  const range = selection.getRangeAt(0);
  if (!clean.contains(range.commonAncestorContainer)) return null;
  let start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const words = Array.from(wordsBetween(start, end));
  const blank = (character) => !character.trim();
  while (words.length && blank(words[0])) { words.shift(); start += 1; }
  while (words.length && blank(words.at(-1))) { words.pop(); end -= 1; }
  return words.length ? { start: end - words.length, end } : null;
};
const offer = () => {
  const found = chosen();
  marking.hidden = !found;
  if (!found) return;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  marking.style.left = `${Math.max(8, Math.min(box.left, innerWidth - marking.offsetWidth - 8))}px`;
  marking.style.top = `${Math.max(8, box.top - marking.offsetHeight - 8)}px`;
};
const FIRST = { brands: "name", references: "title", events: "name", assignments: "department_text" };
const markAs = (table) => {
  const found = chosen();
  if (!found) return;
  const words = direct(wordsBetween(found.start, found.end)).replace(/[\n\ufffd]/g, ""), values = {};
  for (const [name, , , , usual] of data.schema[table]) values[name] = usual;
  if (table in FIRST) values[FIRST[table]] = words.replace(/^[《“「]|[》”」]$/g, "");
  if (table === "assignments") values.group = words;
  marking.hidden = true;
  getSelection().removeAllRanges();
  openForm(null, table, values, (decided, reason) => addNew(table, found.start, found.end, decided, reason), make("q", "", direct(words)));
};
for (const button of all("[data-mark]", marking)) {
  button.addEventListener("mousedown", (event) => event.preventDefault());  // the selection is to stay
  button.addEventListener("click", () => markAs(button.dataset.mark));
}
document.addEventListener("selectionchange", offer);
pane.addEventListener("scroll", () => { if (!marking.hidden) offer(); }, { passive: true });

pane.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-r]");
  if (!mark || !getSelection().isCollapsed) return;
  const over = [];  // marks of added records stand round or in others
  for (let at = mark; at; at = at.parentElement.closest("mark[data-r]")) over.push(...at.dataset.r.split(" ").map((number) => records[Number(number)]));
  const shown = over.filter((record) => record && !record.hidden).sort((a, b) => a.end - a.start - (b.end - b.start));
  select(shown[(shown.indexOf(selected) + 1) % shown.length], false);
});
cardsPane.addEventListener("click", (event) => {
  const card = event.target.closest(".card[data-n]");
  if (card && !event.target.closest("button,input,select,label")) select(records[Number(card.dataset.n)], false);
});

// keys
const dialog = one("#keys");
one("#help").addEventListener("click", () => dialog.showModal());
one("#undo").addEventListener("click", undoLast);
one("#export")?.addEventListener("click", exportLines);
one("#print").addEventListener("click", () => window.print());
const tables = Object.keys(data.schema);
const KEYS = {
  j: () => step(1), k: () => step(-1), y: act.confirm, n: act.reject, e: act.edit, u: undoLast,
  r: () => showRaw(raw !== null && raw.hidden), "?": () => dialog.showModal(), "/": () => findBox.focus(),
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (form) closeForm(); else getSelection().removeAllRanges();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
  if (event.target.closest("input,select,textarea")) return;
  const number = /^[1-9]$/.test(event.key) ? tables[Number(event.key) - 1] : null;
  if (number) {
    event.preventDefault();
    if (chosen()) markAs(number);
    else if (!selected) tell("review.select_first");
    else if (selected.table !== number) reclassify(number);
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

const translate = () => {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  const version = one("meta[name=generator]").content.split(" ")[1] ?? "";
  for (const element of all("[data-t]")) element.textContent = say(element.dataset.t, { version });
  filter();
  progress();
  search();
};
one("#language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  kept.set("zhengce.language", language);
  translate();
});

all(".card", cardsPane).forEach((card, number) => { records[number].card = card; });
for (const mark of all("mark[data-r]", clean)) attach(mark);
coderBox.value = kept.get("zhengce.coder") ?? data.coder ?? "";
coderBox.addEventListener("change", () => kept.set("zhengce.coder", coder()));
if (!data.served) {
  const known = new Set(log.map((line) => line.edit));
  for (const line of JSON.parse(kept.get(storeKey) ?? "[]")) {
    made.push(line);
    if (!known.has(line.edit)) log.push(line);
  }
}
for (const line of log) {
  if (line.action === "add") addRecord(line);
  const record = line.action === "add" || line.action === "undo" ? null : recordOf(line);
  remember(record ? { ...line, record: record.id } : line);
}
const gone = undone();
for (const record of records) if (linesAbout.has(record.id)) { settle(record, gone); draw(record); }
filter();
progress();
tell(null);
if (kept.get("zhengce.language") && kept.get("zhengce.language") !== language) { language = kept.get("zhengce.language"); translate(); }
goToHash();
