"""The classifier that knows the items of a catalogue by their examples."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import numpy as np

from doorstep.catalogue.item import Catalogue
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
    """The classifier of these items; with a folder it is fitted once and kept there until the examples change.

    A folder that cannot be written to costs time, nothing else.
    """
    texts, labels = examples(catalogue)
    if kept_in is None:
        return train(texts, labels)
    digest = hashlib.sha256("\0".join([*texts, *labels]).encode()).hexdigest()[:16]
    path = kept_in / f"wording-{digest}.npz"
    if path.exists():
        with np.load(path) as arrays:
            return Classifier.from_arrays(dict(arrays))
    fitted = train(texts, labels)
    with suppress(OSError):
        _keep(fitted, path)
    return fitted


def _keep(fitted: Classifier, path: Path) -> None:
    """Whole or not at all, since several processes may start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.half")
    with half.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **fitted.arrays())
    half.replace(path)
