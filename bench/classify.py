"""Claim: a text finds its item, with the words that decided, in under 2 ms, and 500 texts a second on one core.

Three ways: the engine alone as it stands in memory; the whole proposal that the report page shows (danger, item,
urgency, reason); and parting a text that asks for two things. And what five folds cost on 1,400 messages of 7 labels,
invented ones: their figures say how long it takes, nothing about how good it is. Run alone: `python -m bench.classify`.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from doorstep.cases.rules.apart import parts_of
from doorstep.cases.rules.classify import classify
from doorstep.cases.rules.danger import alarm
from doorstep.catalogue.files import read_catalogue
from doorstep.catalogue.item import Catalogue
from doorstep.catalogue.wording import examples
from doorstep.engines.wording import Classifier, fold_by_fold, train

RESULTS = Path(__file__).parent / "results" / "classify.json"
TEXTS = 4_000
ROUNDS = 3
MESSAGES, LABELS, CHARACTERS = 1_400, 7, 45
GOALS = {"texts_a_second": 500, "single_ms_p99": 2.0}


def reports(catalogue: Catalogue, rng: random.Random) -> list[str]:
    """Reports of one to three sentences from the items' examples, with numbers, so that no two are alike."""
    said = [text for item in catalogue.items.values() for text in item.examples]
    return [f"{rng.randrange(1, 40)}号楼{'，'.join(rng.sample(said, rng.randrange(1, 4)))}" for _ in range(TEXTS)]


def each_ms(act: Callable[[str], Any], texts: Sequence[str]) -> list[float]:
    """How long each text takes, the best of some rounds, in milliseconds."""
    best = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        for at, text in enumerate(texts):
            start = time.perf_counter()
            act(text)
            best[at] = min(best[at], 1000 * (time.perf_counter() - start))
    return best


def measured(act: Callable[[str], Any], texts: Sequence[str]) -> dict[str, float]:
    """Texts a second one after the other on one core, and how long a single one takes."""
    times = sorted(each_ms(act, texts))
    return {
        "texts_a_second": round(1000 * len(times) / sum(times)),
        "single_ms_median": round(statistics.median(times), 3),
        "single_ms_p99": round(times[int(0.99 * len(times))], 3),
        "single_ms_most": round(times[-1], 3),
    }


def proposing(catalogue: Catalogue, classifier: Classifier) -> Callable[[str], Any]:
    """What the report page and the machine do with words."""

    def propose(text: str) -> Any:
        heard = alarm(text, catalogue.dangers)
        return classify(text, catalogue, guess=classifier.predict(text), alarm=heard)

    return propose


def messages(rng: random.Random) -> tuple[list[str], list[str]]:
    """Invented messages of common characters, in each some that its label uses more than others."""
    common = [chr(0x4E00 + at) for at in range(600)]
    own = {f"label {at}": rng.sample(common, 60) for at in range(LABELS)}
    labels = [f"label {at % LABELS}" for at in range(MESSAGES)]
    texts = [
        "".join(rng.choice(own[label] if rng.random() < 0.25 else common) for _ in range(CHARACTERS))
        for label in labels
    ]
    return texts, labels


def main() -> int:
    rng = random.Random(4)
    catalogue = read_catalogue()
    load = os.getloadavg()
    start = time.perf_counter()
    classifier = train(*examples(catalogue))
    fitting_s = time.perf_counter() - start
    texts = reports(catalogue, rng)
    found = {
        "engine alone": measured(classifier.predict, texts),
        "whole proposal": measured(proposing(catalogue, classifier), texts),
        "parting": measured(lambda text: parts_of(text, catalogue, predict=classifier.predict), texts[:500]),
    }
    start = time.perf_counter()
    fold_by_fold(*messages(rng))
    folds_s = time.perf_counter() - start
    result = {
        "items": len(classifier.labels),
        "pieces": len(classifier.scales.columns),
        "characters_a_text": round(statistics.mean(map(len, texts))),
        "fitting_s": round(fitting_s, 2),
        "five_folds_of_1400_s": round(folds_s, 1),
        **found,
        "goals": GOALS,
        "machine": {
            "cores": os.cpu_count(), "load_before": [round(each, 2) for each in load],
            "python": platform.python_version(),
        },
    }  # fmt: skip
    show(result, found)
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    whole = found["whole proposal"]
    reached = whole["texts_a_second"] >= GOALS["texts_a_second"] and whole["single_ms_p99"] <= GOALS["single_ms_p99"]
    return 0 if reached else 1


def show(result: dict[str, Any], found: dict[str, dict[str, float]]) -> None:
    table = Table("what", "texts/s", "median ms", "p99 ms", "most ms")
    for what, figures in found.items():
        table.add_row(what, *(f"{figure:,}" for figure in figures.values()))
    Console().print(table)
    print(
        f"{result['items']} items, {result['pieces']} pieces, fitted in {result['fitting_s']} s; "
        f"five folds of {MESSAGES} messages with {LABELS} labels in {result['five_folds_of_1400_s']} s."
    )


if __name__ == "__main__":
    sys.exit(main())
