// On every page: the display switches act at once, so that a half-written report is not lost.

const page = document.documentElement;

const apply = {
  elder: (chosen) => page.toggleAttribute("data-elder", chosen === "on"),
  theme: (chosen) => {
    page.dataset.theme = chosen;
    document.getElementById("dark").media = chosen === "dark" ? "all" : "not all";
    document.dispatchEvent(new CustomEvent("theme"));
  },
};

// Another language is another page: what was written waits in this tab for it, and nowhere else.
const written = () =>
  [...document.querySelectorAll("main form[method=post] :is(textarea, input:is([type=text], [type=tel], [type=email], :not([type])))")]
    .filter((field) => field.name && !field.readOnly);

function keepWords(next) {
  const words = written().map((field, place) => [place, field.name, field.value]).filter(([, , value]) => value);
  if (words.length) sessionStorage.setItem("written", JSON.stringify({ next, words }));
}

function giveWordsBack() {
  const kept = JSON.parse(sessionStorage.getItem("written") ?? "null");
  sessionStorage.removeItem("written");
  if (kept?.next !== location.pathname + location.search) return;
  const fields = written();
  for (const [place, name, value] of kept.words) {
    const field = fields[place]?.name === name ? fields[place] : fields.find((each) => each.name === name);
    if (field && !field.value) field.value = value;
  }
}

giveWordsBack();

for (const form of document.querySelectorAll("[data-switches]")) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button?.name === "lang") keepWords(form.elements.next.value);
    if (!button || !(button.name in apply)) return;
    event.preventDefault();
    apply[button.name](button.value);
    form.querySelector(`[name="${button.name}"]:not([value="${button.value}"])`)?.focus();
    const chosen = new FormData(form);
    chosen.append(button.name, button.value);
    await fetch(form.action, { method: "POST", body: chosen, redirect: "manual" });
  });
}

// A form pressed twice is sent once: what it asks for is under way. Going back to the page lets it be sent again.
const UNDER_WAY_MS = 10_000;
let sentAt = new WeakMap();
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  const pressed = event.submitter ?? event.target;
  if (event.timeStamp - (sentAt.get(pressed) ?? -Infinity) < UNDER_WAY_MS) event.preventDefault();
  else sentAt.set(pressed, event.timeStamp);
});
addEventListener("pageshow", () => (sentAt = new WeakMap()));

// Whoever sent a form with faults should hear of them first.
document.querySelector("[data-focus]")?.focus();

// Maps and charts bring their own weight, and only where there is one.
const drawMaps = () => import("./map.js").then(({ makeMaps }) => makeMaps());
const maps = [...document.querySelectorAll("[data-map]")];
if (maps.some((map) => !("onRequest" in map.dataset))) drawMaps();
else if (maps.length) {
  for (const button of document.querySelectorAll("[data-shows]")) {
    button.hidden = false;
    button.addEventListener("click", () => drawMaps().then(() => button.click()), { once: true });
  }
}
if (document.querySelector("[data-chart]")) import("./charts.js").then(({ makeCharts }) => makeCharts());
