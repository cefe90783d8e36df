"""Which way of fitting suits these examples: the one whose left-out answers are best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from doorstep.engines.wording.fit import Fitting
from doorstep.engines.wording.folds import macro_f1
from doorstep.engines.wording.least_squares import least_squares
from doorstep.engines.wording.model import Classifier, train
from doorstep.engines.wording.naive_bayes import naive_bayes

FITS: Final[dict[str, Fitting]] = {"naive_bayes": naive_bayes, "least_squares": least_squares}

MOST_SQUARES: Final = 4000
"""Examples beyond which least squares, whose time grows with their cube, are not tried."""


def train_best(
    texts: Sequence[str], labels: Sequence[str], may_keep: Callable[[str], bool] | None = None
) -> tuple[Classifier, str]:
    """The classifier by each fit that can be afforded, and the name of the one that is kept.

    Chosen by macro-F1 of the answers that each example gets from the others, so nothing but these examples is looked
    at: inside a fold, only what the fold may see. The first named wins a tie.
    """
    names = [name for name in FITS if name != "least_squares" or len(texts) <= MOST_SQUARES]
    fitted = {name: train(texts, labels, FITS[name], may_keep) for name in names}
    best = max(names, key=lambda name: macro_f1(labels, fitted[name].left_out))
    return fitted[best], best
