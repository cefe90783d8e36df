"""Learn what the catalogue in force teaches, in the worker: no page waits for it, and none is served by a stale model.

Two classifiers may serve. The catalogue's own is learnt from its examples; the one that `doorstep train` took into use
was taught by cases too, and is taught anew in the same way, with the same cases, once the examples have changed.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

import numpy as np

from doorstep.cases.actions.train import fitted
from doorstep.cases.confirmed import confirmed_cases
from doorstep.cases.queries import catalogue, wording_shelf
from doorstep.catalogue.item import Catalogue
from doorstep.catalogue.queries import draft_states, drafts
from doorstep.catalogue.wording import digest_of, learn, throw_old_away, wording_file
from doorstep.core.access import WORKER, acting_as, audit
from doorstep.engines.wording import Classifier


def learn_anew(*, at: datetime) -> int:
    """See whether the examples in force are learnt, and learn them if not; how many classifiers were."""
    everything, folder = catalogue(), wording_shelf().folder
    done = int(learn(everything, folder)) + int(_teach_the_trained(digest_of(everything), at)) + _learn_drafts(at)
    if done:
        throw_old_away(folder, keep=digest_of(everything))
    return done


def learnt(everything: Catalogue) -> Classifier | None:
    """What this catalogue teaches, once the worker has learnt it: a draft's is ready some seconds after it is saved."""
    path = wording_file(wording_shelf().folder, digest_of(everything))
    return _read(path) if path.exists() else None


@lru_cache(maxsize=2)
def _read(path: Path) -> Classifier:
    with np.load(path) as arrays:
        return Classifier.from_arrays(dict(arrays))


_drafts_learnt: set[str] = set()


def _learn_drafts(at: datetime) -> int:
    """So that whoever edits can try what texts would be taken for, before it binds anybody."""
    with acting_as(WORKER):
        states = set(draft_states())
        news = drafts(at) if states - _drafts_learnt else []
    done = sum(learn(each, wording_shelf().folder) for state, each in news if state not in _drafts_learnt)
    _drafts_learnt.clear()
    _drafts_learnt.update(states)
    return done


def _teach_the_trained(digest: str, at: datetime) -> bool:
    kept = wording_shelf().last()
    if kept is None or kept.about.get("catalogue") == digest:
        return False
    until = int(kept.about["until"])
    with acting_as(WORKER, because="train"):
        cases = [case for case in confirmed_cases(catalogue()) if case.case <= until]
        audit.read("cases-learnt", 0, by=WORKER, at=at, because=str(len(cases)))
    classifier, _ = fitted(cases, str(kept.about["fit"]))
    with acting_as(WORKER):
        audit.deed("trained-wording", kept.name, by=WORKER, at=at, facts={"cases": len(cases), "catalogue": digest})
    wording_shelf().put_again(kept.name, classifier, {**kept.about, "catalogue": digest})
    return True
