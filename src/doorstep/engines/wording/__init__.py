"""Which of several labels a short text belongs to, how sure that is, and which words decided."""

from doorstep.engines.wording.likeness import likeness
from doorstep.engines.wording.model import Classifier, Guess, train

__all__ = ["Classifier", "Guess", "likeness", "train"]
