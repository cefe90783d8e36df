// Checks a proof of Doorstep: the same steps as check_proof.py, with the browser's own cryptography. Nothing leaves here.
const words = JSON.parse(document.getElementById("words").textContent);
const part = (id) => document.getElementById(id);
let lang = document.documentElement.lang in words ? document.documentElement.lang : "en";
let last = null;

class Verdict extends Error {
  constructor(word, gaps = {}) {
    super(word);
    this.word = word;
    this.gaps = gaps;
  }
}
class Wrong extends Verdict { verdict = "wrong"; }
class Unsure extends Verdict { verdict = "unsure"; }
class Unreadable extends Verdict { verdict = "unreadable"; }

const say = (word, gaps = {}) => words[lang][word].replace(/\{(\w+)\}/g, (whole, gap) => gap in gaps ? gaps[gap] : whole);

const utf8 = (text) => new TextEncoder().encode(text);
const join = (...parts) => Uint8Array.from(parts.flatMap((each) => [...each]));
const hex = (bytes) => [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
const same = (a, b) => hex(a) === hex(b);
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));

function fromBase64(text) {
  const read = atob(text);
  if (btoa(read) !== text) throw new Wrong("base64");
  return Uint8Array.from(read, (each) => each.charCodeAt(0));
}

function fromHex(text, size) {
  if (typeof text !== "string" || text.length !== 2 * size || !/^[0-9a-f]*$/.test(text)) throw new Wrong("hex", { size });
  return Uint8Array.from(text.match(/../g), (each) => parseInt(each, 16));
}

// The tree (RFC 9162, 2.1). Sizes may pass 2 ** 53, so they are big integers.

const leafHash = (row) => sha256(join([0], row));
const nodeHash = (left, right) => sha256(join([1], left, right));

async function rootFromInclusion(leaf, index, size, path) {
  if (index < 0n || index >= size) return null;
  let [left, end, top] = [index, size - 1n, leaf];
  for (const each of path) {
    if (end === 0n) return null;
    if (left & 1n || left === end) {
      top = await nodeHash(each, top);
      while (!(left & 1n) && left) [left, end] = [left >> 1n, end >> 1n];
    } else {
      top = await nodeHash(top, each);
    }
    [left, end] = [left >> 1n, end >> 1n];
  }
  return end === 0n ? top : null;
}

async function isConsistent(first, second, firstRoot, secondRoot, path) {
  if (first <= 0n || first > second) return false;
  if (first === second) return path.length === 0 && same(firstRoot, secondRoot);
  const steps = first & (first - 1n) ? path : [firstRoot, ...path];
  if (!steps.length) return false;
  let [left, end] = [first - 1n, second - 1n];
  while (left & 1n) [left, end] = [left >> 1n, end >> 1n];
  let before = steps[0];
  let after = steps[0];
  for (const each of steps.slice(1)) {
    if (end === 0n) return false;
    if (left & 1n || left === end) {
      before = await nodeHash(each, before);
      after = await nodeHash(each, after);
      while (!(left & 1n) && left) [left, end] = [left >> 1n, end >> 1n];
    } else {
      after = await nodeHash(after, each);
    }
    [left, end] = [left >> 1n, end >> 1n];
  }
  return end === 0n && same(before, firstRoot) && same(after, secondRoot);
}

// The files.

// What stands in them was written by others: each value is looked at before it is used or shown.

const [SALT_BYTES, HASH_BYTES] = [16, 32];
const NOTE = /^(([^\s+]{1,200})\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/=]{44})\n(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n)\n\u2014 ([^\s+]{1,200}) ([A-Za-z0-9+/=]{92})\n$/;
const LINE = /^([1-9]\d{0,18})\|(\d+)\|([^|]*)\|([^|]*)\|([^|]*)\|(-?\d{1,17})\|(-?\d{1,17})\|([^|]*)\|\d+\|\d+\|(.*)\|([0-9a-f]{64}|)\|([0-9a-f]{64}|)$/s;

const plain = (text) => String(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (each) => `\\u{${each.codePointAt(0).toString(16)}}`);
const inChina = (at) => `${new Date(Number(at) + 8 * 3600e3).toISOString().slice(0, 19).replace("T", " ")}+08:00`;
const ofMicros = (micros) => inChina(Math.floor(Number(micros) / 1000));

function text(value) {
  if (typeof value !== "string" || /\p{Cs}/u.test(value)) throw new Unreadable("no-text");
  return value;
}

function whole(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new Unreadable("no-number");
  return value;
}

function moment(value) {
  const at = Date.parse(text(value));
  if (Number.isNaN(at) || !/(?:Z|[+-]\d\d:\d\d)$/.test(value)) throw new Unreadable("no-moment");
  return at;
}

async function keyId(name, known) {
  return (await sha256(join(utf8(`${name}\n`), [1], known))).slice(0, 4);
}

async function published(name, known) {
  return `${name}+${hex(await keyId(name, known))}+${toBase64(join([1], known))}`;
}

async function keysOf(file) {
  const keys = new Map();
  for (const key of file.keys) {
    const known = fromHex(key.public, HASH_BYTES);
    const gaps = { key: plain(key.id) };
    if (key.id !== hex(await keyId(text(key.name), known))) throw new Wrong("key-id", gaps);
    if (key.published !== await published(key.name, known) || keys.has(key.id)) throw new Wrong("key-twice", gaps);
    keys.set(key.id, key);
  }
  return keys;
}

async function readHead(file, believed) {
  const [keys, told] = [await keysOf(file), file.head];
  const found = NOTE.exec(text(told.note));
  if (!found) throw new Wrong("no-note");
  const [, signed, origin, size, root, at, signer, signature] = found;
  const mark = fromBase64(signature);
  const id = hex(mark.slice(0, 4));
  const key = keys.get(id);
  if (!key) throw new Wrong("unknown-key", { key: id });
  if (believed.length && !believed.includes(key.public)) throw new Wrong("other-key", { key: key.public });
  if (origin !== key.name || signer !== key.name) throw new Wrong("other-log", { origin: plain(origin) });
  if (!(await isSigned(fromHex(key.public, HASH_BYTES), mark.slice(4), utf8(signed)))) throw new Wrong("forged", { key: id });
  const when = moment(at);
  if (when < moment(key.valid_from) || (key.valid_until !== null && when > moment(key.valid_until))) {
    throw new Wrong("retired", { key: id, at });
  }
  const head = { size: BigInt(size), root: fromBase64(root), at: inChina(when), when, log: origin, key: key.public };
  const agrees = String(told.size) === size && told.root === hex(head.root) && moment(told.at) === when && told.key === id;
  if (!agrees) throw new Wrong("copies");
  return head;
}

async function isSigned(known, signature, message) {
  let key;
  try {
    key = await crypto.subtle.importKey("raw", known, "Ed25519", false, ["verify"]);
  } catch (fault) {
    if (fault.name === "NotSupportedError") throw new Unreadable("no-ed25519");
    return false;
  }
  return crypto.subtle.verify("Ed25519", key, signature, message);
}

// The number of a case is made of the day of its first row and of its internal number.
function checkNumber(number, own, heard) {
  const digits = ofMicros(heard).slice(2, 10).replaceAll("-", "") + String((BigInt(own) - 1n) % 999999n + 1n).padStart(6, "0");
  const last = String(98n - (BigInt(digits) * 100n) % 97n).padStart(2, "0");
  if (number !== `${digits.slice(0, 6)}-${digits.slice(6)}-${last}`) throw new Wrong("other-case", { number: plain(number) });
}

async function checkWords(row, saidHash) {
  const salt = text(row.salt);
  if (!/^[0-9a-f]*$/.test(salt) || salt.length !== 2 * SALT_BYTES) throw new Wrong("salt", { row: row.row, size: SALT_BYTES });
  const hash = await sha256(join(fromHex(salt, SALT_BYTES), utf8(text(row.words))));
  if (hex(hash) !== saidHash) throw new Wrong("reworded", { row: row.row });
}

async function checkRow(row, before, head) {
  const [gaps, parts] = [{ row: whole(row.row) }, LINE.exec(text(row.line))];
  if (!parts || parts[11] !== before || parts[2] !== String(row.row)) throw new Wrong("not-after", gaps);
  const [, own, , move, from, to, happened, heard, hat, facts, saidHash] = parts;
  const hash = await sha256(utf8(row.line));
  if ("words" in row || "salt" in row) await checkWords(row, saidHash);
  const checked = { own, heard, hash, word: "row-waits", gaps };
  if (!("path" in row)) return checked;
  const place = whole(row.leaf_index);
  const path = row.path.map((each) => fromHex(each, HASH_BYTES));
  const root = await rootFromInclusion(await leafHash(hash), BigInt(place), head.size, path);
  if (!root || !same(root, head.root)) throw new Wrong("not-in-log", gaps);
  const more = [`${move}: ${from} → ${to}, ${ofMicros(happened)}, ${hat} ${facts}`];
  if ("words" in row) more.push(`“${row.words}”`);
  return { ...checked, word: "words" in row ? "row-words" : "row", gaps: { ...gaps, place }, more: more.map(plain) };
}

async function checkRows(proof, head, tell) {
  if (!proof.rows.length) throw new Wrong("no-rows");
  let before = "", waits = false, first = null;
  for (const row of proof.rows) {
    const checked = await checkRow(row, before, head);
    if (!first) checkNumber(text(proof.case), checked.own, checked.heard);
    first ??= checked.own;
    if (checked.own !== first) throw new Wrong("foreign-row", checked.gaps);
    if (checked.more && waits) throw new Wrong("out-of-turn", checked.gaps);
    waits ||= !checked.more;
    tell(checked.word, checked.gaps, checked.more);
    before = hex(checked.hash);
  }
  return waits;
}

async function check(proof, newer, believed, tell) {
  if (proof.format !== "doorstep-proof/1") throw new Unreadable("file-other");
  if (proof.head === null) return ["no-head", {}];
  const head = await readHead(proof, believed);
  tell("case", { number: plain(proof.case) });
  tell("head", head);
  const waits = await checkRows(proof, head, tell);
  if (newer) await checkNewer(newer, head, believed.length ? believed : proof.keys.map((each) => each.public), believed, tell);
  if (waits) return ["waits", {}];
  return believed.length ? ["holds", {}] : ["holds-if", { key: head.key }];
}

async function checkNewer(newer, head, known, believed, tell) {
  if (newer.format !== "doorstep-consistency/1") throw new Unreadable("file-other");
  if (BigInt(whole(newer.first)) !== head.size) throw new Wrong("other-size", { first: newer.first, size: head.size });
  const later = await readHead(newer, believed);
  tell("newer-head", later);
  if (later.log !== head.log) throw new Wrong("other-log", { origin: plain(later.log) });
  if (BigInt(whole(newer.second)) !== later.size) throw new Wrong("copies");
  if (later.size < head.size || later.when < head.when) throw new Wrong("older");
  const path = newer.path.map((each) => fromHex(each, HASH_BYTES));
  if (!(await isConsistent(head.size, later.size, head.root, later.root, path))) throw new Wrong("not-grown");
  if (!known.includes(later.key)) throw new Unsure("new-key", { key: later.key });
  tell(later.size === head.size ? "no-newer" : "grown", {});
}

// The page.

async function answered() {
  const found = [];
  const tell = (word, gaps, more = []) => found.push([word, gaps, more]);
  const answer = (verdict, gaps = {}) => ({ verdict, gaps, found });
  if (!globalThis.crypto?.subtle) return answer("no-crypto");
  try {
    const believed = await believedKeys(part("key").value);
    const [proof, newer] = await Promise.all([fileOf("proof"), fileOf("newer")]);
    return proof ? answer(...await check(proof, newer, believed, tell)) : answer("none");
  } catch (fault) {
    if (!(fault instanceof Verdict)) return answer("unreadable");
    if (fault.word === "no-ed25519" || fault.word === "no-key") return answer(fault.word);
    tell(fault.word, fault.gaps);
    return answer(fault.verdict);
  }
}

// Each is 64 hexadecimal digits, or the line of the log's page with name, id and key.
async function believedKeys(typed) {
  const keys = [];
  for (const each of typed.split(/[\s,，;；]+/).filter(Boolean)) {
    const [, name, encoded] = /^([^+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]{44})$/.exec(each) ?? [];
    const key = encoded ? hex(fromBase64(encoded).slice(1)) : each.toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(key) || (encoded && await published(name, fromHex(key, HASH_BYTES)) !== each)) throw new Unreadable("no-key");
    keys.push(key);
  }
  return keys;
}

async function fileOf(id) {
  const [file] = part(id).files;
  if (!file) return null;
  const gaps = { name: plain(file.name) };
  let written, read;
  try {
    written = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()).trim();
  } catch {
    throw new Unreadable("file-no-text", gaps);
  }
  if (!written) throw new Unreadable("file-empty", gaps);
  if (written.startsWith("<")) throw new Unreadable("file-page", gaps);
  try {
    read = JSON.parse(written);
  } catch {
    throw new Unreadable("file-cut", gaps);
  }
  refuseDoubles(written);
  return read;
}

// JSON.parse keeps the last of two values of one name; other readers may keep the first. The text is known to be JSON.
function refuseDoubles(written) {
  const inside = [];
  for (const [, string, colon, sign] of written.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|([{}[\]])/g)) {
    if (sign === "{" || sign === "[") inside.push(new Set());
    else if (sign) inside.pop();
    if (!colon) continue;
    const name = JSON.parse(string);
    if (inside.at(-1).has(name)) throw new Wrong("doubled", { name: plain(name) });
    inside.at(-1).add(name);
  }
}

function show() {
  document.documentElement.lang = lang;
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = say(each.dataset.word);
  part("language").textContent = say("other-language");
  part("answer").hidden = last === null;
  if (last === null) return;
  part("answer").className = { "holds": "holds", "holds-if": "" }[last.verdict] ?? "wrong";
  part("verdict").textContent = say(last.verdict, last.gaps);
  part("found").replaceChildren(...last.found.map(([word, gaps, more]) => {
    const line = document.createElement("li");
    line.textContent = say(word, gaps);
    line.append(...more.map((each) => Object.assign(document.createElement("small"), { textContent: each })));
    return line;
  }));
}

part("language").addEventListener("click", () => {
  lang = Object.keys(words).find((each) => each !== lang);
  show();
});
part("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  last = await answered();
  show();
});
show();
