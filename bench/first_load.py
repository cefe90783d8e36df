"""How soon a resident can write on a slow phone: the report page's first load, in Chromium, throttled.

    python -m bench.first_load

1.6 Mbit/s down, 0.75 up, 150 ms there and back, a processor four times slower (Lighthouse's slow 4G), an empty cache
for each run. Counted is every byte on the wire, headers too, until the network is quiet; the map is not asked for.
*Usable* is when the words can be typed and the button pressed: the page is painted, its scripts have run, and a
character has been answered by a frame. Writes `bench/results/first_load.json`.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.house import environment_of, filled_server, house, machine, python
from playwright.sync_api import Browser, CDPSession, sync_playwright

RUNS = 7
CASES = 10_000
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
PHONE: Mapping[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}
MOST_KB, SOONEST_S = 120, 1.5
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
RESULTS = Path(__file__).parent / "results" / "first_load.json"

# Asked in every frame, inside the page, so that the asking itself takes no time: when the page's script has run, a
# character is typed, and the moment kept at which the next frame shows it.
WATCH = """
const look = () => {
    if (!document.querySelector('[data-report][data-ready]')) return requestAnimationFrame(look);
    document.getElementById('field-words').focus();
    document.execCommand('insertText', false, 'L');
    requestAnimationFrame(() => setTimeout(() => document.documentElement.dataset.usable = performance.now()));
};
requestAnimationFrame(look);
"""


@dataclass
class Load:
    """One load of one page."""

    kb: float
    requests: int
    painted_ms: float
    usable_ms: float
    quiet_ms: float


def load(browser: Browser, address: str) -> Load:
    """Load the page once with nothing in the cache."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    wire = _throttled(context.new_cdp_session(page))
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    usable = float(page.get_attribute("html", "data-usable") or "nan")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    quiet = page.evaluate("Math.max(...performance.getEntriesByType('resource').map(each => each.responseEnd))")
    context.close()
    return Load(round(wire["bytes"] / 1000, 1), int(wire["requests"]), round(painted), round(usable), round(quiet))


def _throttled(devtools: CDPSession) -> dict[str, float]:
    """Slow down the page, and count what comes over the wire."""
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": False})
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    wire = {"bytes": 0.0, "requests": 0.0}

    def finished(event: dict[str, Any]) -> None:
        wire["bytes"] += event["encodedDataLength"]
        wire["requests"] += 1

    devtools.on("Network.loadingFinished", finished)
    return wire


def measure(address: str) -> dict[str, Any]:
    """The median of several runs, the first of which warms the server and does not count."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM))
        load(browser, address)
        loads = [load(browser, address) for _ in range(RUNS)]
        browser.close()
    medians = {name: statistics.median(getattr(each, name) for each in loads) for name in asdict(loads[0])}
    return {
        "medians": medians,
        "runs": [asdict(each) for each in loads],
        "allowed": {"kb": MOST_KB, "usable_ms": SOONEST_S * 1000},
        "reached": medians["kb"] <= MOST_KB and medians["usable_ms"] <= SOONEST_S * 1000,
    }


def main() -> int:
    before = machine(network=NETWORK, processor_slower=SLOWER, cases=CASES)
    with filled_server(CASES) as server:
        collect = f"from doorstep.config.opening import collect_static as c; c(Path({str(server.folder / 'static')!r}))"
        python(environment_of(server), f"from pathlib import Path; {collect}")
        with house(server) as running:
            found = measure("http://{}:{}/report/".format(*running.address))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"machine": before, **found}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, value in found["medians"].items():
        print(f"{name:12} {value:8.1f}")
    return 0 if found["reached"] else 1


if __name__ == "__main__":
    sys.exit(main())
