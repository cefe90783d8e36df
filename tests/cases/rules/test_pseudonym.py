"""Handlers know Ava by a name that belongs to the case, not to her."""

from doorstep.cases.rules.pseudonym import PLANTS, pseudonym
from doorstep.core.text import text


def test_the_same_case_gives_the_same_name_and_each_voice_its_own():
    assert pseudonym("261110-000001-01") == pseudonym("261110-000001-01")
    assert pseudonym("261110-000001-01") != pseudonym("261110-000001-01", voice=1)


def test_a_hundred_cases_of_ava_do_not_share_a_name():
    names = {text(pseudonym(f"2611{n:02d}-000001-01"), "zh") for n in range(100)}
    assert len(names) > 90


def test_every_plant_has_a_name_in_both_languages():
    seen = {text(pseudonym(str(n)).params["plant"], lang) for n in range(600) for lang in ("zh", "en")}
    assert len(seen) == 2 * PLANTS
