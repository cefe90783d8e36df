"""Which of several labels a short text belongs to, how sure that is, and which words decided."""

from doorstep.engines.wording.folds import guessed_apart, macro_f1
from doorstep.engines.wording.least_squares import least_squares
from doorstep.engines.wording.likeness import likeness
from doorstep.engines.wording.model import Classifier, Guess, train
from doorstep.engines.wording.naive_bayes import naive_bayes

__all__ = ["Classifier", "Guess", "guessed_apart", "least_squares", "likeness", "macro_f1", "naive_bayes", "train"]
