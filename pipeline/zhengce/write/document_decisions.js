// decisions: lines of edits.jsonl, appended and never changed; what they make of the records
const records = data.records.map(([id, table, start, end, quote, confidence, values]) => (
  { id, table, start, end, quote, confidence, proposed: values, values, marks: [], card: null, verdict: null, changed: {}, by: null }
));
const byId = new Map(records.map((record) => [record.id, record]));
const storeKey = `zhengce.${data.document}`;
const log = [...data.decisions];
const made = [];  // in this browser, not yet in any file
const coderBox = one("#coder"), statusBox = one("#status");
const tell = (key, blanks) => { statusBox.textContent = key ? say(key, blanks) : ""; };

const undone = () => new Set(log.filter((line) => line.action === "undo").flatMap((line) => line.undoes ?? []));
const addedId = (line) => `${line.document}-${line.table.replace(/s+$/, "")}-${line.edit}`;

// what the decisions about one record come to: the later one holds
const settle = (record, gone = undone()) => {
  Object.assign(record, { values: record.proposed, verdict: null, changed: {}, by: null, reason: null });
  for (const line of linesAbout.get(record.id) ?? []) {
    if (gone.has(line.edit) || line.action === "undo") continue;
    record.verdict = { confirm: "confirmed", reject: "rejected", edit: "edited", add: "added" }[line.action] ?? record.verdict;
    record.by = line.coder;
    record.reason = line.reason ?? null;
    if (line.action === "confirm" && Object.keys(record.changed).length) record.verdict = "edited";
    if (line.action !== "edit") continue;
    record.changed = { ...record.changed, ...line.decided };
    record.values = { ...record.values, ...line.decided };
  }
  if (record.added && record.verdict !== "rejected") record.verdict = record.verdict && "added";
};
const linesAbout = new Map();
const remember = (line) => {
  const about = line.action === "add" ? addedId(line) : line.record;
  if (!about) return;
  if (!linesAbout.has(about)) linesAbout.set(about, []);
  linesAbout.get(about).push(line);
};
const recordOf = (line) => {  // a record's id may have changed since: then its place tells
  const same = byId.get(line.record);
  if (same) return same;
  return records.find((record) => record.table === line.table && record.start === line.start && record.quote === line.quote) ?? null;
};

const newId = () => [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const pad = (number, size = 2) => String(number).padStart(size, "0");
const now = () => {
  const time = new Date(), zone = -time.getTimezoneOffset(), away = Math.abs(zone);
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}T${pad(time.getHours())}:${pad(time.getMinutes())}:` +
    `${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}${zone < 0 ? "-" : "+"}${pad(Math.floor(away / 60))}:${pad(away % 60)}`;
};
const coder = () => coderBox.value.trim();
const about = (record) => ({
  document: data.document, table: record.table, record: record.id, quote: record.quote, start: record.start, end: record.end,
});

let sending = Promise.resolve();
const signed = () => {
  if (coder()) return true;
  tell("review.coder_missing");
  coderBox.focus();
  return false;
};
const decide = (lines, done = () => {}) => {  // one after the other, so that the file has them in order
  if (!signed()) return Promise.resolve(false);
  const whole = lines.map((line) => ({ edit: newId(), coder: coder(), ...line }));
  sending = sending.then(async () => {
    const stored = data.served ? await send(whole) : keep(whole);
    if (!stored) return false;
    take(stored);
    done(stored);
    return true;
  });
  return sending;
};
const send = async (lines) => {
  const post = () => fetch("../decide", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ decisions: lines }),
  });
  let answer;
  try {
    // once more, for the answer may be lost and not the decision: what has the same id is not written twice
    answer = await post().catch(post);
  } catch {
    tell("review.not_reached");
    return null;
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    tell("review.not_saved", { reason: told[`message_${language}`] ?? told.error ?? answer.status });
    return null;
  }
  tell("review.saved");
  return told.decisions;
};
const keep = (lines) => {
  const stamped = lines.map((line) => ({ ...line, time: now() }));
  made.push(...stamped);
  tell(kept.set(storeKey, JSON.stringify(made)) ? "review.kept" : "review.not_kept");
  return stamped;
};
const take = (lines) => {
  for (const line of lines) {
    log.push(line);
    if (line.action === "add") addRecord(line);
    remember(line);
  }
  const gone = undone(), touched = new Set();
  for (const line of lines) {
    const named = line.action === "undo" ? log.filter((other) => line.undoes.includes(other.edit)) : [line];
    for (const other of named) touched.add(other.action === "add" ? byId.get(addedId(other)) : recordOf(other));
  }
  for (const record of touched) {
    if (!record) continue;
    settle(record, gone);
    draw(record);
  }
  filter();
  progress();
};

const confirmRecord = (record) => decide([{ action: "confirm", ...about(record), proposed: record.values, decided: {} }]);
const rejectRecord = (record, reason) =>
  decide([{ action: "reject", ...about(record), proposed: record.values, decided: {}, ...(reason ? { reason } : {}) }]);
const editRecord = (record, decided, reason) => {
  const proposed = Object.fromEntries(Object.keys(decided).map((name) => [name, record.values[name] ?? null]));
  return decide([{ action: "edit", ...about(record), proposed, decided, ...(reason ? { reason } : {}) }]);
};
const addNew = (table, start, end, decided, reason, instead) => {
  const quote = wordsBetween(start, end), why = reason ? { reason } : {};
  const line = { action: "add", document: data.document, table, quote, start, end, proposed: {}, decided, ...why };
  if (!instead) return decide([line], ([stored]) => select(byId.get(addedId(stored))));
  const gone = { action: "reject", ...about(instead), proposed: instead.values, decided: {}, ...why };
  return decide([gone, { ...line, instead_of: instead.id }], ([, stored]) => select(byId.get(addedId(stored))));
};
const undoLast = () => {  // the last thing that this coder did: a change of kind is two lines
  const gone = undone(), mine = log.filter((line) => line.action !== "undo" && line.coder === coder() && !gone.has(line.edit));
  const last = mine.at(-1);
  if (!last) return tell("review.nothing_to_undo");
  const undoes = [last.edit];
  if (last.instead_of && mine.at(-2)?.record === last.instead_of) undoes.unshift(mine.at(-2).edit);
  const record = last.action === "add" ? byId.get(addedId(last)) : recordOf(last);
  return decide([{ action: "undo", document: data.document, table: last.table, undoes }], () => {
    tell("review.undone");
    const old = last.instead_of ? byId.get(last.instead_of) : record;
    if (old && old.verdict !== null || old && !old.added) select(old);
  });
};
const exportLines = () => {
  const text = made.map((line) => `${JSON.stringify(line)}\n`).join("");
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  link.download = `edits-${data.document}-${coder() || "coder"}.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  tell("review.exported", { count: made.length });
};
