// the text: offsets are code points of the clean text, as in the tables
const length = (text) => { let count = 0; for (const _ of text) count += 1; return count; };

const clean = one("#clean"), raw = one("#raw"), pane = one("#text");
const linesOf = (article) => {
  const lines = all("p", article);
  return { lines, starts: lines.map((line) => Number(line.dataset.s)) };
};
const cleanLines = linesOf(clean);
let rawLines = null;
const before = (starts, offset) => {  // the last line that begins at or before an offset
  let low = 0, high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle + 1; else high = middle;
  }
  return low - 1;
};

// an offset of the clean text for a point of the page, and the pieces of lines for two offsets
const offsetOf = (node, inner) => {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const line = element.closest("#clean p");
  if (!line) {
    const child = node.childNodes?.[inner];
    const next = child?.nodeType === Node.ELEMENT_NODE ? (child.matches("p") ? child : one("p", child)) : child?.nextElementSibling;
    return next?.dataset?.s === undefined ? null : Number(next.dataset.s);
  }
  const range = document.createRange();
  range.setStart(line, 0);
  range.setEnd(node, inner);
  return Number(line.dataset.s) + length(range.toString());
};
const nodesOf = function* (line, from, to) {  // text nodes under [from, to) of a line, cut to it
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let at = 0;
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, size = length(node.data);
    const start = Math.max(from - at, 0), end = Math.min(to - at, size);
    if (start < end) {
      const points = size === node.data.length ? null : Array.from(node.data);
      const unit = (count) => (points ? points.slice(0, count).join("").length : count);
      found.push([node, unit(start), unit(end)]);
    }
    at += size;
    if (at >= to) break;
  }
  yield* found;
};
const rangesOf = (start, end) => {
  const ranges = [];
  for (let place = Math.max(before(cleanLines.starts, start), 0); place < cleanLines.lines.length; place += 1) {
    const first = cleanLines.starts[place];
    if (first >= end) break;
    for (const [node, from, to] of nodesOf(cleanLines.lines[place], start - first, end - first)) {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      ranges.push(range);
    }
  }
  return ranges;
};
const textOf = (line) => {  // what cannot be shown is a replacement character that bears its code
  if (!one(".code", line)) return line.textContent;
  const copy = line.cloneNode(true);
  for (const code of all(".code", copy)) code.textContent = String.fromCodePoint(parseInt(code.dataset.code.slice(2), 16));
  return copy.textContent;
};
const wordsBetween = (start, end) => {  // as the clean text has them: a line break for what separates lines
  let text = "", at = start;
  for (let place = Math.max(before(cleanLines.starts, start), 0); place < cleanLines.lines.length; place += 1) {
    const first = cleanLines.starts[place];
    if (first >= end) break;
    const points = Array.from(textOf(cleanLines.lines[place]));
    const from = Math.max(start - first, 0), to = Math.min(end - first, points.length);
    if (from >= to) continue;
    text += "\n".repeat(first + from - at) + points.slice(from, to).join("");
    at = first + to;
  }
  return text;
};
const showOffset = (offset) => {
  const line = cleanLines.lines[Math.max(before(cleanLines.starts, offset), 0)];
  if (!line) return;
  line.scrollIntoView({ block: "center" });
  const [range] = rangesOf(offset, offset + 1);
  const box = range?.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (box && (box.top < frame.top || box.bottom > frame.bottom)) pane.scrollTop += box.top - frame.top - frame.height / 3;
};

// clean or raw
const showRaw = (on) => {
  if (!raw) return;
  if (on && !rawLines) {
    raw.append(one("#raw-text").content.cloneNode(true));
    rawLines = linesOf(raw);
    for (const mark of all("mark[data-r]", raw)) attach(mark);
    filter();
  }
  clean.hidden = on;
  raw.hidden = !on;
  one("#show-raw").setAttribute("aria-pressed", String(on));
  one("#show-clean").setAttribute("aria-pressed", String(!on));
  if (on) { one("#fixes").checked = true; document.body.classList.add("fixes"); }
  if (selected) reveal(selected);
};
one("#show-raw")?.addEventListener("click", () => showRaw(true));
one("#show-clean")?.addEventListener("click", () => showRaw(false));
one("#fixes").addEventListener("change", (event) => document.body.classList.toggle("fixes", event.target.checked));
one("#outline-toggle").addEventListener("click", (event) => {
  const open = document.body.classList.toggle("outline");
  event.currentTarget.setAttribute("aria-expanded", String(open));
});
one("#outline").addEventListener("click", (event) => {
  const link = event.target.closest("[data-at]");
  if (!link) return;
  event.preventDefault();
  showRaw(false);
  showOffset(Number(link.dataset.at));
});
window.addEventListener("hashchange", () => goToHash());
const goToHash = () => {
  const at = /^#at-(\d+)$/.exec(location.hash);
  if (at) showOffset(Number(at[1]));
};

// find in the text: hits are painted, not marked up, so that offsets stay what they are
const findBox = one("#find"), foundBox = one("#found");
let hits = [], hit = -1;
const paint = (name, ranges) => { if (window.Highlight) CSS.highlights.set(name, new Highlight(...ranges)); };
const search = () => {
  const wanted = findBox.value.trim().toLowerCase();
  hits = [];
  hit = -1;
  if (wanted) {
    const { lines } = raw && !raw.hidden ? rawLines : cleanLines;
    for (const line of lines) {
      const text = line.textContent.toLowerCase();
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) hits.push([line, at, at + wanted.length]);
    }
  }
  paint("find", hits.flatMap(([line, from, to]) => unitRanges(line, from, to)));
  paint("here", []);
  foundBox.textContent = !wanted ? "" : hits.length ? say("page.found", { place: 0, count: hits.length }) : say("page.not_found");
};
const unitRanges = (line, from, to) => {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), ranges = [];
  for (let at = 0; walker.nextNode() && at < to; at += walker.currentNode.data.length) {
    const size = walker.currentNode.data.length, start = Math.max(from - at, 0), end = Math.min(to - at, size);
    if (start >= end) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, start);
    range.setEnd(walker.currentNode, end);
    ranges.push(range);
  }
  return ranges;
};
const nextHit = (step) => {
  if (!hits.length) return;
  hit = (hit + step + hits.length) % hits.length;
  const [line, from, to] = hits[hit];
  line.scrollIntoView({ block: "center" });
  paint("here", unitRanges(line, from, to));
  foundBox.textContent = say("page.found", { place: hit + 1, count: hits.length });
};
findBox.addEventListener("input", search);
findBox.addEventListener("keydown", (event) => {
  if (event.key === "Enter") { event.preventDefault(); nextHit(event.shiftKey ? -1 : 1); }
});
