(() => {
  const PAGE = 100;
  const decidedHere = (id, whole) => {  // what this browser keeps of a page without a server
    try {
      const lines = JSON.parse(kept.get(`zhengce.${id}`) ?? "[]");
      const gone = new Set(lines.flatMap((line) => line.undoes ?? []));
      return Math.min(new Set(lines.filter((line) => line.record && !gone.has(line.edit)).map((line) => line.record)).size, whole);
    } catch { return 0; }
  };
  const documents = data.documents.map(([id, title, source, number, issuers, province, kind, date, counts, low, decided, damage, doubts]) => {
    const whole = counts.reduce((sum, count) => sum + count, 0);
    return {
      id, title, source, province, kind, date, counts, low, damage, doubts, whole,
      decided: data.served ? decided : Math.max(decided, decidedHere(id, whole)),
      words: [title, source, number, issuers].join(" ").toLowerCase(),
    };
  });
  const controls = { search: one("#search"), province: one("#province"), documentKind: one("#document-kind"), kind: one("#kind"), unreviewed: one("#unreviewed"), low: one("#low") };
  let found = documents, at = 0;

  const filter = () => {
    const wanted = controls.search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const { province, documentKind, kind } = controls;
    found = documents.filter((document) =>
      wanted.every((word) => document.words.includes(word)) &&
      (!province.value || (province.value === "?" ? !document.province : document.province === province.value)) &&
      (!documentKind.value || document.kind === documentKind.value) &&
      (!kind.value || document.counts[Number(kind.value)] > 0) &&
      (!controls.unreviewed.checked || document.decided < document.whole) &&
      (!controls.low.checked || document.low > 0));
    at = 0;
    draw();
  };
  const draw = () => {
    one("#rows").replaceChildren(...found.slice(at, at + PAGE).map(row));
    const pages = Math.max(Math.ceil(found.length / PAGE), 1), page = Math.floor(at / PAGE) + 1;
    one("#shown").textContent = say("page.shown", { count: found.length, whole: documents.length });
    one("#place").textContent = say("page.of_pages", { page, pages });
    one(".paging").hidden = pages < 2;
    one("#previous").disabled = page === 1;
    one("#next").disabled = page === pages;
    one("#nothing").hidden = found.length > 0;
    const whole = documents.reduce((sum, document) => sum + document.whole, 0);
    const done = documents.reduce((sum, document) => sum + document.decided, 0);
    one("#reviewed").textContent = `${whole ? Math.floor((100 * done) / whole) : 0}%`;
  };
  const numberCell = (value) => make("td", "number", value ? String(value) : "");
  const row = (document) => {
    const link = make("a", "", direct(document.title || say("word.untitled")));
    link.href = `documents/${encodeURIComponent(document.id)}.html`;
    const bar = make("progress", "");
    bar.max = document.whole || 1;
    bar.value = document.decided;
    bar.setAttribute("aria-label", say("review.progress", { done: document.decided, whole: document.whole }));
    const first = make("td", "", link, make("span", "source", direct(document.source)));
    const share = Number(document.damage ?? 0);
    return make("tr", "", first, make("td", "", document.province ?? ""), make("td", "", say(`value.documents.kind.${document.kind}`)),
      make("td", "number", document.date ?? ""), ...document.counts.map(numberCell), numberCell(document.low), numberCell(document.doubts),
      make("td", "number", share ? `${(100 * share).toFixed(1)}%` : ""), make("td", "number", bar, ` ${document.decided}/${document.whole}`));
  };
  for (const control of Object.values(controls)) control.addEventListener(control.type === "search" ? "input" : "change", filter);
  one("#reset").addEventListener("click", () => {
    for (const control of Object.values(controls)) if (control.type === "checkbox") control.checked = false; else control.value = "";
    filter();
  });
  const turn = (by) => { at += by * PAGE; draw(); one("#list").scrollIntoView(); };
  one("#previous").addEventListener("click", () => turn(-1));
  one("#next").addEventListener("click", () => turn(1));
  one("#print").addEventListener("click", () => window.print());

  // words in all texts: the server looks them up
  let asked = 0;
  const look = async (offset) => {
    const query = one("#query").value.trim(), hits = one("#hits"), status = one("#query-status"), mine = (asked += 1);
    if (!offset) hits.replaceChildren();
    hits.hidden = !query;
    status.textContent = "";
    if (!query) return;
    let told;
    try {
      const answer = await fetch(`search?${new URLSearchParams({ q: query, offset })}`);
      told = await answer.json();
      if (!answer.ok) throw new Error(told.error);
    } catch {
      status.textContent = say("review.not_reached");
      return;
    }
    if (mine !== asked) return;
    status.textContent = told.total ? `${told.total}` : say("page.not_found");
    one("#hits .more")?.remove();
    for (const hit of told.hits) {
      const link = make("a", "", direct(hit.title || hit.source));
      link.href = `documents/${encodeURIComponent(hit.document)}.html#at-${hit.start}`;
      hits.append(make("div", "hit", link, make("span", "dim", ` × ${hit.count}`),
        make("p", "", direct(hit.before), make("mark", "", direct(hit.hit)), direct(hit.after))));
    }
    const next = offset + told.hits.length;
    if (next < told.total && told.hits.length) {
      const more = make("button", "more", say("page.more"));
      more.addEventListener("click", () => look(next));
      hits.append(more);
    }
  };
  one("#full")?.addEventListener("submit", (event) => { event.preventDefault(); look(0); });

  const translate = () => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    const version = one("meta[name=generator]").content.split(" ")[1] ?? "";
    for (const element of all("[data-t]")) element.textContent = say(element.dataset.t, { version });
    for (const element of all("[data-hint]")) element.placeholder = say(element.dataset.hint);
    draw();
  };
  one("#language").addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    kept.set("zhengce.language", language);
    translate();
  });
  if (kept.get("zhengce.language")) language = kept.get("zhengce.language");
  translate();
})();
