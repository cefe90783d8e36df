"""The water company asks the grids of a community for something off their list; Dana answers, and it ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.catalogue.actions.conftest import looked
from tests.town import MORNING, Town

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.classify import classify_by_hand
from doorstep.cases.actions.dispatch import UnitRefused, dispatch_by_hand
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Event
from doorstep.catalogue import consents
from doorstep.catalogue.actions import editing
from doorstep.catalogue.actions.consenting import Asked, ConsentRefused, answer, ask, end
from doorstep.catalogue.kept import read_folder
from doorstep.catalogue.models import Consent
from doorstep.core.access import ANONYMOUS, WORKER, Actor, acting_as

TODAY = date(2026, 11, 23)
OFF_THE_LIST = "activity-signup"


def wish(area: int | None, /, **more: object) -> Asked:
    usual = Asked(area, "登记空置房屋", "摸清底数", "〔2026〕12号", TODAY, TODAY + timedelta(days=30))
    return replace(usual, **more)  # type: ignore[arg-type]


def asked(by: Actor, wanted: Asked) -> int:
    with acting_as(by):
        return ask(wanted, by=by, at=MORNING)


def answered(by: Actor, consent: int, yes: bool = True, words: str = "", days: int = 0) -> None:
    with acting_as(by):
        answer(consent, yes, words, by=by, at=MORNING + timedelta(days=days))


def how(consent: int, days: int = 0) -> str:
    with acting_as(WORKER):
        return consents.standing(Consent.objects.get(pk=consent), TODAY + timedelta(days=days))


def test_it_counts_from_its_first_day_to_its_last_and_ends_by_itself(town: Town) -> None:
    wanted = wish(town.community, from_on=TODAY + timedelta(days=2))
    consent = asked(town.actor("water"), wanted)
    assert how(consent) == "asked"
    answered(town.actor("dana"), consent)
    assert [how(consent, days) for days in (0, 2, 30, 31)] == ["agreed", "in-force", "in-force", "over"]


@pytest.mark.parametrize(
    "more",
    [
        {"is_duty": True},
        {"item": "passport"},
        {"item": "lawsuit-matter"},
        {"item": "leak-between-flats"},
        {"item": "no-such-item"},
        {"until_on": None},
        {"from_on": TODAY - timedelta(days=1)},
        {"until_on": TODAY - timedelta(days=1)},
        {"until_on": TODAY + timedelta(days=200)},
        {"basis": " "},
    ],
)
def test_what_may_not_be_asked_is_refused(town: Town, more: dict[str, object]) -> None:
    with pytest.raises(ConsentRefused):
        asked(town.actor("water"), wish(town.community, **more))


def test_an_area_that_there_is_not_is_refused(town: Town) -> None:
    with pytest.raises(ConsentRefused, match="没有这个社区"):
        asked(town.actor("water"), wish(None))


def test_department_work_is_refused_by_the_name_of_the_law(town: Town) -> None:
    with pytest.raises(ConsentRefused, match="国办函〔2025〕66号"):
        asked(town.actor("water"), wish(town.community, item="passport"))


@pytest.mark.parametrize("who", ["water", "subdistrict", "command", "other_desk", "chen"])
def test_only_the_community_that_is_asked_answers(town: Town, who: str) -> None:
    consent = asked(town.actor("water"), wish(town.community))
    with pytest.raises(ConsentRefused):
        answered(town.actor(who), consent)
    assert how(consent) == "asked"


def test_a_no_says_why_and_is_final(town: Town) -> None:
    consent = asked(town.actor("water"), wish(town.community))
    with pytest.raises(ConsentRefused):
        answered(town.actor("dana"), consent, yes=False)
    answered(town.actor("dana"), consent, yes=False, words="人手不足")
    with pytest.raises(ConsentRefused):
        answered(town.actor("dana"), consent)
    assert how(consent) == "refused"


def test_nobody_consents_after_the_last_day(town: Town) -> None:
    consent = asked(town.actor("water"), wish(town.community))
    with pytest.raises(ConsentRefused):
        answered(town.actor("dana"), consent, days=31)
    assert how(consent, 31) == "lapsed"


def test_a_community_asks_its_own_grid_whose_head_answers(town: Town) -> None:
    from doorstep.staff.models import Post

    with pytest.raises(ConsentRefused):
        asked(town.actor("dana"), wish(town.community))
    consent = asked(town.actor("dana"), wish(town.grid))
    for who in ("dana", "chen"):
        with pytest.raises(ConsentRefused):
            answered(town.actor(who), consent)
    with acting_as(WORKER):
        lead = Post.objects.create(kind="grid_lead", area_id=town.grid, unit_id=town.units["grid_team"])
    answered(replace(town.actor("chen"), post=lead.pk), consent)
    assert how(consent) == "in-force"


def test_a_desk_asks_only_within_its_own_territory(town: Town) -> None:
    with pytest.raises(ConsentRefused):
        asked(town.actor("other_desk"), wish(town.grid))


def test_the_same_is_asked_once_and_again_only_when_it_is_over(town: Town) -> None:
    water, dana = town.actor("water"), town.actor("dana")
    consent = asked(water, wish(town.community))
    with pytest.raises(ConsentRefused, match="同一事项"):
        asked(water, wish(town.community))
    asked(water, wish(town.community, what="另一件事"))
    answered(dana, consent, yes=False, words="人手不足")
    assert asked(water, wish(town.community)) != consent


@pytest.mark.parametrize("who", ["subdistrict", "command"])
def test_the_levels_above_ask_within_their_own_territory(town: Town, who: str) -> None:
    consent = asked(town.actor(who), wish(town.community))
    answered(town.actor("dana"), consent)
    assert how(consent) == "in-force"
    elsewhere = replace(town.actor(who), org=town.other_community)
    with pytest.raises(ConsentRefused, match="没有这个社区"):
        asked(elsewhere, wish(town.grid))


def test_what_was_put_on_the_list_meanwhile_needs_no_consent_any_more(town: Town, lin: Actor) -> None:
    consent = asked(town.actor("water"), wish(town.community, item=OFF_THE_LIST))
    said = {**read_folder()[f"items/{OFF_THE_LIST}"], "admitted": True}
    with acting_as(lin):
        editing.publish_all({f"items/{OFF_THE_LIST}": said}, MORNING, why="", by=lin, at=MORNING)
    looked()
    with pytest.raises(ConsentRefused, match="已在网格准入清单内"):
        answered(town.actor("dana"), consent)


def test_nothing_is_answered_or_ended_that_there_is_not_or_that_is_over(town: Town) -> None:
    dana, water = town.actor("dana"), town.actor("water")
    for act in (lambda: answered(dana, 10**9), lambda: end(10**9, "x", by=dana, at=MORNING)):
        with acting_as(dana), pytest.raises(ConsentRefused, match="没有这项"):
            act()
    consent = asked(water, wish(town.community))
    answered(dana, consent, yes=False, words="人手不足")
    with acting_as(water), pytest.raises(ConsentRefused, match="已经答复"):
        end(consent, "不用了", by=water, at=MORNING)


@pytest.mark.parametrize("who", ["water", "dana"])
def test_either_side_ends_it_early_and_says_why(town: Town, who: str) -> None:
    consent = asked(town.actor("water"), wish(town.community))
    answered(town.actor("dana"), consent)
    with acting_as(town.actor(who)):
        with pytest.raises(ConsentRefused):
            end(consent, " ", by=town.actor(who), at=MORNING)
        end(consent, "已经办完", by=town.actor(who), at=MORNING)
    assert how(consent) == "ended"


def test_nobody_else_ends_it(town: Town) -> None:
    consent = asked(town.actor("water"), wish(town.community))
    with acting_as(town.actor("subdistrict")), pytest.raises(ConsentRefused):
        end(consent, "x", by=town.actor("subdistrict"), at=MORNING)


def test_everybody_reads_what_counts_and_nobody_reads_what_was_only_asked(town: Town) -> None:
    consent = asked(town.actor("water"), wish(town.community))
    with acting_as(ANONYMOUS):
        assert consents.public(TODAY) == ([], [])
    answered(town.actor("dana"), consent)
    with acting_as(ANONYMOUS):
        alive, burdens = consents.public(TODAY)
        assert [row.pk for row in alive] == [consent]
        assert [(each.now, each.ever) for each in burdens] == [(1, 1)]
        assert [(each.now, each.ever) for each in consents.public(TODAY + timedelta(days=40))[1]] == [(0, 1)]


@pytest.mark.parametrize("who", ["chen", "dana", "subdistrict", "command", "water"])
def test_all_whom_it_concerns_see_it(town: Town, who: str) -> None:
    asked(town.actor("water"), wish(town.community))
    with acting_as(town.actor(who)):
        assert consents.of(town.actor(who))


def test_whom_it_does_not_concern_does_not_see_it(town: Town) -> None:
    asked(town.actor("water"), wish(town.community))
    with acting_as(town.actor("other_desk")):
        assert not consents.of(town.actor("other_desk"))


def off_the_list(town: Town) -> int:
    """A case of an item that is not on the list, at Dana's desk."""
    place = Place(community=town.community, subdistrict=town.subdistrict, county=town.county, door=town.door)
    case = report(Report("一件清单之外的事", place), at=MORNING).case
    advance(at=MORNING)
    with acting_as(town.actor("dana")):
        classify_by_hand(case, OFF_THE_LIST, "", by=town.actor("dana"), at=MORNING)
    return case


def test_a_desk_gives_it_to_a_grid_only_while_the_grid_has_agreed(town: Town) -> None:
    looked()
    case, dana = off_the_list(town), town.actor("dana")
    team = town.units["grid_team"]
    with acting_as(dana), pytest.raises(UnitRefused):
        dispatch_by_hand(case, team, by=dana, at=MORNING)
    consent = asked(town.actor("water"), wish(town.community, item=OFF_THE_LIST))
    with acting_as(dana), pytest.raises(UnitRefused):
        dispatch_by_hand(case, team, by=dana, at=MORNING)
    answered(dana, consent)
    with acting_as(dana):
        with pytest.raises(UnitRefused):
            dispatch_by_hand(case, team, by=dana, at=MORNING + timedelta(days=31))
        dispatch_by_hand(case, team, by=dana, at=MORNING)
        assert Event.objects.filter(case=case, move="dispatch").latest("seq").facts["consent"] == consent
