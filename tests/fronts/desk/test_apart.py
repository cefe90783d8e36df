"""Somebody calls about two things at once, and Dana is asked once whether they are two cases."""

from __future__ import annotations

from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as

CALL = {"words": "三号楼的路灯坏了好几天不亮。另外电梯又停了，上不去", "source": "hotline-12345", "name": "王小明"}


def numbers() -> list[str]:
    with acting_as(WORKER):
        return list(Case.objects.order_by("pk").values_list("number", flat=True))


def test_dana_is_asked_and_nothing_is_written_yet(sign_in):
    page = sign_in("dana").post("/desk/report/", CALL)
    assert page.status_code == 200
    assert page.content.decode().count('name="matters"') == 3 and "王小明" in page.content.decode()
    assert numbers() == []


def test_one_case_is_one_answer(sign_in):
    assert sign_in("dana").post("/desk/report/", {**CALL, "matters": "one"}).status_code == 303
    assert len(numbers()) == 1


def test_two_cases_are_both_shown(sign_in, town):
    dana = sign_in("dana")
    answer = dana.post("/desk/report/", {**CALL, "matters": "parts", "door": str(town.door)})
    page = dana.get(answer["Location"]).content.decode()
    assert len(numbers()) == 2 and all(number in page for number in numbers())


def test_whoever_knows_the_item_is_not_asked(sign_in):
    assert sign_in("dana").post("/desk/report/", {**CALL, "item": "lift-fault"}).status_code == 303
