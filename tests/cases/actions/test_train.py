"""The classifier learns from what people here confirmed, keeps nobody's name, and serves only when it is better."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.town import LAT, LON, MORNING, SQUARE_DEG

from doorstep.cases import queries
from doorstep.cases.actions import train as training
from doorstep.cases.actions.contact import erase_contacts
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.actions.train import back, shared_pieces, train_on_cases
from doorstep.cases.confirmed import Confirmed, confirmed_cases
from doorstep.cases.models import Case, Event
from doorstep.cases.rules.training import FEWEST_CASES
from doorstep.catalogue.shelf import Shelf
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed, Read

HERE = [
    "石敢当又歪了，扶一扶",
    "村口的石敢当倒了",
    "石敢当旁边裂开了",
    "石敢当的座子松了",
    "请来看看石敢当",
    "石敢当上面掉渣",
]
"""What only the people of this place call a manhole cover."""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch) -> Shelf:
    """A shelf of its own, on which nothing stands."""
    mine = Shelf(tmp_path / "wording")
    monkeypatch.setattr(training, "wording_shelf", lambda: mine)
    monkeypatch.setattr(queries, "wording_shelf", lambda: mine)
    return mine


@pytest.fixture
def three_items(monkeypatch):
    """A small catalogue, so that learning takes no time."""
    whole = queries.catalogue()
    few = replace(whole, items={key: whole.items[key] for key in ("manhole-cover", "street-light", "trees")})
    only = frozenset(few.items)
    for room in (training, queries):
        monkeypatch.setattr(room, "catalogue", lambda: few)
        monkeypatch.setattr(room, "taught_items", lambda: only)
    own = training.train(*training.examples(few))
    monkeypatch.setattr(training, "catalogue_wording", lambda: own)
    monkeypatch.setattr(queries, "catalogue_wording", lambda: own)
    return few


@pytest.fixture
def closed(town):
    """`closed("words", "item")`: a closed case whose item its reporter chose."""

    def make(words: str, item: str, phone: str = "", *, confirmed: bool = True) -> int:
        place = Place(LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2)
        chosen = item if confirmed else ""
        case = report(Report(words, place, Contact(phone=phone), item=chosen), at=MORNING).case
        with acting_as(WORKER):
            Case.objects.filter(pk=case).update(state="closed", is_open=False, item=item)
            if confirmed:
                first = Event.objects.get(case=case, seq=1)
                Event.objects.create(
                    case_id=case, seq=2, move="locate", from_state="reported", to_state="located",
                    happened_at=MORNING, heard_at=MORNING, by_hat="machine", facts={}, prev_hash=first.hash, hash=b"2",
                )  # fmt: skip
                Event.objects.create(
                    case_id=case, seq=3, move="classify", from_state="located", to_state="classified",
                    happened_at=MORNING, heard_at=MORNING, by_hat="machine", prev_hash=b"2", hash=b"3",
                    facts={"item": item, "because": {"key": "cases-classify-chosen", "params": {}}},
                )  # fmt: skip
        return case

    return make


@pytest.fixture
def taught(closed, shelf, three_items):
    """Closed cases enough to learn from, most of them in words that only this place uses."""
    for at in range(5 * len(HERE)):
        phone = f"1350000{at:04}"
        closed(f"{HERE[at % len(HERE)]}，{'早晚午夜'[at % 4]}{'东西南北中'[at % 5]}边", "manhole-cover", phone)
        closed("路灯不亮" if at % 2 else "树枝挡路", "street-light" if at % 2 else "trees", phone)


def test_only_what_a_person_confirmed_is_learnt(closed, three_items):
    mine = closed("石敢当倒了", "manhole-cover")
    closed("石敢当又倒了", "manhole-cover", confirmed=False)
    with acting_as(WORKER):
        assert [case.case for case in confirmed_cases(three_items)] == [mine]


def test_one_reporter_is_one_however_often_they_write(closed, three_items):
    for words, phone in (("灯坏", "13800000001"), ("灯又坏", "13800000001"), ("灯坏", "13800000002")):
        closed(words, "street-light", phone)
    with acting_as(WORKER):
        assert len({case.reporter for case in confirmed_cases(three_items)}) == 2


def test_all_in_one_micro_grid_who_left_no_contact_or_had_it_erased_are_one(town, closed, three_items):
    cases = [closed("灯坏", "street-light", phone) for phone in ("", "", "13800000001", "13800000002")]
    with acting_as(WORKER):
        erase_contacts(date.max)
        assert len({case.reporter for case in confirmed_cases(three_items)}) == 1
        Case.objects.filter(pk=cases[0]).update(grid_id=town.grid)
        assert len({case.reporter for case in confirmed_cases(three_items)}) == 2


def test_words_of_this_place_are_learnt_and_serve_at_once(taught, shelf):
    assert "石敢当" not in queries.wording().scales.columns
    trained = train_on_cases(at=MORNING)
    assert trained.why_not is None and trained.compared.after > trained.compared.before
    guess = queries.wording().predict("石敢当怎么又歪了")
    assert guess.label == "manhole-cover" and any("石敢当" in word for word in guess.words)
    assert shelf.names() == [trained.name]


def test_going_back_returns_to_the_model_before(taught, shelf):
    own = queries.wording()
    first = train_on_cases(at=MORNING)
    train_on_cases(at=MORNING + timedelta(minutes=1), force=True)
    assert len(shelf.names()) == 2
    back(at=MORNING)
    assert shelf.names() == [first.name]
    back(at=MORNING)
    assert queries.wording() is own
    assert back(at=MORNING) is None


def test_what_is_no_better_stays_out_of_use_unless_forced(taught, shelf):
    first = train_on_cases(at=MORNING)
    again = train_on_cases(at=MORNING + timedelta(minutes=1))
    assert again.why_not.key == "wording-no-better" and shelf.names() == [first.name]
    assert train_on_cases(at=MORNING + timedelta(minutes=2), force=True).forced
    assert len(shelf.names()) == 2


def test_too_few_cases_change_nothing(closed, shelf, three_items):
    for _ in range(FEWEST_CASES - 1):
        closed("石敢当倒了", "manhole-cover")
    assert train_on_cases(at=MORNING).why_not.key == "wording-too-few-cases"
    assert shelf.names() == []


def test_no_cases_at_all_is_said_in_a_sentence(town, shelf, three_items):
    trained = train_on_cases(at=MORNING)
    assert (trained.cases, trained.judged, trained.why_not.key) == (0, None, "wording-too-few-cases")


def test_names_and_numbers_cannot_be_read_out_of_what_is_kept(taught, closed, shelf):
    for at in range(20):  # one reporter who signs every time, and four neighbours who name another
        closed(f"石敢当倒了，我是欧阳娜娜，电话13987654321，第{at}次说", "manhole-cover", "13987654321")
    for at in range(4):
        closed("石敢当倒了，找诸葛孔明，Mr Featherstonehaugh knows", "manhole-cover", f"1390000000{at}")
    trained = train_on_cases(at=MORNING, force=True)
    kept = b"".join(path.read_bytes() for path in shelf.folder.iterdir())
    pieces = shelf.in_use(()).classifier.scales.columns
    assert trained.why_not is None
    assert "石敢当" in pieces
    for secret in ("欧阳", "娜娜", "诸葛", "孔明", "feather", "~^fea", "~rsto", "~neha", "1398", "13987654321"):
        assert not [piece for piece in pieces if secret in piece], secret
        assert secret.encode() not in kept and secret.encode("utf-32-le") not in kept, secret
    assert not [piece for piece in pieces if any(digit in piece for digit in "123456789")]


def test_a_piece_is_shared_when_five_reporters_wrote_it_not_when_one_wrote_it_five_times():
    many = [Confirmed(at, "石敢当", "manhole-cover", at) for at in range(5)]
    one = [Confirmed(at, "诸葛", "manhole-cover", 99) for at in range(9)]
    assert "石敢当" in shared_pieces([*many, *one])
    assert not {"诸", "葛", "诸葛"} & shared_pieces([*many, *one])
    assert "石敢当" not in shared_pieces(many[:4])


def test_learning_and_going_back_leave_traces(taught, shelf):
    train_on_cases(at=MORNING)
    back(at=MORNING)
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        assert {"trained-wording", "wording-back"} <= set(Deed.objects.values_list("what", flat=True))
        assert "cases-learnt" in set(Read.objects.values_list("what", flat=True))


def test_a_model_that_does_not_know_a_new_item_gives_way_to_the_catalogue(taught, shelf):
    train_on_cases(at=MORNING)
    assert shelf.in_use({"manhole-cover"}) is not None
    assert shelf.in_use({"manhole-cover", "brand-new"}) is None
