// Choosing the houses of a special grid on the map: a press ticks the house in the form beside it, or unticks it.

import { made } from "./map.js";

const box = document.getElementById("special");
const list = document.querySelector("[data-houses] .choices");
const state = { map: null, houses: null };

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

box?.addEventListener("made", begin);
if (box && made.has(box)) begin();

async function begin() {
  state.map = made.get(box).map;
  state.houses = await (await fetch(box.dataset.houses)).json();
  state.map.on("styledata", dress);
  dress();
  state.map.on("click", "house", ({ features }) => toggle(features[0].properties));
  state.map.on("mouseenter", "house", () => (state.map.getCanvas().style.cursor = "pointer"));
  state.map.on("mouseleave", "house", () => (state.map.getCanvas().style.cursor = ""));
  list.addEventListener("change", paint);
  box.dataset.houses = "ready";
}

// What is drawn above the map's own layers; a change of theme takes it away.
function dress() {
  const { map, houses } = state;
  if (map.getSource("houses") || !map.getLayer("chosen")) return;
  map.addSource("houses", { type: "geojson", data: houses });
  map.addLayer({
    id: "house",
    type: "fill",
    source: "houses",
    paint: { "fill-color": colour("map-building"), "fill-outline-color": colour("map-ink") },
  });
  map.addLayer({
    id: "house-chosen",
    type: "fill",
    source: "houses",
    filter: ["in", ["get", "id"], ["literal", []]],
    paint: { "fill-color": colour("map-chosen") },
  });
  paint();
}

function paint() {
  const ids = [...list.querySelectorAll("input:checked")].map((tick) => Number(tick.value));
  state.map.setFilter("house-chosen", ["in", ["get", "id"], ["literal", ids]]);
}

function toggle(house) {
  const tick = list.querySelector(`input[value="${house.id}"]`) ?? add(house);
  tick.checked = !tick.checked;
  const row = tick.closest(".choice");
  row.hidden = false;
  row.scrollIntoView({ block: "nearest" });
  paint();
}

// A house that the list does not show yet: only those that somebody looked for are in it.
function add({ id, name }) {
  const row = document.createElement("label");
  const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: "buildings", value: id });
  row.className = "choice";
  row.append(tick, Object.assign(document.createElement("span"), { textContent: name }));
  list.prepend(row);
  return tick;
}
