"""What is known of an item before anybody asks."""

from dataclasses import replace

from doorstep.catalogue.item import Promise, Urgency
from doorstep.core.time.limits import Hours, WorkingDays


def test_ava_is_asked_only_what_makes_sense_after_her_answers(catalogue):
    leak = catalogue.item("leak-between-flats")
    assert [question.id for question in leak.questions_after({})] == ["still", "upstairs"]
    assert [question.id for question in leak.questions_after({"still": "always"})] == ["still", "power", "upstairs"]
    assert [question.id for question in leak.questions_after({"still": "stopped"})] == ["still", "upstairs"]


def test_an_item_promises_what_its_urgency_does_unless_it_has_its_own_promise(catalogue):
    lamp = catalogue.item("street-light")
    assert catalogue.promise(lamp, Urgency.ORDINARY).finish == WorkingDays(5)
    quick = replace(lamp, promise=Promise(Hours(1), WorkingDays(2)))
    assert catalogue.promise(quick, Urgency.ORDINARY).finish == WorkingDays(2)
    assert catalogue.promise(None, Urgency.ORDINARY).finish == WorkingDays(5)


def test_what_is_more_urgent_than_usual_never_waits_for_the_items_own_promise(catalogue):
    slow = replace(catalogue.item("street-light"), promise=Promise(Hours(24), WorkingDays(9)))
    assert catalogue.promise(slow, Urgency.URGENT).finish == Hours(24)


def test_the_admission_list_holds_what_a_grid_may_be_given(catalogue):
    admitted = {item.id for item in catalogue.admission_list()}
    assert "leak-between-flats" in admitted
    assert "manhole-cover" not in admitted


def test_critical_ranks_first():
    assert sorted(Urgency, key=lambda urgency: urgency.rank)[0] is Urgency.CRITICAL


def test_a_handler_reads_as_it_is_written(catalogue):
    assert [str(handler) for handler in catalogue.item("gas-leak").who] == ["community", "department:gas"]
