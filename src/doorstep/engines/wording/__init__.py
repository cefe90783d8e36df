"""Which of several labels a short text belongs to, how sure that is, and which words decided."""

from doorstep.engines.wording.least_squares import least_squares
from doorstep.engines.wording.likeness import likeness
from doorstep.engines.wording.model import Classifier, Guess, train
from doorstep.engines.wording.naive_bayes import naive_bayes

__all__ = ["Classifier", "Guess", "least_squares", "likeness", "naive_bayes", "train"]
