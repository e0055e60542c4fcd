(() => {
  // views
  const tabs = all("#views button");
  const show = (name) => {
    for (const tab of tabs) tab.setAttribute("aria-current", String(tab.dataset.view === name));
    for (const section of all("[data-section]")) section.hidden = section.id !== name;
  };
  for (const tab of tabs) tab.addEventListener("click", () => show(tab.dataset.view));
  if (tabs.length) show(tabs[0].dataset.view);

  // language
  const translate = () => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    for (const element of all("[data-t]")) element.textContent = say(element.dataset.t).replace("{version}", version);
    for (const element of all("[data-zh]")) element.textContent = element.dataset[language];
  };
  const version = (one("meta[name=generator]").content.split(" ")[1] ?? "");
  one("#language").addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    translate();
    count();
  });
  one("#print").addEventListener("click", () => window.print());

  // filters
  const pressed = (button) => button.getAttribute("aria-pressed") === "true";
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  const relationButtons = all("[data-relation]");
  const documentBoxes = all("[data-document]");
  const changeButtons = all("[data-change]");
  const lines = all(".matrix .line");
  const find = one("#find"), moved = one("#moved"), copies = one("#copies");

  const filter = () => {
    if (!lines.length) return;
    close();
    const relations = new Set(relationButtons.filter(pressed).map((button) => button.dataset.relation));
    const documents = new Set(documentBoxes.filter((box) => box.checked).map((box) => box.dataset.document));
    const wanted = find.value.trim().toLowerCase();
    document.body.classList.toggle("copies", copies.checked);
    for (const element of all("[data-doc]")) element.classList.toggle("off", !documents.has(element.dataset.doc));
    for (const line of lines) {
      const inBase = !wanted || line.cells[0].textContent.toLowerCase().includes(wanted);
      let left = 0;
      for (const cell of line.cells) {
        if (!cell.dataset.rel) continue;
        const fits = relations.has(cell.dataset.rel) && (!moved.checked || "moved" in cell.dataset) &&
          (inBase || cell.textContent.toLowerCase().includes(wanted));
        cell.classList.toggle("veiled", !fits);
        one(".open", cell).disabled = !fits;
        if (fits && documents.has(cell.dataset.doc)) left += 1;
      }
      line.classList.toggle("off", !left);
    }
    for (const chapter of all(".matrix .chapter")) {
      let next = chapter.nextElementSibling, left = false;
      for (; next && !next.classList.contains("chapter"); next = next.nextElementSibling) {
        left ||= next.classList.contains("line") && !next.classList.contains("off");
      }
      chapter.classList.toggle("off", !left);
    }
    filterChanges(documents);
    count();
  };
  const filterChanges = (documents) => {
    const codes = new Set(changeButtons.filter(pressed).map((button) => button.dataset.change));
    for (const row of all("#differences tbody tr")) {
      row.classList.toggle("off", !codes.has(row.dataset.code) || !documents.has(row.dataset.doc));
    }
  };
  const count = () => {
    if (!lines.length) return;
    const rows = lines.filter((line) => !line.classList.contains("off")).length;
    const documents = documentBoxes.filter((box) => box.checked).length;
    one("#status").textContent = say("page.shown").replace("{rows}", rows).replace("{documents}", documents);
    one("#documents-shown").textContent = `${documents}/${documentBoxes.length}`;
    one("#nothing").hidden = rows > 0;
    const reachable = cells();
    if (reachable.length && !reachable.some((button) => button.tabIndex === 0)) reachable[0].tabIndex = 0;
  };
  for (const button of [...relationButtons, ...changeButtons]) {
    button.addEventListener("click", () => { press(button, !pressed(button)); filter(); });
  }
  for (const box of [...documentBoxes, moved, copies]) box?.addEventListener("change", filter);
  find?.addEventListener("input", filter);
  const set = (what, on) => {
    if (what === "relation") for (const button of relationButtons) press(button, on);
    if (what === "document") for (const box of documentBoxes) box.checked = on;
  };
  for (const button of all("[data-all]")) button.addEventListener("click", () => { set(button.dataset.all, true); filter(); });
  for (const button of all("[data-none]")) button.addEventListener("click", () => { set(button.dataset.none, false); filter(); });
  one("#reset")?.addEventListener("click", () => {
    set("relation", true);
    set("document", true);
    for (const button of changeButtons) press(button, button.dataset.change !== "equal");
    find.value = "";
    moved.checked = copies.checked = false;
    filter();
  });

  // a clause with what only it has marked: lengths are characters, shared and own by turns
  const marked = (text, lengths, tag) => {
    const characters = Array.from(text);
    const full = make("p", "full");
    let at = 0;
    (lengths ?? [characters.length]).forEach((length, turn) => {
      const piece = characters.slice(at, at + length).join("");
      at += length;
      if (piece) full.append(turn % 2 ? make(tag, "", piece) : piece);
    });
    return full;
  };
  const clause = (kind, who, full) => make("div", `clause ${kind}`, make("p", "who", ...who), full);
  const words = (element) => Array.from(all(".words", element), (paragraph) => paragraph.textContent);
  const changed = (changes) => {
    const head = make("tr", "");
    for (const key of ["word.indicator", "word.base_says", "word.own_says", "word.change"]) head.append(make("th", "", term(key)));
    const body = make("tbody", "");
    for (const [code, kind, about, base, own, going] of changes) {
      const result = make("td", `filled change-${code}`, term(`change.${code}`, "badge"));
      if (going) result.append(make("small", "", term(`direction.${going}`)));
      result.prepend(make("i", "", `${data.marks.change[code]} `));
      body.append(make("tr", "", make("th", "", about || kind), make("td", "", base || "—"), make("td", "", own || "—"), result));
    }
    return make("table", "plain-table", make("thead", "", head), body);
  };

  let opened = null;
  const close = (focus) => {
    if (!opened) return;
    const { button, row } = opened;
    opened = null;
    row.remove();
    button.setAttribute("aria-expanded", "false");
    button.removeAttribute("aria-controls");
    button.closest("td").classList.remove("opened");
    if (focus) button.focus();
  };
  const open = (button) => {
    const cell = button.closest("td"), line = button.closest("tr");
    const told = data.cells[button.dataset.cell];
    const base = one(".base .words", line);
    const own = words(cell), who = cell.dataset.name;
    const panel = make("div", `opened-cell relation-${cell.dataset.rel}`);
    const closing = make("button", "plain close", term("page.close"));
    closing.type = "button";
    closing.addEventListener("click", () => close(true));
    const head = make("h3", "", make("span", "", one(".base .from", line).textContent.trim()), make("span", "", who));
    const relations = new Set([cell.dataset.rel, ...told.pairs.flatMap((pair) => pair.relations)]);
    for (const relation of relations) {
      head.append(make("span", `badge relation-${relation}`, `${data.marks.relation[relation]} `, term(`relation.${relation}`)));
    }
    head.append(closing);
    panel.append(head);
    const heads = all(".quote", cell).map((quote) => one(".from", quote)?.textContent.trim() ?? "");
    if (!own.length) {
      panel.append(clause("", [term("word.baseline")], marked(base.textContent)));
      panel.append(clause("own", [who], make("p", "dim", term("page.no_answer"))));
    }
    own.forEach((text, place) => {
      const pair = told.pairs[place] ?? {};
      if (base) panel.append(clause("", [term("word.baseline")], marked(base.textContent, pair.base, "del")));
      else panel.append(make("p", "dim", term("page.no_base")));
      panel.append(clause("own", [who, " ", heads[place]], marked(text, pair.own, "ins")));
    });
    if (base && own.length) {
      const key = make("p", "key");
      if (told.pairs.every((pair) => pair.base.length < 2 && pair.own.length < 2)) key.append(term("word.identical"));
      else key.append(make("del", "", term("word.marks_removed")), " ", make("ins", "", term("word.marks_inserted")));
      const [likeness, ratio, confidence, form] = told.likely;
      for (const [name, value] of [["word.likeness", likeness], ["word.copy_ratio", ratio], ["word.confidence", confidence]]) {
        if (value) key.append(" · ", term(name), ` ${Number(value).toFixed(2)}`);
      }
      if (form && form !== "one") key.append(" · ", term(`form.${form}`));
      panel.append(key);
    }
    if (told.changes.length) panel.append(changed(told.changes));
    const holder = make("td", "", panel), row = make("tr", "detail", holder);
    holder.colSpan = line.cells.length;
    row.id = `detail-${button.dataset.cell}`;
    line.after(row);
    fit(panel);
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-controls", row.id);
    cell.classList.add("opened");
    opened = { button, row, panel };
    row.scrollIntoView({ block: "nearest" });
  };
  const fit = (panel) => { panel.style.width = `${one("#matrix .scroll").clientWidth}px`; };
  window.addEventListener("resize", () => { if (opened) fit(opened.panel); });
  const toggle = (button) => {
    const same = opened?.button === button;
    close();
    if (!same) open(button);
    for (const other of all(".matrix .open[tabindex='0']")) other.tabIndex = -1;
    button.tabIndex = 0;
  };
  one(".matrix")?.addEventListener("click", (event) => {
    const cell = event.target.closest("td.cell");
    if (!cell || cell.classList.contains("veiled") || !getSelection().isCollapsed) return;
    const button = one(".open", cell);
    if (button) { toggle(button); button.focus({ preventScroll: true }); }
  });

  // keys: arrows move among the cells that are shown, Escape closes
  const cells = () => all(".matrix .line:not(.off) .cell:not(.off):not(.veiled) .open");
  const place = (button) => [button.closest("tr").rowIndex, button.closest("td").cellIndex];
  const neighbour = (button, key) => {
    const [row, column] = place(button);
    const fits = {
      ArrowLeft: ([r, c]) => r === row && c < column, ArrowRight: ([r, c]) => r === row && c > column,
      ArrowUp: ([r, c]) => c === column && r < row, ArrowDown: ([r, c]) => c === column && r > row,
    }[key];
    const found = cells().filter((other) => fits(place(other)));
    return key === "ArrowLeft" || key === "ArrowUp" ? found.at(-1) : found[0];
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const chooser of all(".chooser[open]")) chooser.open = false;
      close(true);
    }
    const button = event.target.closest?.(".open");
    if (!button || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const next = neighbour(button, event.key);
    if (!next) return;
    button.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  document.addEventListener("click", (event) => {
    for (const chooser of all(".chooser[open]")) if (!chooser.contains(event.target)) chooser.open = false;
  });

  for (const button of changeButtons) press(button, button.dataset.change !== "equal");
  filter();
})();
