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

for (const form of document.querySelectorAll("[data-switches]")) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || !(button.name in apply)) return;
    event.preventDefault();
    apply[button.name](button.value);
    form.querySelector(`[name="${button.name}"]:not([value="${button.value}"])`)?.focus();
    const chosen = new FormData(form);
    chosen.append(button.name, button.value);
    await fetch(form.action, { method: "POST", body: chosen, redirect: "manual" });
  });
}

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
