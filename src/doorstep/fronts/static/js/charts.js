// Draws a chart from the table beside it: whoever cannot see the chart reads the same figures.

export function makeCharts() {
  for (const box of document.querySelectorAll("[data-chart]")) makeChart(box);
  for (const button of document.querySelectorAll("[data-csv]")) offerCsv(button);
}

export async function makeChart(box) {
  const table = document.querySelector(`#${box.id}-table table`);
  if (!table) return;
  await loaded(box.dataset.script);
  const chart = window.echarts.init(box, null, { renderer: "svg" });
  const draw = () => chart.setOption(options(box.dataset.chart, read(table)), true);
  draw();
  new ResizeObserver(() => chart.resize()).observe(box);
  // Rows that the server sends later are drawn as they come.
  new MutationObserver(draw).observe(table, { childList: true, subtree: true, characterData: true });
  document.addEventListener("theme", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

const scripts = new Map();

function loaded(url) {
  if (!scripts.has(url)) {
    scripts.set(
      url,
      new Promise((done, failed) => {
        const script = Object.assign(document.createElement("script"), { src: url, onload: done, onerror: failed });
        document.head.append(script);
      }),
    );
  }
  return scripts.get(url);
}

function read(table) {
  const [head, ...rows] = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  return {
    names: rows.map((row) => row[0]),
    series: head.slice(1).map((name, place) => ({ name, values: rows.map((row) => number(row[place + 1])) })),
  };
}

function number(written) {
  const value = Number(written.replaceAll(",", "").replace("%", ""));
  return Number.isNaN(value) ? null : value;
}

function options(kind, { names, series }) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  // Named in full: the room that words need is measured outside the page, where nothing is inherited.
  const fontFamily = getComputedStyle(document.body).fontFamily;
  const words = { color: colour("muted"), fontSize: 0.875 * size, fontFamily };
  const lying = kind === "rows";
  const categories = {
    type: "category",
    data: names,
    inverse: lying,
    axisLine: { lineStyle: { color: colour("line-strong") } },
    axisTick: { show: false },
    axisLabel: { ...words, hideOverlap: true },
  };
  const values = {
    type: "value",
    minInterval: 1,
    splitLine: { lineStyle: { color: colour("line") } },
    axisLabel: words,
  };
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    color: [1, 2, 3, 4, 5].map((place) => colour(`series-${place}`)),
    grid: { left: 8, right: 16, top: series.length > 1 ? 44 : 16, bottom: 8, containLabel: true },
    legend: series.length > 1 ? { top: 0, left: 0, textStyle: { ...words, color: colour("ink") } } : undefined,
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow" },
      backgroundColor: colour("surface"),
      borderColor: colour("line"),
      textStyle: { ...words, color: colour("ink") },
    },
    xAxis: lying ? values : categories,
    yAxis: lying ? categories : values,
    series: series.map(({ name, values: data }, place) => ({
      name,
      data,
      type: kind === "line" ? "line" : "bar",
      stack: kind === "stacked" ? "all" : undefined,
      barMaxWidth: 28,
      symbolSize: 7,
      symbol: ["circle", "rect", "triangle", "diamond", "roundRect"][place % 5],
      lineStyle: { width: 2.5, type: ["solid", "dashed", "dotted"][place % 3] },
    })),
  };
}

function offerCsv(button) {
  const table = document.querySelector(`#${button.dataset.csv}-table table`);
  if (!table) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(table)], { type: "text/csv;charset=utf-8" }));
    link.download = `${button.dataset.csv}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

export function csv(table) {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => quoted(plain(cell))).join(","));
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  return `\ufeff${rows.join("\r\n")}\r\n`;
}

function plain(cell) {
  const words = cell.textContent.trim();
  // Digits are grouped for the eye; a spreadsheet wants the number.
  return cell.matches("td.number") ? words.replaceAll(",", "") : words;
}

function quoted(words) {
  // A cell that begins like a formula is told to be words.
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
