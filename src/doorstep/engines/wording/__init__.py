"""Which of several labels a short text belongs to, how sure that is, and which words decided."""

from doorstep.engines.wording.choosing import FITS, train_best
from doorstep.engines.wording.folds import guessed_apart, macro_f1
from doorstep.engines.wording.judging import FoldByFold, Judged, fold_by_fold, judge, told_by
from doorstep.engines.wording.least_squares import least_squares
from doorstep.engines.wording.likeness import likeness
from doorstep.engines.wording.matters import Matter, matters
from doorstep.engines.wording.model import Classifier, Guess, train
from doorstep.engines.wording.naive_bayes import naive_bayes

__all__ = [
    "FITS", "Classifier", "FoldByFold", "Guess", "Judged", "Matter", "fold_by_fold", "guessed_apart", "judge",
    "least_squares", "likeness", "macro_f1", "matters", "naive_bayes", "told_by", "train", "train_best",
]  # fmt: skip
