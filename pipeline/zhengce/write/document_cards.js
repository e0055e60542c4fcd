// cards and highlights of the records: what is shown of them, and the form in which they are edited
const cardsPane = one("#cards"), LOW = 0.8;
let selected = null, form = null;

const attach = (mark) => {
  for (const number of mark.dataset.r.split(" ")) records[Number(number)]?.marks.push(mark);
};
const nameOf = (record) => {
  const held = record.values, told = ["indicator", "instrument", "department", "department_text", "name", "title", "number"];
  const name = told.map((column) => held[column]).find(Boolean) ?? "";
  const value = held.amount ?? held.value;
  return [name, value == null ? "" : `${value}${held.unit ?? (held.amount == null ? "" : "元")}`].filter(Boolean).join(" ");
};
const shownValue = (table, column, value) => {
  if (value == null || value === "" || (Array.isArray(value) && !value.length)) return term("review.empty", "dim");
  const key = `value.${table}.${column}.${value}`;
  return key in data.words.zh ? term(key) : direct(Array.isArray(value) ? value.join("; ") : String(value));
};
const fieldsOf = (record) => {
  const list = make("dl", "");
  for (const [column] of data.schema[record.table]) {
    const value = record.values[column], changed = column in record.changed;
    if (!changed && (value == null || (Array.isArray(value) && !value.length))) continue;
    const shown = make("dd", changed ? "changed" : "", shownValue(record.table, column, value));
    if (changed && !record.added && !same(value, record.proposed[column])) {  // a dataset has been corrected already
      const was = make("small", "", "");
      was.append(say("review.was", { value: "" }), shownValue(record.table, column, record.proposed[column]));
      shown.append(" ", was);
    }
    list.append(make("dt", "", term(`column.${record.table}.${column}`)), shown);
  }
  return list;
};
const draw = (record) => {  // a card and its highlights after a decision
  const { card } = record;
  card.hidden = record.added && record.verdict === null;  // its addition was undone
  card.classList.remove("confirmed", "rejected", "edited", "added");
  const state = one(".state", card);
  state.replaceChildren();
  if (record.verdict) {
    card.classList.add(record.verdict);
    state.append(term(`review.${record.verdict}`), ` · ${direct(record.by ?? "")}`);
  }
  one("dl", card).replaceWith(fieldsOf(record));
  const title = one(".title", card);
  title.dataset.proposed ??= title.textContent;
  title.textContent = Object.keys(record.changed).length || record.added ? direct(nameOf(record)) : title.dataset.proposed;
  let reason = one(".reason", card);
  if (!reason) card.append((reason = make("p", "reason")));
  reason.textContent = direct(record.reason ?? "");
  for (const mark of record.marks) dress(mark);
};
const dress = (mark) => {
  const over = mark.dataset.r.split(" ").map((number) => records[Number(number)]).filter(Boolean);
  mark.classList.toggle("off", over.every((record) => record.hidden || (record.added && record.verdict === null)));
  mark.classList.toggle("rejected", over.every((record) => record.verdict === "rejected"));
  mark.classList.toggle("settled", over.every((record) => record.verdict));
  mark.classList.toggle("selected", over.includes(selected));
};
const newCard = (record) => {
  const head = make("h3", "", term(`kind.${record.table}`, "badge"), " ", make("span", "title"), " ", make("span", "state"));
  const meta = make("p", "meta", term("word.rule"), " ", make("code", "", "edit.add"));
  const card = make("article", `card ${record.table}`, head, make("blockquote", "", direct(record.quote)), make("dl", ""), meta);
  card.tabIndex = -1;
  const next = records.find((other) => other.card && other !== record && (other.start > record.start));
  if (next) next.card.before(card); else cardsPane.append(card);
  one(".nothing", cardsPane)?.remove();
  return card;
};
const addRecord = (line) => {
  const id = addedId(line);
  if (byId.has(id)) return;
  const own = Object.fromEntries(data.schema[line.table].map(([name, , , , usual]) => [name, usual]));
  const values = { ...own, ...line.decided };
  const record = {
    id, table: line.table, start: line.start, end: line.end, quote: line.quote ?? wordsBetween(line.start, line.end),
    confidence: null, proposed: values, values, marks: [], card: null, verdict: null, changed: {}, by: null, added: true,
  };
  records.push(record);
  byId.set(id, record);
  record.card = newCard(record);
  record.card.dataset.n = records.length - 1;
  for (const range of rangesOf(record.start, record.end)) {
    const mark = make("mark", record.table);
    mark.dataset.r = String(records.length - 1);
    if (!record.marks.length) for (const lang of ["zh", "en"]) mark.dataset[lang] = data.words[lang][`kind.${record.table}`];
    range.surroundContents(mark);
    record.marks.push(mark);
  }
};

// which records are shown
const kindButtons = all("[data-kind]"), unreviewedBox = one("#unreviewed"), lowBox = one("#low"), shownBox = one("#shown");
const pressed = (button) => button.getAttribute("aria-pressed") === "true";
const inOrder = () => all(".card", cardsPane).map((card) => records[Number(card.dataset.n)]).filter((record) => !record.hidden && !record.card.hidden);
const filter = () => {
  const shown = new Set(kindButtons.filter(pressed).map((button) => button.dataset.kind));
  let count = 0, whole = 0;
  for (const record of records) {
    if (record.added && record.verdict === null) continue;
    const isLow = record.confidence !== null && Number(record.confidence) < LOW;
    record.hidden = !shown.has(record.table) || (lowBox.checked && !isLow) || (unreviewedBox.checked && record.verdict !== null && record !== selected);
    record.card.classList.toggle("off", record.hidden);
    whole += 1;
    count += record.hidden ? 0 : 1;
  }
  for (const mark of all("mark[data-r]", pane)) dress(mark);
  shownBox.textContent = say("page.shown", { count, whole });
};
for (const button of kindButtons) {
  button.addEventListener("click", () => { button.setAttribute("aria-pressed", String(!pressed(button))); filter(); });
}
for (const box of [unreviewedBox, lowBox]) box.addEventListener("change", filter);
const progress = () => {
  const held = records.filter((record) => !(record.added && record.verdict === null));
  const done = held.filter((record) => record.verdict).length;
  one("#bar").max = held.length || 1;
  one("#bar").value = done;
  one("#progress").textContent = say("review.progress", { done, whole: held.length });
  if (held.length && done === held.length) tell("review.all_done");
};

// one record is selected: its card has the buttons, its words are framed
const actions = make("div", "actions");
for (const [key, what] of [["y", "confirm"], ["n", "reject"], ["e", "edit"]]) {
  const button = make("button", what, term(`review.${what}`), " ", make("kbd", "", key));
  button.type = "button";
  button.addEventListener("click", (event) => { event.stopPropagation(); act[what](); });
  actions.append(button);
}
const changing = make("label", "", term("review.change_kind"), " ");
const chooser = make("select", "");
chooser.append(make("option", "", "—"));
for (const table of Object.keys(data.schema)) {
  const option = term(`kind.${table}`);
  chooser.append(Object.assign(make("option", "", say(`kind.${table}`)), { value: table }));
  chooser.lastChild.dataset.t = option.dataset.t;
}
chooser.addEventListener("change", () => { if (selected && chooser.value !== selected.table) reclassify(chooser.value); });
changing.append(chooser);
actions.append(changing);

const reveal = (record) => {
  const article = raw && !raw.hidden ? raw : clean;
  const mark = record.marks.find((one) => article.contains(one));
  if (mark) mark.scrollIntoView({ block: "center" }); else if (article === clean) showOffset(record.start);
};
const select = (record, focus = true) => {
  if (!record) return;
  const last = selected;
  if (form && form.record !== record) closeForm();
  selected = record;
  for (const other of [last, record]) {
    if (!other) continue;
    other.card.classList.toggle("selected", other === selected);
    other.card.toggleAttribute("aria-current", other === selected);
    for (const mark of other.marks) dress(mark);
  }
  chooser.value = record.table;
  if (!form) record.card.append(actions);
  record.card.scrollIntoView({ block: "nearest" });
  reveal(record);
  if (focus) record.card.focus({ preventScroll: true });
};
const step = (by) => {
  const shown = inOrder();
  if (!shown.length) return;
  const at = shown.indexOf(selected);
  select(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)]);
};
const nextUnreviewed = () => {
  const shown = inOrder(), at = shown.indexOf(selected);
  const next = shown.slice(at + 1).find((record) => record.verdict === null && !record.waiting);
  if (next) select(next); else filter();
};
