// A link with data-opens="id" shows that dialog; without scripts it leads to a page of its own.

export function openDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
    // The dialog itself is hit only outside its content: on the curtain behind it.
    if (event.target.matches?.("dialog[open]") && isOutside(event, event.target)) event.target.close();
  });
}

function isOutside({ clientX, clientY }, dialog) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
