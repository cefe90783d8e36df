"""The mediation of the story comes as far as it tells."""

from __future__ import annotations

import tomllib

from tests.mediating import a_mediator
from tests.town import MORNING

from doorstep.config.demo import FOLDER
from doorstep.config.demo_mediation import mediate
from doorstep.core.access import acting_as
from doorstep.mediation import queries


def test_the_agreement_of_the_story_waits_to_be_signed(town):
    told = tomllib.loads((FOLDER / "story.toml").read_text(encoding="utf-8"))["mediation"]
    mediator = a_mediator(town)
    made = mediate(told, town.actor("dana"), mediator, MORNING)
    with acting_as(mediator):
        seen = queries.file_seen(made, by=mediator, at=MORNING)
    assert seen.file.state == "signing" and len(seen.agreement.terms) == len(told["term"])
    assert seen.records[0].words == told["record"] and "虚构" in seen.sides[0].name
