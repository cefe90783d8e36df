"""A resident reads each sentence in her own language."""

import sys
from pathlib import Path

import pytest

from doorstep.core.text import Message, UnknownText, Words, as_json, from_json, language, say, text, use_language


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """Two languages with a few sentences of our own, in place of the shipped ones."""
    (tmp_path / "zh").mkdir()
    (tmp_path / "en").mkdir()
    (tmp_path / "zh" / "door.ftl").write_text(
        "door-open = 门开着\ndoor-knocks = 敲了 { $count } 下\ndoor-who = { $who }来了\n", encoding="utf-8"
    )
    (tmp_path / "en" / "door.ftl").write_text(
        "door-open = The door is open\n"
        "door-knocks = { $count ->\n    [one] One knock\n   *[other] { $count } knocks\n }\n"
        "door-who = { $who } is here\n",
        encoding="utf-8",
    )
    spoken = {lang: Words(lang, tmp_path) for lang in ("zh", "en")}
    monkeypatch.setattr("doorstep.core.text.words_of", spoken.__getitem__)
    return tmp_path


def test_chinese_is_spoken_unless_somebody_chose_otherwise(rooms):
    assert language() == "zh"
    assert text("door-open") == "门开着"


def test_a_chosen_language_holds_until_the_page_is_done(rooms):
    with use_language("en"):
        assert text("door-open") == "The door is open"
        with use_language("zh"):
            assert text("door-open") == "门开着"
        assert text("door-open") == "The door is open"
    assert text("door-open") == "门开着"


def test_one_knock_and_two_knocks_are_told_apart_in_english(rooms):
    assert text("door-knocks", "en", count=1) == "One knock"
    assert text(say("door-knocks", count=2), "en") == "2 knocks"
    assert text(say("door-knocks", count=2), "zh") == "敲了 2 下"


def test_a_name_is_not_wrapped_in_invisible_marks(rooms):
    assert text("door-who", "en", who="Ava") == "Ava is here"


def test_a_sentence_inside_a_sentence_is_said_in_the_same_language(rooms):
    assert text(say("door-who", who=say("door-open")), "en") == "The door is open is here"


def test_a_reason_that_was_kept_can_be_read_in_either_language(rooms):
    kept = as_json(say("door-who", who=say("door-knocks", count=2)))
    assert kept == {"key": "door-who", "params": {"who": {"key": "door-knocks", "params": {"count": 2}}}}
    assert text(from_json(kept), "en") == "2 knocks is here"
    assert from_json(as_json(Message("door-open"))) == Message("door-open")


def test_an_unknown_key_stops_the_developer_but_not_the_resident(rooms, monkeypatch, caplog):
    monkeypatch.setenv("DOORSTEP_TESTING", "1")
    with pytest.raises(UnknownText, match="door-bell"):
        text("door-bell")
    monkeypatch.setenv("DOORSTEP_TESTING", "0")
    assert text("door-bell") == "door-bell"
    assert "door-bell" in caplog.text


def test_a_missing_param_stops_the_developer(rooms, monkeypatch):
    monkeypatch.setenv("DOORSTEP_TESTING", "1")
    with pytest.raises(UnknownText, match="who"):
        text("door-who", "en")


def test_a_key_said_in_two_rooms_is_refused(rooms):
    (rooms / "zh" / "gate.ftl").write_text("door-open = 开\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"already said in door\.ftl"):
        Words("zh", rooms)


def test_a_file_that_is_not_fluent_is_refused(rooms):
    Path(rooms / "zh" / "gate.ftl").write_text("gate open\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not Fluent"):
        Words("zh", rooms)


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="No such language"), use_language("fr"):
        pass


def test_a_plain_sentence_is_looked_up_and_never_put_together_again(rooms):
    called = []
    sys.setprofile(lambda frame, event, _: called.append(frame.f_code.co_name) if event == "call" else None)
    try:
        text("door-open")
    finally:
        sys.setprofile(None)
    assert called == ["text"]
