"""Teach the classifier by the cases of this place; take it into use when it is better, and back when asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from doorstep.cases.confirmed import Confirmed, confirmed_cases
from doorstep.cases.queries import catalogue, catalogue_wording, taught_items, wording_shelf
from doorstep.cases.rules.training import PRIVATE_UNTIL, Compared, why_not
from doorstep.catalogue.wording import digest_of, examples
from doorstep.core.access import WORKER, acting_as, audit
from doorstep.core.text import Message, as_json
from doorstep.engines.wording import FITS, Classifier, Judged, judge, macro_f1, told_by, train, train_best
from doorstep.engines.wording.folds import dealt
from doorstep.engines.wording.grams import pieces, plain
from doorstep.engines.wording.judging import Said

FOLDS: Final = 5
Tell = Callable[[float], None]


@dataclass(frozen=True)
class Trained:
    """What came of it. `name` is that of the new model; `why_not` says why it is not in use, None when it is.

    `changed` holds for items by how much their F1 rose or fell, the greatest change first; `mended` and `spoilt` count
    cases that only the new or only the old one tells rightly.
    """

    name: str
    fit: str
    cases: int
    pieces: int
    compared: Compared
    judged: Judged | None
    changed: tuple[tuple[str, float, float], ...]
    mended: int
    spoilt: int
    forced: bool
    why_not: Message | None

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values; no words of any case are among them."""
        return {
            **{name: getattr(self, name) for name in ("name", "fit", "cases", "pieces", "mended", "spoilt", "forced")},
            **self.compared._asdict(),
            "judged": None if self.judged is None else self.judged.as_json(),
            "changed": [{"item": item, "before": old, "after": new} for item, old, new in self.changed],
            "why_not": None if self.why_not is None else as_json(self.why_not),
        }


def train_on_cases(*, at: datetime, force: bool = False, tell: Tell = lambda share: None) -> Trained:
    """Learn from the catalogue and the confirmed cases; use it if it is better on the same left-out cases, or `force`.

    Both the new way and the one in use tell every case by a classifier that was fitted without its fold: what the one
    in use has learnt from, it must not be asked about.
    """
    with acting_as(WORKER, because="train"):
        cases = confirmed_cases(catalogue())
        audit.read("cases-learnt", 0, by=WORKER, at=at, because=str(len(cases)))
    known = wording_shelf().in_use(taught_items())
    until = int(known.about["until"]) if known else 0
    fit_before = str(known.about["fit"]) if known else "naive_bayes"
    before, after = _left_out(cases, until, fit_before, tell)
    classifier, fit = fitted(cases)
    truth = [case.item for case in cases]
    compared = Compared(
        len(cases),
        macro_f1(truth, [each.label for each in before]) if cases else 0.0,
        macro_f1(truth, [each.label for each in after]) if cases else 0.0,
        _on_checks(known.classifier if known else catalogue_wording()),
        _on_checks(classifier),
    )
    no = why_not(compared)
    is_right = [(old.label == is_, new.label == is_) for is_, old, new in zip(truth, before, after, strict=True)]
    trained = Trained(
        name=f"trained-{at:%Y%m%dT%H%M%S}",
        fit=fit,
        cases=len(cases),
        pieces=len(classifier.scales.columns),
        compared=compared,
        judged=judge(truth, after) if cases else None,
        changed=_changed(truth, before, after),
        mended=sum(new and not old for old, new in is_right),
        spoilt=sum(old and not new for old, new in is_right),
        forced=force and no is not None,
        why_not=None if force else no,
    )
    if trained.why_not is None:
        _take_into_use(trained, classifier, cases, at)
    return trained


def back(*, at: datetime) -> str | None:
    """The model before the one in use serves again; the name of the one that was taken away, None if there is none."""
    gone = wording_shelf().back()
    if gone is not None:
        with acting_as(WORKER):
            audit.deed("wording-back", gone, by=WORKER, at=at)
    return gone


def _take_into_use(trained: Trained, classifier: Classifier, cases: Sequence[Confirmed], at: datetime) -> None:
    about = {
        **trained.as_json(),
        "catalogue": digest_of(catalogue()),
        "until": max((case.case for case in cases), default=0),
    }
    with acting_as(WORKER):
        facts = {"cases": trained.cases, "macro_f1": round(trained.compared.after, 4), "forced": trained.forced}
        audit.deed("trained-wording", trained.name, by=WORKER, at=at, facts=facts)
        wording_shelf().put(trained.name, classifier, about)


def fitted(cases: Sequence[Confirmed], fit: str | None = None) -> tuple[Classifier, str]:
    """Fitted to the catalogue and these cases; of the cases' words only pieces that many people wrote are kept."""
    texts, labels = examples(catalogue())
    ours = {gram.piece for text in texts for gram in pieces(plain(text))}
    theirs = shared_pieces(cases)
    texts, labels = [*texts, *(case.words for case in cases)], [*labels, *(case.item for case in cases)]

    def may_keep(piece: str) -> bool:
        return piece in ours or piece in theirs

    if fit is not None:
        return train(texts, labels, FITS[fit], may_keep), fit
    return train_best(texts, labels, may_keep)


def shared_pieces(cases: Sequence[Confirmed], least: int = PRIVATE_UNTIL) -> frozenset[str]:
    """The pieces that at least so many different reporters wrote: a name or an address that one person or a few wrote,
    however often, is not among them. Numbers never are: the classifier reads every number as nought."""
    by: defaultdict[str, set[int]] = defaultdict(set)
    for case in cases:
        for gram in pieces(plain(case.words)):
            by[gram.piece].add(case.reporter)
    return frozenset(piece for piece, reporters in by.items() if len(reporters) >= least)


def _left_out(cases: Sequence[Confirmed], until: int, fit_before: str, tell: Tell) -> tuple[list[Said], list[Said]]:
    """What each case is taken for by the way in use and by the new one, both fitted without its fold."""
    fold = dealt([case.item for case in cases], FOLDS)
    before, after = ([Said("", 0.0)] * len(cases) for _ in range(2))
    for each in range(FOLDS if cases else 0):
        inside = [at for at, its in enumerate(fold) if its == each]
        rest = [case for case, its in zip(cases, fold, strict=True) if its != each]
        words = [cases[at].words for at in inside]
        old, _ = fitted([case for case in rest if case.case <= until], fit_before)
        new, _ = fitted(rest)
        for at, told_before, told_after in zip(inside, told_by(old, words), told_by(new, words), strict=True):
            before[at], after[at] = told_before, told_after
        tell((each + 1) / FOLDS)
    return before, after


def _on_checks(classifier: Classifier) -> float:
    checks = [(check.text, item.id) for item in catalogue().offered.values() for check in item.checks]
    guessed = [each.label for each in told_by(classifier, [text for text, _ in checks])]
    return macro_f1([item for _, item in checks], guessed)


def _changed(
    truth: Sequence[str], before: Sequence[Said], after: Sequence[Said]
) -> tuple[tuple[str, float, float], ...]:
    if not truth:
        return ()
    old, new = ({each.label: each.f1 for each in judge(truth, said).labels} for said in (before, after))
    rows: list[tuple[str, float, float]] = [(item, old[item], new[item]) for item in old if old[item] != new[item]]
    return tuple(sorted(rows, key=lambda row: (-abs(row[2] - row[1]), row[0])))
