"""How well examples are told by others than themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from doorstep.engines.wording.fit import Fitting
from doorstep.engines.wording.model import train
from doorstep.engines.wording.naive_bayes import naive_bayes


def guessed_apart(
    texts: Sequence[str], labels: Sequence[str], fit: Fitting = naive_bayes, folds: int = 5
) -> tuple[str, ...]:
    """What each text is taken for by a classifier fitted without its fold; "" where it holds nothing known.

    The examples of each label are dealt to the folds in turn, so that every fold has its share of all labels.
    """
    fold = dealt(labels, folds)
    guessed = [""] * len(texts)
    for each in range(folds):
        rest = [at for at, its in enumerate(fold) if its != each]
        fitted = train([texts[at] for at in rest], [labels[at] for at in rest], fit)
        for at in (at for at, its in enumerate(fold) if its == each):
            guess = fitted.predict(texts[at])
            guessed[at] = guess.label if guess else ""
    return tuple(guessed)


def macro_f1(truth: Sequence[str], guessed: Sequence[str]) -> float:
    """The mean over the true labels of the harmonic mean of precision and recall, all labels counting alike."""
    right = Counter(said for said, is_ in zip(guessed, truth, strict=True) if said == is_)
    of_truth, of_guesses = Counter(truth), Counter(guessed)
    return sum(2 * right[label] / (of_truth[label] + of_guesses[label]) for label in of_truth) / len(of_truth)


def dealt(labels: Sequence[str], folds: int, order: Sequence[int] | None = None) -> list[int]:
    """The fold of each example: those of one label in turn, in `order` or as they come."""
    met: Counter[str] = Counter()
    fold = [0] * len(labels)
    for at in range(len(labels)) if order is None else order:
        fold[at] = met[labels[at]] % folds
        met[labels[at]] += 1
    return fold
