"""A log with rows in it, and its proofs as files."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from tests.town import MORNING, Town

from doorstep.cases.actions.report import Place, Report, report
from doorstep.core.access import ANONYMOUS, acting_as, follower_of
from doorstep.proofs import receipt as receipts

CHECKER = Path(__file__).resolve().parents[2] / "src/doorstep/fronts/static/proofs/check_proof.py"


def reported(town: Town, times: int = 1, words: str = "楼道里堆满了杂物") -> list[int]:
    """So many cases, one row each."""
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    return [report(Report(words, place, item="stairwell-rubbish"), at=MORNING).case for _ in range(times)]


def proof_of(case: int, at: datetime = MORNING) -> dict[str, Any]:
    """What the reporter is given, as it comes out of the file again."""
    with acting_as(follower_of(case)):
        return as_file(receipts.receipt(case, at=at))


def consistency(first: int, second: int | None = None) -> dict[str, Any]:
    with acting_as(ANONYMOUS):
        return as_file(receipts.consistency_told(first, second))


def as_file(told: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return read
