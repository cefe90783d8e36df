"""How alike short texts are, one with many and all with all; and which of many reports tell of one thing."""

from doorstep.engines.likeness.linking import Links, linked
from doorstep.engines.likeness.minhash import Signer
from doorstep.engines.likeness.sets import Grams, grams_of, jaccards, packed, shingles, unpacked

__all__ = ["Grams", "Links", "Signer", "grams_of", "jaccards", "linked", "packed", "shingles", "unpacked"]
