"""What is told in JSON and in XML says the same, whatever stands in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from doorstep.fronts.open311.saying import Told, written


@given(st.text())
def test_any_text_makes_a_document_that_can_be_read(words):
    read = ElementTree.fromstring(written(Told("service_requests", [{"description": words}]), "xml"))
    (row,) = read
    said = row.findtext("description") or ""
    # What no XML can hold is replaced; a line's end is one sign for every reader.
    kept = words.replace("\r\n", "\n").replace("\r", "\n")
    assert [a for a, b in zip(said, kept, strict=True) if a != b and a != "\ufffd"] == []
    assert len(said) == len(kept)


@given(st.text(st.characters(codec="utf-8")))
def test_json_keeps_every_sign(words):
    assert json.loads(written(Told("errors", [{"code": 400, "description": words}]), "json"))[0]["description"] == words


def test_nothing_is_an_empty_element_and_null():
    told = Told("service_requests", [{"zipcode": None, "metadata": True, "at": datetime(2026, 1, 2, 3, 4, 5, 6, UTC)}])
    (row,) = ElementTree.fromstring(written(told, "xml"))
    assert [(each.tag, each.text) for each in row] == [
        ("zipcode", None), ("metadata", "true"), ("at", "2026-01-02T03:04:05+00:00"),
    ]  # fmt: skip
    assert json.loads(written(told, "json")) == [{"zipcode": None, "metadata": True, "at": "2026-01-02T03:04:05+00:00"}]


def test_lists_in_lists_have_their_own_names():
    told = Told("service_definition", {"attributes": [{"code": "a", "values": [{"key": "k", "name": "n"}]}]})
    read = ElementTree.fromstring(written(told, "xml"))
    assert read.findtext("attributes/attribute/values/value/key") == "k"
