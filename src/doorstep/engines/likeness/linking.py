"""Which of many reports tell of one thing: neighbours in wording, place and time are linked, and links make groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from doorstep.engines.likeness.minhash import Signer
from doorstep.engines.likeness.sets import Grams, jaccards

FEWEST_GRAMS = 4
MOST_IN_A_BAND = 200
"""A key that more texts share than these is a set phrase; each text of it is compared with the next ones alone."""


@dataclass(frozen=True)
class Links:
    """When two reports are linked. Metres in a plane, days between them, likeness from 0 to 1.

    Two of the same kind are linked when they are near and within days of each other; two of any kind when they say
    nearly the same, a little farther apart.
    """

    near_m: float = 250.0
    within_days: float = 3.0
    alike: float = 0.5
    alike_near_m: float = 1000.0


def linked(
    kinds: Sequence[int],
    places_m: NDArray[np.float64],
    days: NDArray[np.float64],
    texts: Sequence[Grams],
    links: Links | None = None,
) -> NDArray[np.int64]:
    """The group of each report, named by the place in the list of its earliest member (ties: the first listed).

    `places_m` is (reports, 2), nan where no place is known: such a report is linked with none. A chain of links makes
    one group, so that a power cut over a whole quarter is one. The same input gives the same groups on every run.
    """
    links, kind = links or Links(), np.asarray(kinds, dtype=np.int64)
    pairs = np.vstack([_near_of_a_kind(kind, places_m, days, links), _alike(places_m, days, texts, links)])
    order = np.lexsort((np.arange(len(kind)), days))
    rank = np.empty(len(kind), dtype=np.int64)
    rank[order] = np.arange(len(kind))
    return order[_smallest_reached(rank, pairs)]


def _smallest_reached(rank: NDArray[np.int64], pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The smallest rank that each can reach along the pairs."""
    reached, one, other = rank.copy(), pairs[:, 0], pairs[:, 1]
    at_rank = np.argsort(rank)
    while True:
        before = reached.copy()
        np.minimum.at(reached, one, reached[other])
        np.minimum.at(reached, other, reached[one])
        # Whoever was reached has reached somebody too: chains become short at once.
        reached = reached[at_rank[reached]]
        if (reached == before).all():
            return reached


def _near_of_a_kind(
    kind: NDArray[np.int64], places_m: NDArray[np.float64], days: NDArray[np.float64], links: Links
) -> NDArray[np.int64]:
    found = [np.empty((0, 2), dtype=np.int64)]
    known = ~np.isnan(places_m).any(axis=1)
    for each in np.unique(kind[known]):
        members = np.flatnonzero(known & (kind == each))
        points = shapely.points(places_m[members])
        one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=links.near_m)
        here = members[np.column_stack([one, other])[one < other]]
        found.append(here[_is_near(here, places_m, days, links.near_m, links.within_days)])
    return np.vstack(found)


def _alike(
    places_m: NDArray[np.float64], days: NDArray[np.float64], texts: Sequence[Grams], links: Links
) -> NDArray[np.int64]:
    telling = np.array([at for at, text in enumerate(texts) if len(text) >= FEWEST_GRAMS], dtype=np.int64)
    if len(telling) < 2:
        return np.empty((0, 2), dtype=np.int64)
    signer = Signer()
    keys = signer.bands(signer.sign([texts[at] for at in telling]))
    pairs = np.unique(np.vstack([_sharing(keys[:, band]) for band in range(keys.shape[1])]), axis=0)
    pairs = telling[pairs]
    pairs = pairs[_is_near(pairs, places_m, days, links.alike_near_m, links.within_days)]
    is_alike = [jaccards(texts[one], [texts[other]])[0] >= links.alike for one, other in pairs]
    return pairs[np.array(is_alike, dtype=bool)] if len(pairs) else pairs


def _sharing(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Pairs of places whose keys are equal."""
    order = np.argsort(keys, kind="stable")
    runs = np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)
    found = [np.empty((0, 2), dtype=np.int64)]
    for run in runs:
        if 2 <= len(run) <= MOST_IN_A_BAND:
            one, other = np.triu_indices(len(run), 1)
            found.append(np.column_stack([run[one], run[other]]))
        elif len(run) > MOST_IN_A_BAND:
            found += [np.column_stack([run[:-ahead], run[ahead:]]) for ahead in range(1, 9)]
    return np.vstack(found)


def _is_near(
    pairs: NDArray[np.int64], places_m: NDArray[np.float64], days: NDArray[np.float64], near_m: float, within: float
) -> NDArray[np.bool_]:
    apart_m = np.hypot(*(places_m[pairs[:, 0]] - places_m[pairs[:, 1]]).T)
    return np.asarray((apart_m <= near_m) & (np.abs(days[pairs[:, 0]] - days[pairs[:, 1]]) <= within))
