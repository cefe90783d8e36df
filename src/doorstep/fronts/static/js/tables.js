// A table that is wider than its frame says so: a phone shows no scroll bar until somebody scrolls.

export function tellOfWideTables() {
  const words = document.getElementById("main").dataset.slides;
  const watch = new ResizeObserver((changed) => changed.forEach(({ target }) => tell(target.closest(".table-frame"), words)));
  for (const table of document.querySelectorAll(".table-frame > table")) {
    watch.observe(table);
    watch.observe(table.parentElement);
  }
}

function tell(frame, words) {
  const told = frame.querySelector(".slides");
  const isWide = frame.scrollWidth > frame.clientWidth + 1;
  if (isWide && !told) frame.prepend(Object.assign(document.createElement("p"), { className: "slides", textContent: words }));
  else if (!isWide) told?.remove();
}
