// The report and its receipt. Everything works without this; with it, what the words seem to say is shown at once.

const form = document.querySelector("[data-report]");
const PAUSE_MS = 450;

if (form) {
  form.elements.seen.value = "yes"; // proposals are shown while writing, so no page of its own is needed
  for (const part of form.querySelectorAll("[data-with-script]")) part.hidden = false;
  staysTheSameForm();
  proposeWhileWriting();
  useMyLocation();
  form.querySelector("[data-shows]")?.addEventListener("click", bringTheMap, { once: true });
  sendOnce();
  form.dataset.ready = "yes";
}
for (const button of document.querySelectorAll("[data-copies]")) offerToCopy(button);

// Whoever goes back finds what was written; it is still the same form then, even if the page was fetched anew.
function staysTheSameForm() {
  const before = history.state?.form;
  if (before) form.elements.form.value = before;
  else history.replaceState({ ...history.state, form: form.elements.form.value }, "");
}

function proposeWhileWriting() {
  const shown = form.querySelector("[data-proposal]");
  const declined = new Set();
  let timer;
  let asked = 0;
  let before = "";
  const ask = async () => {
    const answers = new FormData(form);
    answers.delete("photo");
    if (form.elements.door && shown.contains(form.elements.door)) answers.delete("door");
    const now = new URLSearchParams(answers).toString();
    if (now === before) return;
    before = now;
    const turn = ++asked;
    try {
      const answer = await fetch(form.dataset.propose, { method: "POST", body: answers });
      if (!answer.ok || turn !== asked) return; // a later question is on its way
      shown.innerHTML = await answer.text(); // our own template; what was typed is escaped in it
      const door = shown.querySelector("[data-proposed-door]");
      if (door && declined.has(door.value)) door.checked = false;
    } catch {
      before = ""; // no network just now: the report can still be sent later
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
  form.addEventListener("input", (event) => {
    const { target } = event;
    if ("proposedDoor" in target.dataset) {
      if (target.checked) declined.delete(target.value);
      else declined.add(target.value);
      return;
    }
    if (["words", "item", "urgency", "community", "place_words"].includes(target.name)) soon();
  });
  form.elements.pin.addEventListener("change", () => {
    say("pinned");
    soon();
  });
}

// The map is that of the chosen community, and its style sheet comes with it: most people never ask for it.
function bringTheMap() {
  const map = document.getElementById("report-map");
  const style = { rel: "stylesheet", href: form.dataset.mapStyle };
  document.head.append(Object.assign(document.createElement("link"), style));
  if (!form.elements.community.value) return;
  for (const layer of ["roads", "water", "green", "buildings"]) {
    map.dataset[layer] = `${map.dataset[layer].split("?")[0]}?community=${form.elements.community.value}`;
  }
}

function useMyLocation() {
  const button = form.querySelector("[data-here]");
  if (!button) return;
  if (!("geolocation" in navigator)) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", () => {
    say("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.pin.value = `${coords.longitude.toFixed(6)},${coords.latitude.toFixed(6)}`;
        form.elements.pin.dispatchEvent(new Event("change", { bubbles: true }));
        form.elements.accuracy.value = Math.round(coords.accuracy);
        say("known");
      },
      () => say("unknown"),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}

function say(what) {
  const words = form.querySelector("[data-here-said]");
  if (!words) return;
  words.textContent = words.dataset[what];
  if (what === "pinned") form.elements.accuracy.value = "";
}

// The server makes one case of one form anyway; a button that does not answer twice is a courtesy.
function sendOnce() {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.first");
    setTimeout(() => (button.disabled = true));
  });
  addEventListener("pageshow", () => (form.querySelector("button.first").disabled = false));
}

function offerToCopy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const words = button.querySelector("span");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    words.textContent = button.dataset.copied;
  });
}
