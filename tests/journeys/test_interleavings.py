"""Chen, Dana, Ava and five others move one case at once while its processes are killed: see `interleaving.py`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys.interleaving import Street, interleave

pytestmark = [pytest.mark.integration, pytest.mark.skipif(sys.platform != "linux", reason="/proc")]


@pytest.fixture
def street() -> Iterator[Street]:
    # Not pytest's own folder, which root's account for PostgreSQL cannot get into.
    with tempfile.TemporaryDirectory(prefix="doorstep-street-") as folder:
        Path(folder).chmod(0o755)
        street = Street(Path(folder))
        try:
            street.open()
            yield street
        finally:
            street.close()


@pytest.mark.long
@pytest.mark.timeout(600)
def test_whatever_eight_people_do_at_once_nothing_is_lost_doubled_or_illegal(street: Street) -> None:
    kept = interleave(street, 100, kill_every=12)
    assert set(kept.kills) == {"web", "machines", "postgres"}
    assert kept.attempts["unanswered"], "Nobody was cut off: the plugs were pulled at the wrong moments."
    assert kept.attempts["done"] > 100
    # Not one way through the table again and again, but most of its moves.
    assert len(kept.moves) > 8, kept.moves
