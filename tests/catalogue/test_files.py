"""Dana writes an item and is told, line by line, what is wrong with it."""

import shutil
import tomllib

import pytest

from doorstep.catalogue.files import CatalogueRefused, build, read_catalogue, read_item, shipped_folder
from doorstep.catalogue.item import Handler, Kind, Level, PauseReason, Standard, Urgency
from doorstep.core.text import use_language
from doorstep.core.time.limits import Hours, WorkingDays

LEAK = "items/leak-between-flats.toml"


def faults(written: dict[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(CatalogueRefused) as refused:
        build(written)
    return [(fault.where, fault.message.key) for fault in refused.value.faults]


def test_the_shipped_catalogue_is_read_whole(catalogue):
    leak = catalogue.item("leak-between-flats")
    assert leak.name.said("zh") == "楼上楼下漏水"
    assert leak.name.said("en") == "Leak between flats"
    assert leak.who == (Handler(Level.GRID), Handler(Level.PROPERTY), Handler(Level.COMMUNITY))
    assert catalogue.limits.promises[Urgency.CRITICAL] == (Hours(0.25), Hours(2))
    assert catalogue.limits.promises[Urgency.COMPLEX].finish == WorkingDays(15)


def test_a_place_reads_its_own_folder(tmp_path):
    for path in shipped_folder.glob("*.toml"):
        shutil.copy(path, tmp_path)
    shutil.copytree(shipped_folder / "items", tmp_path / "items")
    (tmp_path / "items" / "thanks.toml").unlink()
    assert "thanks" not in read_catalogue(tmp_path).items


@pytest.mark.parametrize(
    ("before", "after", "line", "key"),
    [
        ('urgency = "ordinary"', 'urgency = "soon"', 'urgency = "soon"', "catalogue-file-not-a-choice"),
        ('class = "0503"', 'class = "05"', 'class = "05"', "catalogue-file-no-such-class"),
        ('class = "0503"', 'class = "0599"', 'class = "0599"', "catalogue-file-no-such-class"),
        ("admitted = true", "admitted = 1", "admitted = 1", "catalogue-file-wants-flag"),
        ("admitted = true", "admitted = false", "who = ", "catalogue-file-not-admitted"),
        ('"grid", "property"', '"property", "grid"', "who = ", "catalogue-file-nearest-first"),
        ('"grid", "property"', '"grid", "plumber"', "who = ", "catalogue-file-no-such-handler"),
        ('"grid", "property"', '"grid", "department:moon"', "who = ", "catalogue-file-no-such-handler"),
        ('"grid", "property"', '"grid:water", "property"', "who = ", "catalogue-file-no-such-handler"),
        ('id = "leak-between-flats"', 'id = "leak"', 'id = "leak"', "catalogue-file-id-is-name"),
        ('en = "Leak between flats"', 'en = " "', "name = ", "catalogue-file-wants-text"),
        ('en = "Leak between flats"', 'en = "Leak", fr = "Fuite"', "name = ", "catalogue-file-unknown-key"),
        ("admitted = true", "admited = true\nadmitted = true", "admited", "catalogue-file-unknown-key"),
        ("name = {", 'name = "Leak"\nnomen = {', 'name = "Leak"', "catalogue-file-wants-table"),
        ('to = "urgent"', 'to = "very"', 'to = "very"', "catalogue-file-not-a-choice"),
        ("still", "yet", "only_if", "catalogue-file-asked-too-late"),
        ('kind = "choice"', 'kind = "date"', 'kind = "date"', "catalogue-file-options"),
        ('en = "All the time"', "en = 3", 'id = "always"', "catalogue-file-wants-text"),
        ("examples = [", "examples = 3\nother = [", "examples = 3", "catalogue-file-wants-texts"),
        ("checks = [", 'checks = "none"\nother = [', "checks = ", "catalogue-file-wants-tables"),
        (
            "admitted = true",
            'admitted = true\npromise = { first_contact = "1 h", finish = "soon" }',
            "promise = ",
            "catalogue-file-not-a-limit",
        ),
        ('"stop-water", "look-in"', '"stop-fire"', "neighbours = ", "neighbours-file-no-such-help"),
        ('"stop-water", "look-in"', '"look-in", "look-in"', "neighbours = ", "neighbours-file-no-such-help"),
        ("admitted = true", 'admitted = true\nlegal_channel = "duel"', "legal_channel", "catalogue-file-not-a-choice"),
    ],
)
def test_dana_is_told_the_line_of_her_slip(written, before, after, line, key):
    assert before in written[LEAK]
    written[LEAK] = written[LEAK].replace(before, after, 1)
    number = next(n for n, text in enumerate(written[LEAK].splitlines(), 1) if line in text)
    assert (f"{LEAK}:{number}", key) in faults(written)


def test_all_slips_are_told_at_once(written):
    written[LEAK] = (
        written[LEAK].replace('kind = "help"', 'kind = "wish"', 1).replace("admitted = true", "admitted = 0")
    )
    keys = [key for _, key in faults(written)]
    assert {"catalogue-file-not-a-choice", "catalogue-file-wants-flag"} <= set(keys)


def test_a_file_that_is_no_toml_names_its_line(written):
    written[LEAK] = 'id = "leak-between-flats"\nclass = [\n'
    where, key = faults(written)[0]
    assert where.startswith(f"{LEAK}:")
    assert key == "catalogue-file-not-toml"


def test_an_item_without_anybody_to_act_needs_a_legal_channel(written):
    written["items/lawsuit-matter.toml"] = written["items/lawsuit-matter.toml"].replace(
        'legal_channel = "lawsuit"\n', ""
    )
    assert [key for _, key in faults(written)] == ["catalogue-file-nobody-acts"]


@pytest.mark.parametrize(
    ("name", "before", "after", "key"),
    [
        ("classes.toml", 'code = "0102"', 'code = "0202"', "catalogue-file-sub-class-outside"),
        ("classes.toml", 'code = "0102"', 'code = "0101"', "catalogue-file-twice"),
        ("classes.toml", 'code = "sensor"', 'code = "resident"', "catalogue-file-missing"),
        ("classes.toml", "[[source]]", "[[sauce]]", "catalogue-file-unknown-key"),
        ("departments.toml", 'code = "power"', 'code = "water"', "catalogue-file-twice"),
        ("departments.toml", 'en = "Gas" }', "en = 7 }", "catalogue-file-wants-text"),
        ("limits.toml", 'objection = "2 working days"', 'objection = "2 h"', "catalogue-file-not-a-limit"),
        ("limits.toml", "reopen_days = 7", "reopen_days = true", "catalogue-file-wants-number"),
        ("limits.toml", "[urgent]", "[hasty]", "catalogue-file-wants-table"),
        ("dangers.toml", 'item = "crime"', 'item = "duel"', "catalogue-file-no-such-item"),
    ],
)
def test_a_slip_in_the_lists_is_refused(written, name, before, after, key):
    assert before in written[name]
    written[name] = written[name].replace(before, after, 1)
    found = faults(written)
    assert key in {fault for where, fault in found if where.startswith(name)}


def test_the_refusal_says_how_many_and_the_first(written):
    written[LEAK] = written[LEAK].replace("admitted = true", "admitted = 1")
    with pytest.raises(CatalogueRefused) as refused, use_language("en"):
        build(written)
    with use_language("en"):
        said = str(refused.value)
    assert said.startswith(f"{LEAK}:")
    assert "“admitted” is either true or false." in said


def test_an_item_kept_as_plain_data_is_read_as_its_file_was(written, catalogue):
    raw = tomllib.loads(written[LEAK])
    assert read_item(raw, catalogue) == catalogue.item("leak-between-flats")
    with pytest.raises(CatalogueRefused) as refused:
        read_item({**raw, "urgency": "soon"}, catalogue)
    assert refused.value.faults[0].where == "leak-between-flats:urgency"


def test_a_city_fills_in_the_codes_of_the_standards_and_an_empty_one_stays_open(written, catalogue):
    raw = tomllib.loads(written[LEAK])
    mapped = read_item({**raw, "standards": {"GB/T 39666": "0503", "GB/T 30428.2": ""}}, catalogue)
    assert mapped.standards == {Standard.COMMUNITY_GRID: "0503"}
    assert catalogue.item("leak-between-flats").standards == {}
    with pytest.raises(CatalogueRefused) as refused:
        read_item({**raw, "standards": {"GB 1": "x"}}, catalogue)
    assert refused.value.faults[0].message.key == "catalogue-file-unknown-key"


def test_limits_that_were_published_before_an_owner_could_be_absent_are_read(written):
    written["limits.toml"] = written["limits.toml"].replace('owner-absent = "10 working days"', "")
    assert build(written).limits.pause[PauseReason.OWNER_ABSENT] == WorkingDays(10)
    written["limits.toml"] = written["limits.toml"].replace('procedure = "15 working days"', "")
    assert {key for _, key in faults(written)} == {"catalogue-file-wants-text", "catalogue-file-not-a-limit"}


def test_neighbours_are_asked_for_nothing_that_is_dangerous(catalogue):
    """No item that is critical by itself, is about a crime or a fire, or goes a legal way lets neighbours be called."""
    called = [item for item in catalogue.items.values() if item.neighbours]
    assert len(called) > 10
    for item in called:
        assert item.kind in (Kind.HELP, Kind.REPORT) and item.legal_channel is None, item.id
        assert item.urgency is not Urgency.CRITICAL, item.id
