// What a careful reader sees wrong on the page that is open: `(asked) => ["fault", …]`. Given by tests/journeys/looking.py.
(asked) => {
  const faults = [];
  const root = document.documentElement;
  const shown = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
    && !node.closest(".out-of-sight:not(:focus)");
  const named = (node) => {
    const said = (node.innerText || node.getAttribute("aria-label") || node.name || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const classes = [...node.classList].map((each) => `.${each}`).join("");
    return `<${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ""}${classes}> ${said}`;
  };
  const each = (selector, look) => { for (const node of document.querySelectorAll(selector)) if (shown(node)) look(node); };

  // It fits: nothing makes the page itself wider than the window.
  const width = root.clientWidth;
  if (Math.max(root.scrollWidth, document.body.scrollWidth) > width + 1) {
    const widest = [...document.body.querySelectorAll("*")].filter((node) => shown(node) && node.getBoundingClientRect().right > width + 1);
    faults.push(`wider than the window (${root.scrollWidth} > ${width}): ${widest.slice(-3).map(named).join(" | ")}`);
  }

  // It says what it is.
  if (!document.title.trim()) faults.push("no title");
  const headings = [...document.querySelectorAll("h1")].filter(shown).length;
  if (asked.frame === "parts" ? !headings : headings !== 1) faults.push(`${headings} first headings`);
  if (!root.lang.startsWith(asked.lang)) faults.push(`written in ${root.lang}`);

  // A name belongs to one thing: labels, hints and links find what they speak of.
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((each, place) => ids.indexOf(each) !== place))) faults.push(`two things are called #${id}`);
  for (const node of document.querySelectorAll("label[for]")) if (!document.getElementById(node.htmlFor)) faults.push(`a label for nothing: ${node.htmlFor}`);

  // Language and complaints are at hand.
  if (![...document.querySelectorAll("button[name=lang]")].some(shown)) faults.push("no switch of language");
  if (asked.frame !== "wall" && ![...document.querySelectorAll('a[href^="/complaints/"]')].some(shown)) faults.push("no way to complain");

  // Its words: all there, and in the language that was chosen but for names and what people wrote.
  const words = [];
  const tree = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = tree.nextNode(); text; text = tree.nextNode()) {
    const node = text.parentElement;
    if (text.data.trim() && !node.closest("script, style, noscript, textarea") && (shown(node) || node.closest("option"))) words.push([text.data, node]);
  }
  const written = [...words];
  for (const name of ["aria-label", "title", "alt", "placeholder"]) each(`[${name}]`, (node) => words.push([node.getAttribute(name), node]));
  words.push([document.title, root]);
  const key = new RegExp(`(^|[^\\w/.#?&=-])((?:${asked.rooms.join("|")})(?:-[a-z0-9]+){1,9})(?![\\w/=.-])`);
  for (const [said, node] of words) {
    if (node.closest("code, pre, .code")) continue;
    const missing = key.exec(said);
    if (missing && !said.includes("@")) faults.push(`a key instead of words: ${missing[2]}`);
    if (/\{\s*\$|^\s*None\s*$|undefined|NaN\b|\[object/.test(said)) faults.push(`not for people: ${said.trim().slice(0, 60)}`);
    const foreign = node.closest("[lang]");
    if (foreign !== root && foreign) continue;
    let rest = said.replace(/[\u2066-\u2069]/g, "");
    if (asked.lang === "en") {
      for (const name of asked.data) rest = rest.replaceAll(name, "");
      // What somebody wrote may be quoted in part.
      rest = rest.replace(/“([^”]+)”/g, (all, quoted) => (asked.data.some((name) => name.includes(quoted)) ? "" : all));
      // Long words are shortened for lists.
      if (/\p{Script=Han}/u.test(rest) && !asked.data.some((name) => name.startsWith(rest.trim().replace(/…$/, "")))) {
        faults.push(`not English: ${rest.trim().slice(0, 60)}`);
      }
    } else if (/[A-Za-z]{2,}(?:[ ,]+[a-z]{2,}){2,}/.test(rest)) {
      faults.push(`not Chinese: ${rest.trim().slice(0, 60)}`);
    }
  }

  // What is pressed is large enough to be hit; links inside sentences have the height of their line.
  const least = asked.elder ? 60 : 44;
  const reach = (node) => {
    const own = node.getBoundingClientRect();
    const label = /^(checkbox|radio)$/.test(node.type) ? node.closest("label") : null;
    return label ? label.getBoundingClientRect() : own;
  };
  each("button, .button, summary, select, input:not([type=hidden]), textarea, nav a, .tabs a, .foot a.strong", (node) => {
    if (node.closest(".maplibregl-map details, .maplibregl-ctrl-attrib") || node.disabled && !node.offsetHeight) return;
    const { width, height } = reach(node);
    if (height < least - 0.5 || width < Math.min(least, 44) - 0.5) faults.push(`too small to hit (${Math.round(width)}×${Math.round(height)}): ${named(node)}`);
  });

  // In elder mode nothing is written small.
  if (asked.elder) {
    const small = new Map();
    for (const [said, node] of written) {
      if (!shown(node) || node.closest("svg, option, .out-of-sight")) continue;
      const size = parseFloat(getComputedStyle(node).fontSize);
      if (size < 17.95) small.set(`${named(node)} at ${size}px`, said);
    }
    for (const which of [...small.keys()].slice(0, 6)) faults.push(`written small: ${which}`);
  }
  return [...new Set(faults)];
}
