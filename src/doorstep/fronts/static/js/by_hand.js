// Changing a draft by hand: houses are chosen and dragged on the map; every step is sent as the form beside the map would
// send it. The answer brings that form drawn anew, and what to change on the map.

import { made } from "./map.js";

const FAR_PX = 6; // a hand that moves less has only pressed
const hand = document.querySelector("[data-hand]");
const panel = document.getElementById("hand-panel");
const box = document.getElementById("hand");
const state = { map: null, atoms: null, chosen: new Set(), busy: false };

const now = () => panel.firstElementChild.dataset;

// Asking and answering --------------------------------------------------------------------------------------------------

async function send(form) {
  if (state.busy) return;
  state.busy = true;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(hand.dataset.hand, { method: "POST", body: form, headers: { Accept: "application/json" } });
    await take(answer, true);
  } finally {
    state.busy = false;
    panel.removeAttribute("aria-busy");
  }
}

async function look(code) {
  const asked = new URLSearchParams({ piece: code });
  for (const position of state.chosen) asked.append("atoms", position);
  const answer = await fetch(`${hand.dataset.hand}?${asked}`, { headers: { Accept: "application/json" } });
  await take(answer, false);
}

async function take(answer, isStep) {
  const told = await answer.json();
  if (!told.panel) return location.reload();
  panel.innerHTML = told.panel;
  if (isStep && answer.ok) state.chosen.clear();
  if (told.touched) change(told);
  if (told.is_old) await fetchAnew();
  readTicks();
  if (!answer.ok) panel.querySelector(".notice")?.scrollIntoView({ block: "nearest" });
}

function step(kind, more) {
  const form = new FormData();
  form.append("csrfmiddlewaretoken", panel.querySelector("[name=csrfmiddlewaretoken]").value);
  form.append("version", now().version);
  form.append("kind", kind);
  form.append("piece", now().piece);
  for (const [name, value] of more) form.append(name, value);
  return send(form);
}

panel.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const { submitter } = event;
  if (submitter?.name) form.set(submitter.name, submitter.value);
  send(form);
});

panel.addEventListener("click", (event) => {
  const link = event.target.closest("[data-look]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  state.chosen.clear();
  look(link.dataset.look).then(() => panel.querySelector("#chosen-piece")?.scrollIntoView({ block: "start" }));
});

panel.addEventListener("change", (event) => {
  if (event.target.name === "atoms") readTicks();
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const button = panel.querySelector(`button[value="${event.shiftKey ? "redo" : "undo"}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

function readTicks() {
  state.chosen = new Set([...panel.querySelectorAll("[name=atoms]:checked")].map((tick) => Number(tick.value)));
  paintChosen();
}

// The map ---------------------------------------------------------------------------------------------------------------

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

box?.addEventListener("made", begin);
if (box && made.has(box)) begin();

async function begin() {
  const held = made.get(box);
  state.held = held;
  state.map = held.map;
  state.atoms = await (await fetch(box.dataset.atoms)).json();
  held.map.on("styledata", dress);
  dress();
  letDrag(held.map);
  readTicks();
}

// What is drawn above the map's own layers; a change of theme takes it away.
function dress() {
  const { map } = state;
  if (map.getSource("atoms") || !map.getLayer("chosen")) return;
  map.addSource("atoms", { type: "geojson", data: state.atoms, promoteId: "position" });
  map.addLayer({ id: "atom", type: "fill", source: "atoms", paint: { "fill-opacity": 0 } }, "grid-edge");
  map.addLayer(
    {
      id: "atom-edge",
      type: "line",
      source: "atoms",
      paint: {
        "line-color": colour("map-line"),
        "line-width": 0.6,
        "line-opacity": ["interpolate", ["linear"], ["zoom"], 14.5, 0.15, 17, 0.5],
      },
    },
    "grid-edge",
  );
  map.addLayer({
    id: "atom-chosen",
    type: "fill",
    source: "atoms",
    filter: ["in", ["get", "position"], ["literal", []]],
    paint: { "fill-color": colour("map-chosen"), "fill-opacity": 0.55 },
  });
  map.setPaintProperty("microgrid-edge", "line-dasharray", undefined);
  map.setPaintProperty("microgrid-edge", "line-width", ["interpolate", ["linear"], ["zoom"], 14, 1.2, 18, 3]);
  map.setPaintProperty("microgrid", "fill-color", [
    "case",
    ["!", ["coalesce", ["get", "whole"], true]],
    colour("danger"),
    ["!", ["coalesce", ["get", "in_range"], true]],
    colour("series-2"),
    ["coalesce", ["get", "locked"], false],
    colour("line-strong"),
    colour("step-2"),
  ]);
  paintChosen();
}

function paintChosen() {
  const { map } = state;
  if (!map?.getLayer("atom-chosen")) return;
  map.setFilter("atom-chosen", ["in", ["get", "position"], ["literal", [...state.chosen]]]);
  map.setFilter("chosen", ["==", ["get", "code"], now().piece]);
}

function change({ touched, gone, moved }) {
  const { held, map } = state;
  if (!map) return;
  const fresh = new Set([...gone, ...touched.map(({ properties }) => properties.code)]);
  const layer = held.layers.microgrids;
  layer.features = [...layer.features.filter(({ properties }) => !fresh.has(properties.code)), ...touched];
  const code = new Map(Object.entries(moved).flatMap(([to, positions]) => positions.map((each) => [each, to])));
  for (const { properties } of state.atoms.features) properties.code = code.get(properties.position) ?? properties.code;
  redraw();
}

async function fetchAnew() {
  const { held } = state;
  if (!held) return;
  const [microgrids, atoms] = await Promise.all(
    [box.dataset.microgrids, box.dataset.atoms].map((address) => fetch(address).then((answer) => answer.json())),
  );
  held.layers.microgrids = microgrids;
  state.atoms = atoms;
  redraw();
}

function redraw() {
  const { held, map } = state;
  map.getSource("microgrids").setData(held.layers.microgrids);
  map.getSource("atoms").setData(state.atoms);
  map.fire("moveend"); // the names stand in the middle of what has changed
  redrawGrids(held);
}

async function redrawGrids({ layers, map }) {
  layers.grids = await (await fetch(box.dataset.grids)).json();
  map.getSource("grids").setData(layers.grids);
}

// Pressing and dragging -------------------------------------------------------------------------------------------------

function letDrag(map) {
  const at = (point) => map.queryRenderedFeatures(point, { layers: ["atom"] })[0]?.properties;
  map.on("click", (event) => {
    const atom = at(event.point);
    if (atom && !event.originalEvent.defaultPrevented) toggle(atom);
  });
  map.on("mousedown", (event) => {
    const atom = at(event.point);
    if (!atom || event.originalEvent.button !== 0 || !isMine(atom)) return;
    event.preventDefault(); // the map stays where it is
    drag(map, at, atom, event.point);
  });
}

// A house is dragged once it is chosen, so that the map can still be pushed about.
const isMine = (atom) => state.chosen.has(atom.position);

function drag(map, at, atom, start) {
  const ghost = document.createElement("div");
  ghost.className = "hand-ghost";
  ghost.hidden = true;
  box.append(ghost);
  let over = null;
  const move = ({ point }) => {
    if (Math.hypot(point.x - start.x, point.y - start.y) < FAR_PX) return;
    over = at(point)?.code;
    const name = state.held.layers.microgrids.features.find(({ properties }) => properties.code === over);
    ghost.hidden = false;
    ghost.style.transform = `translate(${point.x}px, ${point.y}px)`;
    ghost.textContent = over && over !== atom.code ? now().drop.replace("%s", name?.properties.name ?? "") : "";
    map.setFilter("chosen", ["==", ["get", "code"], over ?? ""]);
  };
  const end = () => {
    map.off("mousemove", move);
    ghost.remove();
    paintChosen();
    if (over && over !== atom.code) step("move", [["to", over], ...[...state.chosen].map((each) => ["atoms", each])]);
  };
  map.on("mousemove", move);
  window.addEventListener("mouseup", end, { once: true });
}

async function toggle({ position, code }) {
  if (now().piece !== code) {
    state.chosen = new Set([position]);
    return look(code);
  }
  const tick = panel.querySelector(`[name=atoms][value="${position}"]`);
  if (!tick) return;
  tick.checked = !tick.checked;
  tick.scrollIntoView({ block: "nearest" });
  readTicks();
}
