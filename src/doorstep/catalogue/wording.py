"""The classifier that knows the items of a catalogue by their examples."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from doorstep.catalogue.item import Catalogue
from doorstep.engines import wording as engine
from doorstep.engines.wording import Classifier, train

MOST_KEPT: Final = 8


def examples(catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """The example texts of all items, names and words included, and the id of the item that each is an example of."""
    pairs = [
        (text, item.id)
        for item in catalogue.offered.values()
        if item.examples
        for text in (item.name.zh, item.name.en, *item.words, *item.examples)
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


@dataclass
class Taught:
    """What a process knows of the catalogue's examples: it never learns anew while it has something to say.

    A process that has just begun learns at once, from a file where there is one; later on the worker learns and leaves
    the file, and the next text is told by that.
    """

    _of: Catalogue | None = None
    _digest: str = ""
    _known: Classifier | None = field(default=None, repr=False)

    def classifier(self, catalogue: Catalogue, kept_in: Path) -> Classifier:
        """The classifier for this catalogue, or the one before as long as nobody has learnt the new one."""
        if self._known is not None and catalogue is self._of:
            return self._known
        digest = digest_of(catalogue)
        if self._known is None or (digest != self._digest and wording_file(kept_in, digest).exists()):
            self._known, self._digest = classifier(catalogue, kept_in), digest
        if digest == self._digest:
            self._of = catalogue
        return self._known


def learn(catalogue: Catalogue, kept_in: Path) -> bool:
    """Learn this catalogue's examples and leave the file for every process; whether there was anything to learn."""
    if wording_file(kept_in, digest_of(catalogue)).exists():
        return False
    classifier(catalogue, kept_in)
    return True


def throw_old_away(kept_in: Path, *, keep: str) -> None:
    """Of what was learnt of other examples only the newest files stay: drafts come and go."""
    files = [path for path in kept_in.glob("wording-*.npz") if path != wording_file(kept_in, keep)]
    for path in sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)[MOST_KEPT:]:
        path.unlink(missing_ok=True)


def digest_of(catalogue: Catalogue) -> str:
    """A name for what this catalogue teaches this engine."""
    return _digest(*examples(catalogue))


def wording_file(kept_in: Path, digest: str) -> Path:
    """Where what has that name is kept once it is learnt."""
    return kept_in / f"wording-{digest}.npz"


def classifier(catalogue: Catalogue, kept_in: Path | None = None) -> Classifier:
    """What the engine makes of these items; with a folder it is fitted once and kept there until either changes.

    A folder that cannot be written to costs time, nothing else.
    """
    texts, labels = examples(catalogue)
    if kept_in is None:
        return train(texts, labels)
    path = wording_file(kept_in, _digest(texts, labels))
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
