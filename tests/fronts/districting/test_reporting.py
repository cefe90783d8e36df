"""Dana opens the report of a plan, or takes it with her."""

from __future__ import annotations

import json

import pytest
from tests.areas.plans import a_draft
from tests.town import Town
from tests.visiting import EVERYBODY, signed_in

MAY = {"dana", "subdistrict", "command"}


def test_dana_opens_the_report_and_takes_it_with_her(town: Town) -> None:
    plan = a_draft(town)
    dana = signed_in(town, "dana")
    page = dana.get(f"/desk/districting/plans/{plan}/report.html")
    assert page.status_code == 200 and "<svg" in page.content.decode()
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "'unsafe-inline'" not in policy.split("script-src")[1]
    file = dana.get(f"/desk/districting/plans/{plan}/report.json?download")
    assert f"plan-{plan}-report.json" in file["Content-Disposition"]
    assert len(json.loads(file.content)["pieces"]) == 4
    assert f"/plans/{plan}/report.html" in dana.get(f"/desk/districting/plans/{plan}/").content.decode()
    assert dana.get(f"/desk/districting/plans/{plan}/report.pdf").status_code == 404


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_report_is_for_whoever_may_see_the_plan(town: Town, who: str) -> None:
    answer = signed_in(town, who).get(f"/desk/districting/plans/{a_draft(town)}/report.html")
    assert answer.status_code == (200 if who in MAY else 404 if who == "other_desk" else 403)
