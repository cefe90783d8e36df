"""What the training of the classifier came to, for a terminal."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from doorstep.core.text import language, text

if TYPE_CHECKING:
    from doorstep.cases.actions.train import Trained
    from doorstep.catalogue.labelled import Labelled
    from doorstep.engines.wording import FoldByFold, Judged

MOST_PAIRS = 15


def shuffled(count: int, seed: int) -> list[int]:
    """The numbers below `count` in an order that is the same for the same seed."""
    order = list(range(count))
    random.Random(seed).shuffle(order)  # noqa: S311 - deals messages to folds, nothing secret.
    return order


def show_folds(console: Console, read: Labelled, found: FoldByFold) -> None:
    """The figures of a file of labelled messages."""
    said = text(
        "wording-folds", file=read.file, texts=found.whole.texts, labels=len(found.whole.labels),
        folds=len(found.folds), mean=percent(found.mean), spread=percent(found.spread),
        each=", ".join(percent(each) for each in found.folds),
    )  # fmt: skip
    print(said)
    fits = ", ".join(f"{text(f'wording-fit-{name}')} {count}×" for name, count in Counter(found.fits).items())
    print(text("wording-fits", fits=fits))
    show_judged(console, found.whole, {label: label for label in read.labels})


def show_trained(console: Console, trained: Trained) -> None:
    """The figures of a model made from cases, and what becomes of it."""
    from doorstep.cases.queries import catalogue

    names = {item.id: item.name.said(language()) for item in catalogue().items.values()}
    compared = trained.compared
    fit = text(f"wording-fit-{trained.fit}")
    print(text("wording-cases", cases=trained.cases, pieces=trained.pieces, fit=fit))
    print(text("wording-checks", before=percent(compared.checks_before), after=percent(compared.checks_after)))
    if trained.judged is not None:
        print(text("wording-f1", before=percent(compared.before), after=percent(compared.after)))
        print(text("wording-mended", mended=trained.mended, spoilt=trained.spoilt))
        show_judged(console, trained.judged, names)
        rows = ((names[item], percent(old), percent(new)) for item, old, new in trained.changed[:MOST_PAIRS])
        show(console, "wording-changed", ("label", "before", "after"), rows)
    if trained.why_not is None:
        print(text("wording-in-use", name=trained.name))
    else:
        print(f"{text(trained.why_not)} {text('wording-force-try')}")


def show_judged(console: Console, judged: Judged, names: dict[str, str]) -> None:
    """By label, by confused pair, by certainty."""
    print(text("wording-right", right=percent(judged.right), off=percent(judged.off)))
    labels = (
        (names[row.label], str(row.texts), percent(row.precision), percent(row.recall), percent(row.f1))
        for row in sorted(judged.labels, key=lambda row: row.f1)
    )
    show(console, "wording-labels", ("label", "texts", "precision", "recall", "f1"), labels)
    nothing = text("wording-nothing-known")
    pairs = (
        (names[pair.truth], names.get(pair.guessed, nothing), str(pair.texts)) for pair in judged.confused[:MOST_PAIRS]
    )
    show(console, "wording-confused", ("label", "guessed", "texts"), pairs)
    bands = ((percent(band.least), str(band.texts), percent(band.said), percent(band.right)) for band in judged.bands)
    show(console, "wording-bands", ("certainty", "texts", "said", "right"), bands)


def show(console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One table; nothing where there are no rows."""
    table = Table(title=text(title), title_justify="left")
    for at, column in enumerate(columns):
        is_name = column in ("label", "guessed")
        table.add_column(text(f"wording-col-{column}"), justify="left" if is_name or at == 0 else "right")
    for row in rows:
        table.add_row(*row)
    if table.row_count:
        console.print(table)


def percent(share: float) -> str:
    """A share of one, as the reports write it."""
    return f"{100 * share:.1f}"
