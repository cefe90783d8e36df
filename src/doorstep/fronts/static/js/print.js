// A button with data-prints opens the browser's own print dialog; without scripts it stays away.

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
