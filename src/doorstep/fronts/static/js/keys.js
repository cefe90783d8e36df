// Keyboard moves: j and k walk the rows of [data-rows], Enter opens, / searches, ? shows the keys, and a button with
// data-key="d" is pressed by d.

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || isBehindDialog()) return;
    const act = moves[event.key] ?? (() => press(event.key));
    if (act(event) !== false) event.preventDefault();
  });
}

const moves = {
  j: () => walk(1),
  k: () => walk(-1),
  Enter: (event) => (event.target === document.body ? open() : false),
  "/": () => focusOn("[data-search]"),
  "?": () => show("keys"),
};

function isWriting(target) {
  return target.matches?.("input, textarea, select, [contenteditable]");
}

function isBehindDialog() {
  return document.querySelector("dialog[open]") !== null;
}

function rows() {
  return [...document.querySelectorAll("[data-rows] > *")].filter((row) => row.querySelector("a"));
}

function walk(step) {
  const all = rows();
  if (all.length === 0) return false;
  const now = all.findIndex((row) => row.classList.contains("at-hand"));
  const next = Math.min(Math.max(now + step, 0), all.length - 1);
  all[now]?.classList.remove("at-hand");
  all[next].classList.add("at-hand");
  all[next].querySelector("a").focus();
  return true;
}

function open() {
  const link = document.querySelector("[data-rows] > .at-hand a");
  if (!link) return false;
  link.click();
  return true;
}

function focusOn(selector) {
  const field = document.querySelector(selector);
  if (!field) return false;
  field.focus();
  field.select?.();
  return true;
}

function show(id) {
  const dialog = document.getElementById(id);
  if (!dialog?.showModal) return false;
  dialog.showModal();
  return true;
}

function press(key) {
  const button = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  button.click();
  return true;
}
