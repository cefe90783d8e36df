"""One case, many voices: Ben joins Ava's case on his phone, objects to its end and leaves; Dana sees what is hot."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from tests.journeys.conftest import DESKTOP, PHONE, ROOT
from tests.journeys.test_story import AT_HOME, report

pytestmark = pytest.mark.journey

OUTAGE = ("小区停电了", "我们楼没电", "突然断电，电梯也停了", "整栋楼都没有电了", "家里没电两个小时了")
FIND = (
    "import django; django.setup();"
    "from doorstep.cases.actions.topics import find_topics; from doorstep.core.time import clock;"
    "find_topics(at=clock.now())"
)


@pytest.fixture
def open_screen(open_context):
    """`open_screen("phone")`: another person's browser, at home."""
    sizes = {"phone": PHONE, "desktop": DESKTOP}
    return lambda size: open_context(geolocation=AT_HOME, permissions=["geolocation"], **sizes[size])


def an_hour_passes(site: Any) -> None:
    """The work of the hour is done at once."""
    done = subprocess.run(
        [sys.executable, "-c", FIND], env=site.environment, cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]


def test_ben_joins_objects_and_dana_looks(open_screen, enter, site):
    ava, ben = open_screen("phone").new_page(), open_screen("phone").new_page()
    number, _ = report(ava, "北门口的路灯坏了两盏，晚上很黑", pin=True)
    site.wait_for(number, "dispatched")
    ben.goto("/report/")
    ben.fill("#field-words", "北门的路灯不亮，坏了两盏")
    ben.click("[data-here]")
    ben.wait_for_selector("[name=join]")
    ben.check("[name=join] >> nth=0")
    ben.click("form.report button.first:visible")
    ben.wait_for_selector(".case-number")
    own, link = ben.inner_text(".case-number").strip(), ben.input_value("#follow-link")
    assert own != number and site.wait_for(own, "merged")["merged_into_id"] == site.case(number)["id"]
    assert site.case(number)["voices"] == 1

    holder = site.case(number)["holder_unit_id"]
    who = next((name for name, unit in site.town.units.items() if unit == holder), "")
    assert who, "somebody of the town holds it"
    # Ben reads how it goes, not what Ava wrote.
    ben.goto(link)
    assert number in ben.inner_text("main") and "晚上很黑" not in ben.inner_text("main")


def test_what_many_ask_for_is_hot_and_shows_nobodys_words(open_screen, enter, site):
    ava = open_screen("phone").new_page()
    for words in OUTAGE:
        ava.goto("/report/")
        number, _ = report(ava, words, pin=True)
        site.rows(
            "UPDATE cases_case SET item = 'power-outage', case_class = coalesce(nullif(case_class, ''), '0601')"
            " WHERE number = %s RETURNING id",
            number,
        )
    an_hour_passes(site)
    dana = enter(open_screen("desktop"), "dana", "/desk/topics/")
    shown = dana.inner_text("main")
    assert "反映人次" in shown and dana.locator("svg.trend").count() >= 1
    assert not any(words in shown for words in OUTAGE[1:])
    with dana.expect_download() as waiting:
        dana.click("a[download]")
    assert waiting.value.suggested_filename.endswith(".csv")
    chen = enter(open_screen("phone"), "chen")
    assert chen.request.get("/desk/topics/").status == 403 and chen.request.get("/desk/topics.csv").status == 403
    command = enter(open_screen("desktop"), "command", f"/command/areas/{site.town.county}/")
    assert command.locator("#topics").count() == 1
