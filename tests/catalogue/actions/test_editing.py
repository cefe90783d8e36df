"""Lin edits the catalogue: a draft binds nobody, a version binds from its date, and nobody's work is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.catalogue.actions.conftest import looked
from tests.shipped import shipped_catalogue
from tests.town import MORNING

from doorstep.catalogue import in_force
from doorstep.catalogue.actions import editing
from doorstep.catalogue.actions.editing import EditRefused, SomebodyElseEdited
from doorstep.catalogue.files import CatalogueRefused
from doorstep.catalogue.kept import read_folder
from doorstep.catalogue.models import Version
from doorstep.core.access import Actor, acting_as

LIGHT = "items/street-light"
TODAY = date(2026, 11, 23)


def said(sheet: str = LIGHT, /, **changes: Any) -> dict[str, Any]:
    return {**read_folder()[sheet], **changes}


RENAMED = {"name": {"zh": "路灯与庭院灯", "en": "Street and courtyard lights"}}


def saved(by: Actor, sheet: str = LIGHT, /, **changes: Any) -> int:
    with acting_as(by):
        return editing.save_draft(sheet, said(sheet, **changes), seen=editing.seen_of(sheet), why="", by=by, at=MORNING)


def published(by: Actor, from_on: date = TODAY, sheet: str = LIGHT, /, **changes: Any) -> None:
    saved(by, sheet, **changes)
    with acting_as(by):
        editing.publish(sheet, from_on, seen=editing.seen_of(sheet), by=by, at=MORNING)


def test_the_files_are_the_first_versions(town):
    looked()
    assert in_force.catalogue() == shipped_catalogue()
    assert in_force.edition().version_of("street-light") is not None


def test_a_draft_binds_nobody(lin):
    saved(lin, **RENAMED)
    looked()
    assert in_force.catalogue().item("street-light").name.en == "Street light out"


def test_a_version_is_in_force_from_its_date_and_not_before(lin):
    before = shipped_catalogue().item("street-light").name
    published(lin, TODAY + timedelta(days=3), **RENAMED)
    looked()
    assert in_force.catalogue().item("street-light").name == before
    in_force.look_again(MORNING + timedelta(days=3))
    assert in_force.catalogue().item("street-light").name.en == RENAMED["name"]["en"]
    assert in_force.edition_at(MORNING).catalogue.item("street-light").name == before


def test_from_today_is_from_this_moment_so_that_what_was_reported_this_morning_keeps_what_it_was_told(lin):
    published(lin, TODAY, **RENAMED)
    looked()
    a_minute = timedelta(minutes=1)
    assert in_force.edition_at(MORNING - a_minute).catalogue.item("street-light").name.en != RENAMED["name"]["en"]
    assert in_force.catalogue().item("street-light").name.en == RENAMED["name"]["en"]


def test_a_process_that_looks_reads_only_what_changed(lin, django_statements):
    looked()
    with django_statements() as asked:
        in_force.look_again(MORNING)
    assert not asked.captured_queries
    with django_statements() as asked:
        looked()
    assert len([query for query in asked.captured_queries if "catalogue" in query["sql"]]) == 1
    published(lin, **RENAMED)
    looked()
    assert in_force.catalogue().item("street-light").name.en == RENAMED["name"]["en"]


def test_of_two_who_edit_the_same_item_the_second_is_told_and_loses_nothing(lin):
    with acting_as(lin):
        seen_by_both = editing.seen_of(LIGHT)
        editing.save_draft(LIGHT, said(**RENAMED), seen=seen_by_both, why="", by=lin, at=MORNING)
        with pytest.raises(SomebodyElseEdited):
            editing.save_draft(LIGHT, said(public=False), seen=seen_by_both, why="", by=lin, at=MORNING)
        assert editing.draft_of(LIGHT).said["name"] == RENAMED["name"]


def test_whoever_publishes_publishes_what_they_saw(lin):
    saved(lin, **RENAMED)
    with acting_as(lin):
        seen = editing.seen_of(LIGHT)
    saved(lin, public=False)
    with acting_as(lin), pytest.raises(SomebodyElseEdited):
        editing.publish(LIGHT, TODAY, seen=seen, by=lin, at=MORNING)


def test_an_undone_draft_leaves_what_is_in_force_and_its_trace(lin):
    draft = saved(lin, **RENAMED)
    with acting_as(lin):
        editing.undo_draft(LIGHT, seen=editing.seen_of(LIGHT), by=lin, at=MORNING)
        assert editing.draft_of(LIGHT) is None
        assert Version.objects.get(pk=draft).taken_back_at == MORNING
        with pytest.raises(EditRefused, match="没有草稿"):
            editing.publish(LIGHT, TODAY, seen=editing.seen_of(LIGHT), by=lin, at=MORNING)


def test_what_is_to_come_can_be_taken_back_and_what_has_come_cannot(lin):
    published(lin, TODAY + timedelta(days=1), **RENAMED)
    with acting_as(lin):
        version = Version.objects.filter(name=LIGHT).latest("id").pk
        with pytest.raises(EditRefused):
            editing.take_back(version, by=lin, at=MORNING + timedelta(days=2))
        editing.take_back(version, by=lin, at=MORNING)
    in_force.look_again(MORNING + timedelta(days=2), now=True)
    assert in_force.catalogue().item("street-light").name.en == "Street light out"


def test_versions_of_one_item_follow_each_other(lin):
    published(lin, TODAY + timedelta(days=5), **RENAMED)
    saved(lin, public=False)
    with acting_as(lin), pytest.raises(EditRefused, match="须晚于它"):
        editing.publish(LIGHT, TODAY + timedelta(days=2), seen=editing.seen_of(LIGHT), by=lin, at=MORNING)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_is_over_or_far_away_is_refused(lin, days):
    saved(lin, **RENAMED)
    with acting_as(lin), pytest.raises(EditRefused):
        editing.publish(LIGHT, TODAY + timedelta(days=days), seen=editing.seen_of(LIGHT), by=lin, at=MORNING)


def test_what_no_catalogue_could_hold_is_refused_with_its_place(lin):
    with pytest.raises(CatalogueRefused) as refused:
        saved(lin, who=["grid"])
    assert [fault.where for fault in refused.value.faults] == ["items/street-light:who"]


@pytest.mark.parametrize("item", ["other", "about-this-service", "fire"])
def test_what_the_house_itself_leads_to_is_never_retired(lin, item):
    with pytest.raises(EditRefused):
        saved(lin, f"items/{item}", retired=True)


def test_a_sub_class_is_retired_never_removed(lin):
    lamps = said("classes/02")
    fewer = [sub for sub in lamps["sub"] if sub["code"] != "0202"]
    with pytest.raises(EditRefused, match="0202"):
        saved(lin, "classes/02", sub=fewer)


def test_nothing_on_offer_belongs_to_a_retired_class_but_its_items_keep_their_names(lin):
    lamps = said("classes/02")
    subs = [{**sub, "retired": True} if sub["code"] == "0202" else sub for sub in lamps["sub"]]
    published(lin, TODAY, "classes/02", sub=subs)
    looked()
    assert "street-light" not in in_force.catalogue().offered
    assert in_force.catalogue().item("street-light").name.en == "Street light out"


def test_the_same_again_is_no_draft(lin):
    with pytest.raises(EditRefused, match="相同"):
        saved(lin)


@pytest.mark.parametrize("name", ["items/", "items/Ä", "items/../x", "classes/1", "secrets", "items/" + "x" * 60])
def test_a_name_that_is_no_sheet_is_refused(lin, name):
    with acting_as(lin), pytest.raises(EditRefused):
        editing.save_draft(name, {}, seen=editing.seen_of(name), why="", by=lin, at=MORNING)


def test_many_sheets_come_into_force_together_or_not_at_all(lin):
    sheets = {LIGHT: said(**RENAMED), "items/trees": said("items/trees", who=["grid"])}
    with acting_as(lin):
        with pytest.raises(CatalogueRefused):
            editing.publish_all(sheets, MORNING, why="", by=lin, at=MORNING)
        assert not Version.objects.filter(name=LIGHT, from_at=MORNING).exists()
        done = editing.publish_all({LIGHT: said(**RENAMED)}, MORNING, why="", by=lin, at=MORNING)
    assert done == 1


def test_an_import_does_not_pass_over_a_draft(lin):
    saved(lin, public=False)
    with acting_as(lin), pytest.raises(EditRefused, match="street-light"):
        editing.publish_all({LIGHT: said(**RENAMED)}, MORNING, why="", by=lin, at=MORNING)
