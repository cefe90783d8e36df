// Checks a proof of Doorstep: the same steps as check_proof.py, with the browser's own cryptography. Nothing leaves here.
const words = JSON.parse(document.getElementById("words").textContent);
const part = (id) => document.getElementById(id);
let lang = document.documentElement.lang in words ? document.documentElement.lang : "en";
let last = null;

class Wrong extends Error {
  constructor(word, gaps = {}) {
    super(word);
    this.word = word;
    this.gaps = gaps;
  }
}

const say = (word, gaps = {}) => words[lang][word].replace(/\{(\w+)\}/g, (whole, gap) => gap in gaps ? gaps[gap] : whole);

const utf8 = (text) => new TextEncoder().encode(text);
const join = (...parts) => Uint8Array.from(parts.flatMap((each) => [...each]));
const hex = (bytes) => [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
const same = (a, b) => hex(a) === hex(b);
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const fromBase64 = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

function fromHex(text) {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TypeError("hexadecimal digits");
  return Uint8Array.from(text.match(/../g) ?? [], (each) => parseInt(each, 16));
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

const NOTE = /^(([^\s+]+)\n([0-9]{1,19})\n([A-Za-z0-9+/=]{44})\n([0-9TZ:-]{20})\n)\n\u2014 ([^\s+]+) ([A-Za-z0-9+/=]{92})\n$/;

async function readHead(note, keys, believed) {
  const found = NOTE.exec(note);
  if (!found) throw new Wrong("no-note");
  const [, signed, origin, size, root, at, signer, signature] = found;
  const mark = fromBase64(signature);
  const id = hex(mark.slice(0, 4));
  const key = keys.find((each) => each.id === id);
  if (!key) throw new Wrong("unknown-key", { key: id });
  const known = fromHex(key.public);
  if (believed && believed !== key.public) throw new Wrong("other-key", { key: key.public });
  if (hex(await sha256(join(utf8(`${key.name}\n`), [1], known))).slice(0, 8) !== id) throw new Wrong("key-id", { key: id });
  if (origin !== key.name || signer !== key.name) throw new Wrong("other-log", { origin });
  if (!(await isSigned(known, mark.slice(4), utf8(signed)))) throw new Wrong("forged", { key: id });
  const moment = Date.parse(at);
  if (moment < Date.parse(key.valid_from) || (key.valid_until && moment > Date.parse(key.valid_until))) {
    throw new Wrong("retired", { key: id, at });
  }
  return { size: BigInt(size), root: fromBase64(root), at, key: key.public };
}

async function isSigned(known, signature, message) {
  let key;
  try {
    key = await crypto.subtle.importKey("raw", known, "Ed25519", false, ["verify"]);
  } catch (fault) {
    if (fault.name === "NotSupportedError") throw new Wrong("no-ed25519");
    return false;
  }
  return crypto.subtle.verify("Ed25519", key, signature, message);
}

async function checkRow(row, before, head) {
  const [saidHash, previous] = row.line.split("|").slice(-2);
  if (previous !== before || row.line.split("|")[1] !== String(row.row)) throw new Wrong("not-after", row);
  const hash = await sha256(utf8(row.line));
  if ("words" in row && hex(await sha256(join(fromHex(row.salt), utf8(row.words)))) !== saidHash) throw new Wrong("reworded", row);
  if (!row.path) return [hash, ["row-waits", { row: row.row }]];
  const root = await rootFromInclusion(await leafHash(hash), BigInt(row.leaf_index), head.size, row.path.map(fromHex));
  if (!root || !same(root, head.root)) throw new Wrong("not-in-log", row);
  return [hash, ["words" in row ? "row-words" : "row", { row: row.row, place: row.leaf_index }]];
}

async function check(proof, newer, believed, tell) {
  if (proof.format !== "doorstep-proof/1") throw new TypeError("format");
  if (!proof.head) throw new Wrong("no-head");
  const head = await readHead(proof.head.note, proof.keys, believed);
  tell("head", head);
  if (!proof.rows.length) throw new Wrong("no-rows");
  let before = "", waits = false;
  for (const row of proof.rows) {
    const [hash, found] = await checkRow(row, before, head);
    if (row.path && waits) throw new Wrong("out-of-turn", row);
    waits ||= !row.path;
    tell(...found);
    before = hex(hash);
  }
  if (newer) await checkNewer(newer, head, believed, tell);
  return waits ? "waits" : "holds";
}

async function checkNewer(newer, head, believed, tell) {
  if (newer.format !== "doorstep-consistency/1") throw new TypeError("format");
  if (BigInt(newer.first) !== head.size) throw new Wrong("other-size", { first: newer.first, size: head.size });
  const later = await readHead(newer.head.note, newer.keys, believed);
  tell("newer-head", later);
  if (!(await isConsistent(head.size, later.size, head.root, later.root, newer.path.map(fromHex)))) throw new Wrong("not-grown");
  tell("grown", {});
}

// The page.

async function answered() {
  const found = [];
  const tell = (word, gaps) => found.push([word, gaps]);
  if (!globalThis.crypto?.subtle) return { verdict: "no-crypto", found };
  try {
    const [proof, newer] = await Promise.all([fileOf("proof"), fileOf("newer")]);
    if (!proof) return { verdict: "none", found };
    return { verdict: await check(proof, newer, part("key").value.trim().toLowerCase(), tell), found };
  } catch (fault) {
    if (!(fault instanceof Wrong)) return { verdict: "unreadable", found };
    if (fault.word === "no-ed25519") return { verdict: "no-ed25519", found };
    tell(fault.word, fault.gaps);
    return { verdict: "wrong", found };
  }
}

async function fileOf(id) {
  const [file] = part(id).files;
  return file ? JSON.parse(await file.text()) : null;
}

function show() {
  document.documentElement.lang = lang;
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = say(each.dataset.word);
  part("language").textContent = say("other-language");
  part("answer").hidden = last === null;
  if (last === null) return;
  part("answer").className = last.verdict === "holds" ? "holds" : "wrong";
  part("verdict").textContent = say(last.verdict);
  part("found").replaceChildren(...last.found.map(([word, gaps]) => {
    const line = document.createElement("li");
    line.textContent = say(word, gaps);
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
