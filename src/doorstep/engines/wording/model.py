"""A linear classifier over tf-idf of pieces of text, with certainties that hold on texts it has not seen.

How the weights are found is one of the fits: `naive_bayes` for many labels with few short examples, `least_squares`
for few labels with many. Either also tells what each example would have been taken for had it not been an example;
those left-out answers calibrate the certainty, so that no examples need be kept apart for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from doorstep.engines.wording.fit import Fitting
from doorstep.engines.wording.grams import Gram, is_chinese, pieces, plain
from doorstep.engines.wording.naive_bayes import naive_bayes
from doorstep.engines.wording.weighing import Floats, Ints, Scales, weigh_all

STRONG: Final = 0.4
"""A character decided when it pushed at least this share of what the strongest one did."""

TEMPERATURES: Final = np.geomspace(0.005, 2.0, 40)
STRIDE: Final = 5


@dataclass(frozen=True)
class Guess:
    """What a text seems to be.

    `certainty` is the share of texts guessed with such a score that are guessed rightly, as far as the examples tell.
    `words` decided, the weightiest first. `ranking` holds the likeliest labels, this one first.
    """

    label: str
    certainty: float
    words: tuple[str, ...]
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Classifier:
    """Weights of shape (pieces, labels) in float32, and what is needed to weigh a text the same way.

    `temperatures` belong to texts without and with Chinese characters, since the examples of one language are told
    better than those of another. `left_out[i]` is what example i would have been taken for had it not been an example;
    it is not kept with the rest.
    """

    labels: tuple[str, ...]
    scales: Scales
    weights: Floats
    bias: Floats
    temperatures: tuple[float, float]
    left_out: tuple[str, ...] = ()

    def predict(self, text: str) -> Guess | None:
        """The likeliest label, or None when the text holds nothing that any example holds."""
        text = plain(text)
        found = list(pieces(text))
        columns, values = self.scales.weigh(gram.piece for gram in found)
        if not len(columns):
            return None
        scores = (values @ self.weights[columns] + self.bias)[None]
        likely = _softmax(scores, self.temperatures[is_chinese(text)])[0]
        order = np.argsort(-likely, kind="stable")
        best = int(order[0])
        push = dict(zip(columns.tolist(), (values * self.weights[columns, best]).tolist(), strict=True))
        known = self.scales.columns
        words = deciding_words(text, [(gram, push[known[gram.piece]]) for gram in found if gram.piece in known])
        ranking = tuple((self.labels[at], float(likely[at])) for at in order[:5])
        return Guess(self.labels[best], float(likely[best]), words, ranking)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All of it as arrays, for `numpy.savez`."""
        return {
            "labels": np.array(self.labels),
            "pieces": np.array(list(self.scales.columns)),
            "idf": self.scales.idf,
            "idf_unseen": np.array(self.scales.idf_unseen),
            "weights": self.weights,
            "bias": self.bias,
            "temperatures": np.array(self.temperatures),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Classifier:
        """What `arrays` gave."""
        columns = {piece: column for column, piece in enumerate(arrays["pieces"].tolist())}
        return cls(
            labels=tuple(arrays["labels"].tolist()),
            scales=Scales(columns, arrays["idf"], float(arrays["idf_unseen"])),
            weights=arrays["weights"],
            bias=arrays["bias"],
            temperatures=tuple(arrays["temperatures"].tolist()),
        )


def train(
    texts: Sequence[str],
    labels: Sequence[str],
    fit: Fitting = naive_bayes,
    may_keep: Callable[[str], bool] | None = None,
) -> Classifier:
    """A classifier fitted to these examples, `labels[i]` being what `texts[i]` is; the same examples give the same one.

    Needs two labels at least. What it knows of a text are pieces of up to four characters; with `may_keep`, only those
    for which that is true. The others are as if nobody had ever written them.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2 or len(texts) != len(labels):
        raise ValueError("Give one label to each text, and at least two different labels.")
    scales, examples = weigh_all(texts, may_keep)
    number = {name: at for at, name in enumerate(names)}
    truth = np.array([number[label] for label in labels])
    fitted = fit(examples, truth, len(names))
    left_out = tuple(names[at] for at in fitted.left_out.argmax(axis=1))
    chinese = np.array([is_chinese(text) for text in texts])
    # Where there is but one language, the other goes by it.
    if chinese.all() or not chinese.any():
        chinese = np.stack([np.ones_like(chinese)] * 2)
    else:
        chinese = np.stack([~chinese, chinese])
    lengths = np.diff(examples.starts)
    either = [_calibrate(fitted.left_out[of], truth[of], lengths[of]) for of in chinese]
    return Classifier(names, scales, fitted.weights, fitted.bias, (either[0], either[1]), left_out)


def _softmax(scores: Floats, temperature: float) -> Floats:
    scaled = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))


def _calibrate(scores: Floats, truth: Ints, lengths: Ints) -> float:
    """The temperature at which certainty on left-out examples is worth most, looked for in the large and then near by.

    A long example counts for more: what will be asked about are sentences, not the single words among the examples.
    """

    def loss(temperature: float) -> float:
        likely = _softmax(scores, temperature)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(likely, 1e-12)) @ lengths)

    coarse = min(range(0, len(TEMPERATURES), STRIDE), key=lambda at: loss(float(TEMPERATURES[at])))
    near = TEMPERATURES[max(0, coarse - STRIDE + 1) : coarse + STRIDE]
    return float(min(near, key=loss))


def deciding_words(text: str, pushes: Sequence[tuple[Gram, float]], most: int = 3) -> tuple[str, ...]:
    """The stretches of `text` that pushed hardest towards the label, the weightiest first."""
    # Single characters say little to a reader; they speak only where nothing longer does.
    longer = [(gram, push) for gram, push in pushes if gram.end - gram.start > 1]
    force = _force(len(text), longer or pushes)
    if force.max(initial=0.0) <= 0:
        return ()
    strong = force >= STRONG * force.max()
    edges = np.flatnonzero(np.diff(np.concatenate(([False], strong, [False]))))
    spans = sorted(zip(edges[::2], edges[1::2], strict=True), key=lambda span: -force[span[0] : span[1]].sum())
    words = dict.fromkeys(word for start, end in spans if (word := text[start:end].strip()))
    return tuple(words)[:most]


def _force(length: int, pushes: Sequence[tuple[Gram, float]]) -> Floats:
    """How hard each character pushes: the share it has in every piece that covers it."""
    starts = [gram.start for gram, _ in pushes]
    ends = [gram.end for gram, _ in pushes]
    shares = [push / (gram.end - gram.start) for gram, push in pushes]
    rise = np.zeros(length + 1)
    np.add.at(rise, starts, shares)
    np.subtract.at(rise, ends, shares)
    return np.asarray(np.cumsum(rise)[:length])
