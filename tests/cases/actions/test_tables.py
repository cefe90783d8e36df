"""The county writes its table row by row; a case then goes by it and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import override_settings
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.cases import tables
from doorstep.cases.actions import tables as acts
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Case, Event
from doorstep.cases.rules.table.editing import EditRefused, RowGone
from doorstep.cases.rules.table.rows import Words
from doorstep.core.access import WORKER, Actor, acting_as

TODAY = date(2026, 11, 23)
RUBBISH = Words(what=("stairwell-rubbish",), holder="community", reason="本社区统一清运楼道杂物")


@pytest.fixture
def command(town: Town) -> Actor:
    return replace(town.actor("command"), account=11)


@pytest.fixture
def office(town: Town) -> Actor:
    return replace(town.actor("subdistrict"), account=12)


def begun(by: Actor) -> tables.DispatchTable:
    with acting_as(by):
        return acts.begin(by=by, at=MORNING)


def add(words: Words, by: Actor, **more):
    with acting_as(by):
        return acts.add_row(words, by=by, at=MORNING, **more)


def draft(by: Actor) -> tables.DispatchTable:
    with acting_as(by):
        found = tables.draft(tables.county_of(by).pk)
        assert found is not None
        return found


def ids(by: Actor) -> list[int]:
    return [row.id for row in tables.rows_of(draft(by))]


def publish(by: Actor, from_on: date = TODAY, seen: int | None = None):
    with acting_as(by):
        return acts.publish(from_on, seen=draft(by).seq if seen is None else seen, by=by, at=MORNING)


def reported(words: str = "楼道里堆满了杂物", item: str = "stairwell-rubbish", at=MORNING) -> Case:
    case = report(Report(words, Place(LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2), item=item), at=at).case
    advance(at=at)
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def sent(case: Case) -> dict:
    with acting_as(WORKER):
        return Event.objects.filter(case=case.pk, move="dispatch").latest("seq").facts


def test_a_published_row_decides_and_the_ledger_names_version_row_and_what_was_tried(town, command):
    begun(command)
    add(replace(RUBBISH, places=("321102001002",)), command)
    row = add(replace(RUBBISH, limit="1 working day"), command)
    before = reported()
    publish(command)
    case = reported()
    assert before.holder_unit_id == town.units["grid_team"]
    assert case.holder_unit_id == town.units["community_desk"]
    facts = sent(case)
    assert (facts["rule"], facts["table"], facts["row"], facts["table_from"]) == ("table", 1, row.id, "2026-11-23")
    assert facts["limit"] == "1 working days"
    assert case.promised_by == before.promised_by
    assert facts["decided_on"] == {"item": "stairwell-rubbish", "area": "32110200100100101", "urgency": "ordinary"}


def test_a_row_may_shorten_a_limit_and_never_lengthens_it(town, command):
    begun(command)
    add(replace(RUBBISH, limit="90 working days"), command)
    usual = reported().holder_due_at
    publish(command)
    assert reported().holder_due_at == usual


def test_a_version_rules_from_its_day_and_the_one_before_until_then(town, command):
    begun(command)
    add(RUBBISH, command)
    publish(command, TODAY + timedelta(days=2))
    assert reported().holder_unit_id == town.units["grid_team"]
    assert reported(at=MORNING + timedelta(days=2)).holder_unit_id == town.units["community_desk"]


def test_a_new_draft_begins_as_the_version_in_force_and_rows_keep_their_numbers(town, command):
    begun(command)
    first, second = add(RUBBISH, command), add(replace(RUBBISH, what=("stray-dog",)), command)
    with acting_as(command):
        acts.remove_row(second.id, seen=0, by=command, at=MORNING)
    publish(command)
    again = begun(command)
    assert (again.version, again.based_on, ids(command)) == (2, 1, [first.id])
    assert add(RUBBISH, command).id == second.id + 1
    assert begun(command).pk == again.pk


def test_rows_are_moved_duplicated_changed_removed_and_taken_back(town, command):
    begun(command)
    a, b = add(RUBBISH, command), add(replace(RUBBISH, what=("stray-dog",)), command)
    with acting_as(command):
        copy = acts.duplicate_row(a.id, by=command, at=MORNING)
        acts.move_row(b.id, -1, by=command, at=MORNING)
        acts.move_row(b.id, -5, by=command, at=MORNING)
    assert ids(command) == [b.id, a.id, copy.id]
    with acting_as(command):
        changed = acts.change_row(a.id, replace(RUBBISH, days=("off",)), seen=0, by=command, at=MORNING)
        acts.remove_row(copy.id, seen=0, by=command, at=MORNING)
    assert (changed.rev, changed.days, ids(command)) == (1, ("off",), [b.id, a.id])
    with acting_as(command):
        acts.undo(seen=tables.last_edit(draft(command)).seq, by=command, at=MORNING)
        assert ids(command) == [b.id, a.id, copy.id]
        acts.undo(seen=tables.last_edit(draft(command)).seq, by=command, at=MORNING)
    assert tables.rows_of(draft(command))[1].days == ()


def test_two_at_once_do_not_lose_each_others_work(town, command, office):
    begun(command)
    a, b = add(replace(RUBBISH, places=("321102001",)), command), add(RUBBISH, command)
    with acting_as(office):
        acts.change_row(a.id, replace(RUBBISH, places=("321102001001",)), seen=0, by=office, at=MORNING)
    with acting_as(command):
        acts.change_row(b.id, replace(RUBBISH, days=("off",)), seen=0, by=command, at=MORNING)
    rows = tables.rows_of(draft(command))
    assert (rows[0].places, rows[1].days) == (("321102001001",), ("off",))
    with acting_as(command), pytest.raises(EditRefused) as refused:
        acts.change_row(a.id, RUBBISH, seen=0, by=command, at=MORNING)
    assert refused.value.message.key == "table-row-changed"
    with acting_as(command), pytest.raises(EditRefused):
        acts.undo(seen=1, by=command, at=MORNING)


def test_what_the_law_forbids_is_refused_when_written_and_when_published(town, command, monkeypatch):
    begun(command)
    with pytest.raises(acts.RowRefused) as refused:
        add(Words(what=("manhole-cover",), holder="grid", reason="就近处理井盖"), command)
    assert refused.value.faults[0].message.key == "table-law-department-work"
    assert ids(command) == []
    row = add(RUBBISH, command)
    monkeypatch.setattr(acts, "faults_of", lambda row, known: refused.value.faults)
    with pytest.raises(acts.RowRefused) as published:
        publish(command)
    assert published.value.message.params["place"].params == {"row": row.id}


def test_a_subdistrict_writes_about_its_own_places_only_and_never_publishes(town, command, office):
    begun(command)
    foreign = add(RUBBISH, command)
    own = add(replace(RUBBISH, places=("321102001002",)), office)
    assert own.places == ("321102001002",)
    for words in (RUBBISH, replace(RUBBISH, places=("321102",))):
        with pytest.raises(EditRefused) as refused:
            add(words, office)
        assert refused.value.message.key == "table-beyond"
    for change in (
        lambda: acts.change_row(foreign.id, replace(RUBBISH, places=("321102001",)), seen=0, by=office, at=MORNING),
        lambda: acts.remove_row(foreign.id, seen=0, by=office, at=MORNING),
        lambda: acts.move_row(foreign.id, 1, by=office, at=MORNING),
        lambda: acts.duplicate_row(foreign.id, by=office, at=MORNING),
    ):
        with acting_as(office), pytest.raises(EditRefused):
            change()
    with acting_as(office), pytest.raises(acts.NotTheirs):
        acts.publish(TODAY, seen=2, by=office, at=MORNING)
    with acting_as(office), pytest.raises(acts.NotTheirs):
        acts.discard(by=office, at=MORNING)
    with acting_as(office):
        acts.undo(seen=2, by=office, at=MORNING)
    assert ids(command) == [foreign.id]


def test_a_subdistrict_takes_back_nothing_of_the_countys(town, command, office):
    begun(command)
    add(RUBBISH, command)
    with acting_as(office), pytest.raises(EditRefused):
        acts.undo(seen=1, by=office, at=MORNING)


@pytest.mark.parametrize("who", ["dana", "water", "chen", "ben"])
def test_nobody_else_writes_it(town, command, who):
    begun(command)
    stranger = town.actor(who)
    with acting_as(stranger), pytest.raises(acts.NotTheirs):
        acts.add_row(RUBBISH, by=stranger, at=MORNING)


def test_the_county_begins_and_without_a_draft_there_is_nothing_to_change(town, command, office):
    with acting_as(office), pytest.raises(EditRefused):
        acts.begin(by=office, at=MORNING)
    with acting_as(command), pytest.raises(acts.NoDraft):
        acts.undo(seen=0, by=command, at=MORNING)


def test_a_sheet_is_taken_whole_or_not_at_all(town, command, office):
    kept = begun(command)
    with acting_as(command), pytest.raises(acts.SheetRefused) as refused:
        acts.replace_rows(
            [(2, RUBBISH), (3, replace(RUBBISH, holder="nobody")), (4, replace(RUBBISH, reason=""))],
            seen=0,
            by=command,
            at=MORNING,
        )
    assert [(row, fault.column) for row, fault in refused.value.rows] == [(3, "holder"), (4, "reason")]
    with acting_as(command):
        assert acts.replace_rows([(2, RUBBISH), (3, RUBBISH)], seen=kept.seq, by=command, at=MORNING) == 2
    assert ids(command) == [1, 2]
    with acting_as(command), pytest.raises(EditRefused):
        acts.replace_rows([(2, RUBBISH)], seen=0, by=command, at=MORNING)
    with acting_as(office), pytest.raises(EditRefused):
        acts.replace_rows([(2, RUBBISH)], seen=1, by=office, at=MORNING)
    with acting_as(office), pytest.raises(EditRefused):
        acts.undo(seen=1, by=office, at=MORNING)
    with acting_as(command):
        acts.undo(seen=1, by=command, at=MORNING)
        with pytest.raises(EditRefused):
            acts.undo(seen=1, by=command, at=MORNING)


@pytest.mark.parametrize(
    ("from_on", "seen", "why"), [(TODAY - timedelta(days=1), None, "table-publish-past"), (TODAY, 0, "table-changed")]
)
def test_publishing_is_refused_for_the_past_and_for_what_nobody_has_seen(town, command, from_on, seen, why):
    begun(command)
    add(RUBBISH, command)
    with pytest.raises(EditRefused) as refused:
        publish(command, from_on, seen)
    assert refused.value.message.key == why


def test_where_two_are_asked_for_another_person_publishes(town, command):
    begun(command)
    add(RUBBISH, command)
    with override_settings(TABLE_BY_TWO=True):
        with pytest.raises(EditRefused) as refused:
            publish(command)
        assert refused.value.message.key == "table-publish-own"
        same_post = replace(command, account=None)
        with pytest.raises(EditRefused):
            publish(same_post)
        assert publish(replace(command, account=99, post=None)).state == "published"


def test_a_draft_is_laid_aside_and_its_number_not_given_again(town, command):
    begun(command)
    with acting_as(command):
        acts.discard(by=command, at=MORNING)
    assert begun(command).version == 2


def test_a_row_that_is_gone_is_told(town, command):
    begun(command)
    with acting_as(command), pytest.raises(RowGone):
        acts.move_row(9, 1, by=command, at=MORNING)


def test_a_full_table_takes_no_more(town, command, monkeypatch):
    monkeypatch.setattr("doorstep.cases.rules.table.editing.MOST_ROWS", 1)
    begun(command)
    add(RUBBISH, command)
    with pytest.raises(EditRefused):
        add(RUBBISH, command)
    with acting_as(command):
        assert acts.add_row  # the table stays as it was
    assert len(ids(command)) == 1


def test_a_row_behind_another_stands_there(town, command):
    begun(command)
    a, b = add(RUBBISH, command), add(RUBBISH, command)
    c = add(RUBBISH, command, after=a.id)
    assert ids(command) == [a.id, c.id, b.id]


def test_a_row_whose_unit_has_nobody_is_passed_over_and_says_so(town, command):
    begun(command)
    row = add(replace(RUBBISH, holder="property"), command)
    publish(command)
    case = reported()
    assert case.holder_unit_id == town.units["grid_team"]
    assert sent(case)["tried"][0] == [f"row:{row.id}", "nobody"]


def test_the_grid_and_the_resident_may_read_what_was_published_and_no_draft(town, command):
    begun(command)
    add(RUBBISH, command)
    chen = town.actor("chen")
    with acting_as(chen):
        assert tables.versions(town.county) == []
    publish(command)
    with acting_as(chen):
        assert tables.published(town.county, 1).rows[0].what == ("stairwell-rubbish",)
        assert tables.published(town.county, 2) is None
