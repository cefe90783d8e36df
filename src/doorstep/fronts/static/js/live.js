// Figures that move by themselves. The server sends what an area's figures and micro-grids came to; figures on the page
// follow by their data-figure, the map by its "counts" event. A token lasts some minutes; then a new one is fetched.

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;

for (const frame of document.querySelectorAll("[data-live]")) {
  if (frame.dataset.live && "EventSource" in window) listen(frame, frame.dataset.token, FIRST_WAIT_MS);
}

function listen(frame, token, wait) {
  const source = new EventSource(`${frame.dataset.live}/figures?token=${encodeURIComponent(token)}`);
  source.addEventListener("figures", (event) => {
    wait = FIRST_WAIT_MS;
    show(frame, JSON.parse(event.data));
  });
  source.addEventListener("error", () => {
    source.close();
    say(frame, frame.dataset.stopped, false);
    setTimeout(() => again(frame, Math.min(wait * 2, LONGEST_WAIT_MS)), wait);
  });
}

async function again(frame, wait) {
  try {
    const answer = await fetch(frame.dataset.listen, { headers: { Accept: "application/json" } });
    listen(frame, (await answer.json()).token, wait);
  } catch {
    setTimeout(() => again(frame, Math.min(wait * 2, LONGEST_WAIT_MS)), wait);
  }
}

function show(frame, { figures, counts, words }) {
  for (const [name, value] of Object.entries(figures)) {
    const place = frame.querySelector(`[data-figure="${name}"] [data-value]`);
    if (place && place.textContent !== String(value)) {
      place.textContent = value;
      place.closest("[data-figure]").classList.add("moved");
      setTimeout(() => place.closest("[data-figure]").classList.remove("moved"), 1200);
    }
  }
  const map = document.getElementById(frame.dataset.mapId);
  if (map && counts) map.dispatchEvent(new CustomEvent("counts", { detail: counts }));
  say(frame, words, true);
}

function say(frame, words, live) {
  const state = frame.querySelector("[data-live-state]");
  if (!state) return;
  state.textContent = words;
  state.dataset.live = live ? "yes" : "no";
}
