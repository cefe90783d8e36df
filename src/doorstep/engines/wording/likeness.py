"""How alike two texts are in their words."""

from __future__ import annotations

import math
from collections import Counter

from doorstep.engines.wording.grams import grams, plain


def likeness(one: str, other: str) -> float:
    """Cosine of the two texts' pieces, each weighed by the logarithm of its count; 0 to 1."""
    first, second = _weights(one), _weights(other)
    shared = sum(weight * second[piece] for piece, weight in first.items() if piece in second)
    lengths = math.sqrt(sum(w * w for w in first.values()) * sum(w * w for w in second.values()))
    return min(1.0, shared / lengths) if lengths else 0.0


def _weights(text: str) -> dict[str, float]:
    counts = Counter(gram.piece for gram in grams(plain(text)))
    return {piece: 1 + math.log(count) for piece, count in counts.items()}
