"""The classifier that knows the items of a catalogue by their examples."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from doorstep.catalogue.item import Catalogue
from doorstep.engines import wording as engine
from doorstep.engines.wording import Classifier, train


def examples(catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """The example texts of all items, names and words included, and the id of the item that each is an example of."""
    pairs = [
        (text, item.id)
        for item in catalogue.items.values()
        if item.examples
        for text in (item.name.zh, item.name.en, *item.words, *item.examples)
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


def classifier(catalogue: Catalogue, kept_in: Path | None = None) -> Classifier:
    """What the engine makes of these items; with a folder it is fitted once and kept there until either changes.

    A folder that cannot be written to costs time, nothing else.
    """
    texts, labels = examples(catalogue)
    if kept_in is None:
        return train(texts, labels)
    path = kept_in / f"wording-{_digest(texts, labels)}.npz"
    if path.exists():
        with np.load(path) as arrays:
            return Classifier.from_arrays(dict(arrays))
    fitted = train(texts, labels)
    with suppress(OSError):
        _keep(fitted, path)
    return fitted


def _digest(texts: Sequence[str], labels: Sequence[str]) -> str:
    return hashlib.sha256("\0".join([engine_digest(), *texts, *labels]).encode()).hexdigest()[:16]


def engine_digest() -> str:
    """Of the engine's own text: what one engine has kept, another must not read."""
    source = (path.read_text(encoding="utf-8") for path in sorted(Path(engine.__file__).parent.glob("*.py")))
    return hashlib.sha256("\0".join(source).encode()).hexdigest()[:16]


def _keep(fitted: Classifier, path: Path) -> None:
    """Whole or not at all, since several processes may start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.half")
    with half.open("wb") as file:
        np.savez(file, allow_pickle=False, **fitted.arrays())
    half.replace(path)
