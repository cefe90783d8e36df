// Short messages that say what was just done. The server sends them in an HX-Trigger header: {"toast": "words"}.

const READING_MS = 6000;

export function toast(words) {
  const tray = document.getElementById("toasts");
  const box = document.createElement("div");
  box.className = "toast";
  const said = document.createElement("span");
  said.textContent = words;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "\u00d7";
  close.setAttribute("aria-label", tray.dataset.close);
  close.addEventListener("click", () => box.remove());
  box.append(said, close);
  tray.append(box);
  goLater(box);
}

function goLater(box) {
  let timer = setTimeout(() => box.remove(), READING_MS);
  // Whoever is still reading, or about to press, is not hurried.
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("focusin", () => clearTimeout(timer));
  box.addEventListener("pointerleave", () => (timer = setTimeout(() => box.remove(), READING_MS)));
}

export function listenForToasts() {
  document.body.addEventListener("toast", (event) => toast(event.detail.value ?? event.detail));
}
