// Figures that move by themselves. The server sends what an area and the areas below it came to; figures on the page
// follow by their data-figure, rows of a table by their data-row, the map by its "counts" event. A token lasts some
// minutes; then a new one is fetched.

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const SHOWN_MOVED_MS = 1200;

for (const frame of document.querySelectorAll("[data-live]")) {
  if (frame.dataset.live && "EventSource" in window) listen(frame, frame.dataset.token, FIRST_WAIT_MS);
}

function listen(frame, token, wait) {
  const source = new EventSource(`${frame.dataset.live}/figures?token=${encodeURIComponent(token)}`);
  source.addEventListener("figures", (event) => {
    wait = FIRST_WAIT_MS;
    show(frame, JSON.parse(event.data));
  });
  source.addEventListener("knock-again", () => {
    source.close();
    knock(frame, FIRST_WAIT_MS);
  });
  source.addEventListener("error", () => {
    source.close();
    say(frame, frame.dataset.stopped, false);
    setTimeout(() => knock(frame, longer(wait)), wait);
  });
}

async function knock(frame, wait) {
  try {
    const answer = await fetch(frame.dataset.listen, { headers: { Accept: "application/json" } });
    listen(frame, (await answer.json()).token, wait);
  } catch {
    say(frame, frame.dataset.stopped, false);
    setTimeout(() => knock(frame, longer(wait)), wait);
  }
}

function longer(wait) {
  return Math.min(wait * 2, LONGEST_WAIT_MS);
}

function show(frame, { figures = {}, rows = {}, counts, words }) {
  for (const [name, value] of Object.entries(figures)) {
    put(frame.querySelector(`[data-figure="${name}"] [data-value]`), value);
  }
  for (const [area, load] of Object.entries(rows)) {
    const row = frame.querySelector(`[data-row="${area}"]`);
    for (const [name, value] of Object.entries(load)) put(row?.querySelector(`[data-load="${name}"]`), value);
  }
  const map = document.getElementById(frame.dataset.mapId);
  if (map && counts) map.dispatchEvent(new CustomEvent("counts", { detail: counts }));
  if (words) say(frame, words, true);
}

const grouped = new Intl.NumberFormat(document.documentElement.lang);

function put(place, value) {
  const words = grouped.format(value);
  if (!place || place.textContent === words) return;
  place.textContent = words;
  const box = place.closest("[data-figure], td");
  box.classList.add("moved");
  setTimeout(() => box.classList.remove("moved"), SHOWN_MOVED_MS);
}

function say(frame, words, live) {
  const state = frame.querySelector("[data-live-state]");
  if (!state) return;
  state.textContent = words;
  state.dataset.live = live ? "yes" : "no";
}
