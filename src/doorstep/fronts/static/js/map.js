// The map: imported roads, water, green and buildings as its ground, micro-grids and their counts on top of it. Nothing
// comes from outside: no tiles, no glyphs; words on the map are HTML.
//
// An element with data-map names its layers by address: data-roads, data-water, data-green, data-buildings,
// data-microgrids (properties code, name, households, cases, url), data-grids, data-moved (buildings to be marked), data-special,
// data-pins (words, url). With
// data-choose="place" a press fills the field of that name with "longitude,latitude" in WGS 84.
//
// Events: the element sends "chosen" (detail: the micro-grid's properties) and, once it is drawn, "made"; it takes
// "counts" (detail: {code: cases}). With data-atoms another script says what pressing the map does (by_hand.js).

const MANY = 150; // more labels than this in sight are noise
const GROUND = ["green", "water", "buildings", "roads"];

// The maps on this page, each by its element.
export const made = new WeakMap();

export function makeMaps() {
  for (const box of document.querySelectorAll("[data-map]")) {
    const button = document.querySelector(`[data-shows="${box.id}"]`);
    if (!("onRequest" in box.dataset)) makeMap(box);
    else if (button) offer(button, box);
  }
}

function offer(button, box) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.hidden = true;
    box.hidden = false;
    makeMap(box);
    box.focus();
  });
}

export async function makeMap(box) {
  if (!canDraw()) return sayItCannot(box);
  const [library, layers] = await Promise.all([load(box.dataset), fetchLayers(box.dataset)]);
  let map;
  try {
    map = new library.Map({
      container: box,
      style: style(layers),
      bounds: boundsOf(layers.microgrids ?? layers.grids ?? layers.buildings ?? layers.pins),
      fitBoundsOptions: { padding: 28 },
      attributionControl: false, // the notice stands below the map, where it cannot be folded away
      dragRotate: false,
      pitchWithRotate: false,
      locale: words(box.dataset),
    });
  } catch {
    return sayItCannot(box);
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  await new Promise((drawn) => map.once("load", drawn));
  const held = { box, library, map, layers, labels: [] };
  followTheme(held);
  if (layers.microgrids) showMicrogrids(held);
  if (layers.pins) showPins(held);
  if (box.dataset.choose) letChoose(held);
  box.dataset.ready = "yes";
  made.set(box, held);
  box.dispatchEvent(new CustomEvent("made"));
  return map;
}

function canDraw() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

function sayItCannot(box) {
  const words = document.createElement("p");
  words.textContent = box.dataset.noMap;
  words.className = "map-missing";
  box.replaceChildren(words);
  box.dataset.ready = "no";
  const list = listOf(box);
  if (list) list.open = true;
}

function listOf(box) {
  return document.querySelector(`[data-list="${box.id}"]`);
}

// What has to be fetched -------------------------------------------------------------------------------------------------

let library;

function load({ script, worker, style: sheet }) {
  library ??= new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet }));
    const element = Object.assign(document.createElement("script"), { src: script, onerror: failed });
    element.onload = () => {
      window.maplibregl.setWorkerUrl(worker);
      done(window.maplibregl);
    };
    document.head.append(element);
  });
  return library;
}

async function fetchLayers(addresses) {
  const wanted = [...GROUND, "grids", "microgrids", "moved", "special", "pins", "counts"].filter((name) => addresses[name]);
  const fetched = await Promise.all(wanted.map((name) => fetch(addresses[name]).then((answer) => answer.json())));
  const layers = Object.fromEntries(wanted.map((name, place) => [name, fetched[place]]));
  if (layers.counts && layers.microgrids) count(layers.microgrids, layers.counts);
  return layers;
}

function words({ zoomIn, zoomOut, title }) {
  return { "NavigationControl.ZoomIn": zoomIn, "NavigationControl.ZoomOut": zoomOut, "Map.Title": title };
}

// What it looks like -----------------------------------------------------------------------------------------------------

function style(layers) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const empty = { type: "FeatureCollection", features: [] };
  const source = (name) => ({ type: "geojson", data: layers[name] ?? empty });
  const wide = (narrow, far) => ["interpolate", ["exponential", 1.6], ["zoom"], 13, narrow, 18, far];
  const [first, second] = steps(layers.microgrids);
  return {
    version: 8,
    sources: Object.fromEntries([...GROUND, "grids", "microgrids", "moved", "special"].map((name) => [name, source(name)])),
    layers: [
      { id: "land", type: "background", paint: { "background-color": colour("map-land") } },
      { id: "green", type: "fill", source: "green", paint: { "fill-color": colour("map-green") } },
      { id: "water", type: "fill", source: "water", filter: isArea, paint: { "fill-color": colour("map-water") } },
      {
        id: "stream",
        type: "line",
        source: "water",
        filter: ["!", isArea],
        paint: { "line-color": colour("map-water"), "line-width": wide(1, 8) },
      },
      {
        id: "microgrid",
        type: "fill",
        source: "microgrids",
        paint: {
          "fill-color": [
            "step",
            ["coalesce", ["get", "cases"], 0],
            colour("step-1"),
            1,
            colour("step-2"),
            first + 1,
            colour("step-3"),
            second + 1,
            colour("step-4"),
          ],
          "fill-opacity": 0.6,
        },
      },
      {
        id: "road-edge",
        type: "line",
        source: "roads",
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": colour("map-road-edge"), "line-width": wide(1.6, 13) },
      },
      {
        id: "road",
        type: "line",
        source: "roads",
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": colour("map-road"), "line-width": wide(0.8, 10) },
      },
      {
        id: "building",
        type: "fill",
        source: "buildings",
        paint: { "fill-color": colour("map-building"), "fill-outline-color": colour("map-road-edge") },
      },
      {
        id: "moved",
        type: "fill",
        source: "moved",
        paint: { "fill-color": colour("series-2"), "fill-outline-color": colour("map-ink") },
      },
      {
        id: "special",
        type: "fill",
        source: "special",
        paint: { "fill-color": colour("series-5"), "fill-opacity": 0.55 },
      },
      {
        id: "special-edge",
        type: "line",
        source: "special",
        paint: { "line-color": colour("series-4"), "line-width": wide(1.4, 3.6) },
      },
      {
        id: "microgrid-edge",
        type: "line",
        source: "microgrids",
        paint: { "line-color": colour("map-line"), "line-width": wide(0.8, 2.4), "line-dasharray": [3, 1.5] },
      },
      {
        id: "grid-edge",
        type: "line",
        source: "grids",
        paint: { "line-color": colour("map-line"), "line-width": wide(1.8, 4.5) },
      },
      {
        id: "chosen",
        type: "line",
        source: "microgrids",
        filter: ["==", ["get", "code"], ""],
        paint: { "line-color": colour("map-chosen"), "line-width": 4 },
      },
    ],
  };
}

const isArea = ["in", ["geometry-type"], ["literal", ["Polygon", "MultiPolygon"]]];

// Where the darker steps begin: a third and two thirds of the way through the micro-grids that have any cases.
function steps(microgrids) {
  const counts = (microgrids?.features ?? []).map((feature) => feature.properties.cases ?? 0).filter(Boolean);
  counts.sort((a, b) => a - b);
  const first = counts[Math.floor(counts.length / 3)] ?? 1;
  return [first, Math.max(counts[Math.floor((2 * counts.length) / 3)] ?? 2, first + 1)];
}

function followTheme(held) {
  const redraw = () => {
    held.map.setStyle(style(held.layers));
    if (held.code) mark(held, held.code);
  };
  document.addEventListener("theme", () => requestAnimationFrame(redraw));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

// Micro-grids, their counts and their list ------------------------------------------------------------------------------

function showMicrogrids(held) {
  const { box, map, layers } = held;
  const relabel = () => label(held);
  map.on("moveend", relabel);
  map.on("click", "microgrid", (event) => {
    if (!box.dataset.choose && !box.dataset.atoms) choose(held, event.features[0].properties.code);
  });
  map.on("mouseenter", "microgrid", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "microgrid", () => (map.getCanvas().style.cursor = ""));
  box.addEventListener("counts", (event) => {
    count(layers.microgrids, event.detail);
    map.setStyle(style(layers));
    if (held.code) mark(held, held.code);
    relabel();
    showSteps(box, layers.microgrids);
  });
  listOf(box)?.addEventListener("click", (event) => {
    const row = event.target.closest("[data-area]");
    if (row && !event.target.closest("a")) choose(held, row.dataset.area);
  });
  relabel();
  if (!box.dataset.atoms) showSteps(box, layers.microgrids);
}

function count(microgrids, counts) {
  for (const { properties } of microgrids.features) properties.cases = counts[properties.code] ?? 0;
}

function label(held) {
  const { map, layers, library } = held;
  for (const marker of held.labels) marker.remove();
  const inSight = layers.microgrids.features.filter((feature) => map.getBounds().contains(middle(feature)));
  if (inSight.length > MANY) return;
  held.labels = inSight.filter((feature) => hasRoom(map, feature)).map((feature) => {
    const { cases, name } = feature.properties;
    const element = document.createElement("span");
    element.className = cases ? "map-count" : "map-name";
    element.textContent = cases ? cases : (name ?? "");
    element.setAttribute("aria-hidden", "true");
    return new library.Marker({ element }).setLngLat(middle(feature)).addTo(map);
  });
}

// A count needs less room than a name, and is worth more.
function hasRoom(map, { geometry, properties }) {
  const [west, south, east, north] = boundsOf({ features: [{ geometry }] });
  const [low, high] = [map.project([west, south]), map.project([east, north])];
  return Math.min(high.x - low.x, low.y - high.y) >= (properties.cases ? 20 : 12 * String(properties.name ?? "").length);
}

function choose(held, code) {
  const feature = held.layers.microgrids.features.find(({ properties }) => properties.code === code);
  if (!feature) return;
  mark(held, code);
  const bounds = boundsOf({ features: [feature] });
  held.map.fitBounds(bounds, { padding: 80, maxZoom: Math.max(held.map.getZoom(), 16) });
  held.box.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: feature.properties }));
  tell(held, feature);
}

function mark(held, code) {
  held.code = code;
  held.map.setFilter("chosen", ["==", ["get", "code"], code]);
  for (const row of listOf(held.box)?.querySelectorAll("[data-area]") ?? []) {
    row.toggleAttribute("aria-current", row.dataset.area === code);
  }
}

function tell(held, feature) {
  const { name, code, households, cases, url } = feature.properties;
  const { wordsHouseholds, wordsCases } = held.box.dataset;
  const card = document.createElement("div");
  card.append(line("b", name || code));
  if (name && name !== code) card.append(line("code", code));
  if (households !== undefined) card.append(line("span", `${wordsHouseholds} ${households}`));
  if (cases !== undefined) card.append(line("span", `${wordsCases} ${cases}`));
  if (url) card.querySelector("b").replaceChildren(Object.assign(line("a", name || code), { href: url }));
  card.className = "map-card";
  held.popup?.remove();
  held.popup = new held.library.Popup({ maxWidth: "18rem" }).setLngLat(middle(feature)).setDOMContent(card).addTo(held.map);
}

function line(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}

function showSteps(box, microgrids) {
  const item = document.querySelector(`[data-legend="${box.id}"] [data-steps]`);
  if (!item) return;
  const [first, second] = steps(microgrids);
  const span = (from, to) => (from === to ? `${from}` : `${from}\u2013${to}`);
  const ranges = ["0", span(1, first), span(first + 1, second), `\u2265${second + 1}`];
  const swatches = ranges.map((range, place) => {
    const item = line("span", range);
    const swatch = document.createElement("span");
    item.className = "range";
    swatch.className = "swatch";
    swatch.dataset.step = place + 1;
    item.prepend(swatch);
    return item;
  });
  item.replaceChildren(item.firstElementChild, ...swatches);
  item.hidden = false;
}

// Pins, and choosing a place --------------------------------------------------------------------------------------------

function showPins({ box, map, layers, library }) {
  for (const { geometry, properties } of layers.pins.features) {
    const pin = document.createElement(properties.url ? "a" : "span");
    if (properties.url) pin.href = properties.url;
    pin.className = "map-pin";
    if (properties.tone) pin.dataset.tone = properties.tone;
    pin.setAttribute("aria-label", properties.words ?? "");
    pin.title = properties.words ?? "";
    pin.append(icon(box, "pin"));
    new library.Marker({ element: pin, anchor: "bottom" }).setLngLat(geometry.coordinates).addTo(map);
  }
}

function icon(box, name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${box.dataset.icons}#${name}`);
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(use);
  return drawing;
}

function letChoose({ box, map, library }) {
  const field = document.querySelector(`[name="${box.dataset.choose}"]`);
  const element = document.createElement("span");
  element.className = "map-pin";
  element.append(icon(box, "pin"));
  const pin = new library.Marker({ element, anchor: "bottom" });
  const put = ({ lng, lat }) => {
    pin.setLngLat([lng, lat]).addTo(map);
    field.value = `${lng.toFixed(6)},${lat.toFixed(6)}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const written = field.value.split(",").map(Number);
  if (field.value && written.every(Number.isFinite)) put({ lng: written[0], lat: written[1] });
  map.on("click", (event) => put(event.lngLat));
  // By keyboard: the arrows move the map, Enter takes its middle.
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") put(map.getCenter());
  });
}

// Geometry, only as much as a map needs ---------------------------------------------------------------------------------

function boundsOf(layer) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of layer?.features ?? []) {
    for (const [east, north] of points(geometry.coordinates)) {
      bounds[0] = Math.min(bounds[0], east);
      bounds[1] = Math.min(bounds[1], north);
      bounds[2] = Math.max(bounds[2], east);
      bounds[3] = Math.max(bounds[3], north);
    }
  }
  return Number.isFinite(bounds[0]) ? bounds : [73, 18, 135, 54];
}

function* points(coordinates) {
  if (typeof coordinates[0] === "number") yield coordinates;
  else for (const part of coordinates) yield* points(part);
}

function middle({ geometry, properties }) {
  if (properties.middle) return properties.middle;
  const [west, south, east, north] = boundsOf({ features: [{ geometry }] });
  return [(west + east) / 2, (south + north) / 2];
}
