"""A fault in a file is named by its line."""

import pytest

from doorstep.catalogue.sheets import Sheet, line_of

TEXT = """\
id = "leak"
name = { zh = "漏", en = "Leak" }

options = [
  { id = "a" },
  { id = "b" },
]
short = [ { id = "a" }, { id = "b" } ]

[[question]]
id = "first"

[[question]]
id = "second"
ask = { zh = "?" }

[limits]
finish = "2 h"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 1),
        (("name", "en"), 2),
        (("options",), 4),
        (("options", 0, "id"), 5),
        (("options", 1, "zh"), 6),
        (("short", 1, "id"), 8),
        (("question", 0, "id"), 11),
        (("question", 1, "id"), 14),
        (("question", 1, "ask", "en"), 15),
        (("question", 1, "missing"), 13),
        (("limits", "finish"), 18),
        (("limits", "start"), 17),
        (("nowhere",), 1),
    ],
)
def test_a_key_is_found_on_its_line(path, line):
    assert line_of(TEXT, path) == line


def test_a_sheet_without_text_names_the_key():
    sheet = Sheet("leak", {"question": [{"id": 3}]})
    next(sheet.root.rows("question")).text("id")
    assert [fault.where for fault in sheet.faults] == ["leak:question.0.id"]


def test_a_default_is_given_for_what_may_be_left_out_and_not_for_what_is_wrong():
    row = Sheet("x", {"named": 3}).root
    assert row.text("absent", "") == ""
    assert row.texts("absent", ("a",)) == ("a",)
    assert row.text("named", "") == ""
    assert [fault.message.params["key"] for fault in row.sheet.faults] == ["named"]
