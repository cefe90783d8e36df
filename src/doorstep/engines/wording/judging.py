"""How good a classifier is on texts that it has not seen: by label, by pair that is confused, by how sure it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from doorstep.engines.wording.choosing import train_best
from doorstep.engines.wording.folds import dealt, macro_f1
from doorstep.engines.wording.model import Classifier

BANDS: Final = 5
"""Into how many bands of certainty the guesses are sorted."""


class Said(NamedTuple):
    """What a text was taken for, "" where it holds nothing known, and how sure that was."""

    label: str
    certainty: float


class OfLabel(NamedTuple):
    """How one label fares: how many texts are truly of it, how many of those guessed to be of it are, and so on."""

    label: str
    texts: int
    precision: float
    recall: float
    f1: float


class Pair(NamedTuple):
    """So many texts of one label were taken for another."""

    truth: str
    guessed: str
    texts: int


class Band(NamedTuple):
    """Among so many guesses with much the same certainty, the mean of what they said and the share that was right."""

    least: float
    texts: int
    said: float
    right: float


@dataclass(frozen=True)
class Judged:
    """`off` is by how much certainties are off on average (expected calibration error), from 0 to 1."""

    texts: int
    macro_f1: float
    right: float
    labels: tuple[OfLabel, ...]
    confused: tuple[Pair, ...]
    bands: tuple[Band, ...]
    off: float

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        rows = {name: [row._asdict() for row in getattr(self, name)] for name in ("labels", "confused", "bands")}
        return {"texts": self.texts, "macro_f1": self.macro_f1, "right": self.right, "off": self.off, **rows}


@dataclass(frozen=True)
class FoldByFold:
    """All texts told by the folds that did not hold them, the macro-F1 of each fold, and how each fold was fitted."""

    whole: Judged
    folds: tuple[float, ...]
    fits: tuple[str, ...]

    @property
    def mean(self) -> float:
        return float(np.mean(self.folds))

    @property
    def spread(self) -> float:
        """The standard deviation between the folds."""
        return float(np.std(self.folds))

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        by_fold = {"macro_f1_mean": self.mean, "macro_f1_spread": self.spread, "macro_f1_folds": list(self.folds)}
        return {**by_fold, "fits": list(self.fits), "whole": self.whole.as_json()}


def judge(truth: Sequence[str], said: Sequence[Said]) -> Judged:
    """What these guesses are worth; the most confused pairs first."""
    guessed = [each.label for each in said]
    pairs = Counter(pair for pair in zip(truth, guessed, strict=True) if pair[0] != pair[1])
    confused = tuple(Pair(*pair, count) for pair, count in sorted(pairs.items(), key=lambda each: (-each[1], each[0])))
    is_right = np.array([label == each for label, each in zip(truth, guessed, strict=True)])
    certainty = np.array([each.certainty for each in said])
    bands = tuple(_bands(is_right, certainty))
    return Judged(
        texts=len(truth),
        macro_f1=macro_f1(truth, guessed),
        right=float(is_right.mean()),
        labels=tuple(_of_label(label, truth, guessed) for label in sorted(set(truth))),
        confused=confused,
        bands=bands,
        off=sum(abs(band.said - band.right) * band.texts for band in bands) / len(truth),
    )


def told_by(classifier: Classifier, texts: Sequence[str]) -> list[Said]:
    """What the classifier takes each text for."""
    guesses = (classifier.predict(text) for text in texts)
    return [Said(guess.label, guess.certainty) if guess else Said("", 0.0) for guess in guesses]


def fold_by_fold(
    texts: Sequence[str],
    labels: Sequence[str],
    folds: int = 5,
    order: Sequence[int] | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> FoldByFold:
    """Each text told by a classifier that was fitted, and whose fit was chosen, without its fold.

    Every label is dealt to the folds in turn, in `order` (the numbers of the texts, as shuffled by whoever asks); each
    needs two texts, and there must be two labels. A label all of whose texts are in one fold cannot be learnt there.
    """
    fold = dealt(labels, folds, order)
    said = [Said("", 0.0)] * len(texts)
    reached, fits = [], []
    for each in range(folds):
        inside = [at for at, its in enumerate(fold) if its == each]
        rest = [at for at, its in enumerate(fold) if its != each]
        fitted, name = train_best([texts[at] for at in rest], [labels[at] for at in rest])
        found = told_by(fitted, [texts[at] for at in inside])
        for at, guess in zip(inside, found, strict=True):
            said[at] = guess
        reached.append(macro_f1([labels[at] for at in inside], [guess.label for guess in found]))
        fits.append(name)
        tell(each + 1)
    return FoldByFold(judge(labels, said), tuple(reached), tuple(fits))


def _of_label(label: str, truth: Sequence[str], guessed: Sequence[str]) -> OfLabel:
    right = sum(is_ == said == label for is_, said in zip(truth, guessed, strict=True))
    of_truth, of_guesses = truth.count(label), guessed.count(label)
    precision = right / of_guesses if of_guesses else 0.0
    return OfLabel(label, of_truth, precision, right / of_truth, 2 * right / (of_truth + of_guesses))


def _bands(is_right: np.ndarray, certainty: np.ndarray) -> list[Band]:
    band = np.minimum((certainty * BANDS).astype(int), BANDS - 1)
    found = ((each, band == each) for each in range(BANDS))
    return [
        Band(each / BANDS, int(of.sum()), float(certainty[of].mean()), float(is_right[of].mean()))
        for each, of in found
        if of.any()
    ]
