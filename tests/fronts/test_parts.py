"""The parts of a page say what they are given, to eyes, ears and keyboards alike."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from doorstep.core.refusals import Refusal
from doorstep.core.text import say, use_language
from doorstep.fronts.parts import Choice, Fault, Figure, MayDo, Move, Place, Seat, Step

LATE_MORNING = datetime(2026, 11, 21, 3, 30, tzinfo=UTC)


def drawn(template: str, **given: object) -> str:
    """The template's page in English, one space for each run of white."""
    with use_language("en"):
        page = Template("{% load parts %}" + template).render(Context(given))
    return " ".join(page.split())


def test_what_a_resident_wrote_is_never_taken_for_markup():
    evil = "<script>alert(1)</script>"
    page = drawn(
        '{% status "done" evil %}{% field "f" evil value=evil hint=evil error=evil placeholder=evil %}'
        '{% notice "alarm" title=evil %}{{ evil }}{% endnotice %}{% life steps %}{% pairs rows %}',
        evil=evil,
        steps=[Step(evil, LATE_MORNING, by=evil, note=evil, why=evil)],
        rows=[(evil, evil)],
    )
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 14


def test_a_message_given_as_a_word_is_said_in_the_readers_language():
    assert "Vacant" in drawn('{% status "waiting" words %}', words=say("parts-seat-vacant"))


def test_a_field_with_a_fault_says_so_to_whoever_hears_it():
    page = drawn('{% field "phone" "Phone" error="Eleven digits" hint="Only yours" %}')
    assert 'for="field-phone"' in page
    assert 'aria-describedby="field-phone-hint field-phone-error" aria-invalid="true"' in page
    assert 'id="field-phone-error"' in page


def test_a_field_without_a_fault_is_not_called_wrong():
    page = drawn('{% field "phone" "Phone" %}')
    assert "aria-invalid" not in page
    assert "aria-describedby" not in page


def test_forms_side_by_side_call_what_they_both_ask_by_names_of_their_own():
    one = '{% field "words" "W" hint="h" %}{% tick "yes" "Y" %}'
    asked = "{% for form in forms %}{% with in_form=form %}" + one + "{% endwith %}{% endfor %}"
    page = drawn(asked, forms=["note", "do"])
    for form in ("note", "do"):
        assert f'for="field-{form}-words"' in page and f'aria-describedby="field-{form}-words-hint"' in page
        for name in ("words", "words-hint", "yes"):
            assert page.count(f'id="field-{form}-{name}"') == 1


def test_attributes_are_written_left_out_or_bare():
    page = drawn('{% field "q" "Q" maxlength=9 required=True disabled=False aria_label=None data_search=True %}')
    assert 'maxlength="9" required data-search>' in page


def test_what_was_typed_stays_in_a_longer_text_and_never_in_a_password():
    assert "> Lamp out</textarea>" in drawn('{% field "w" "W" value="Lamp out" lines=3 %}')
    assert "secret" not in drawn('{% field "p" "P" value="secret" type="password" %}')


def test_the_picked_answers_stay_picked():
    kinds = [Choice("a", "A"), ("b", "B"), ("c", "C")]
    assert 'value="b" selected' in drawn('{% select "k" "K" kinds value="b" %}', kinds=kinds)
    assert 'value="b" checked' in drawn('{% choices "k" "K" kinds value="b" %}', kinds=kinds)
    many = drawn('{% choices "k" "K" kinds value=picked many=True %}', kinds=kinds, picked=["a", "c"])
    assert (many.count("checked"), many.count('type="checkbox"')) == (2, 3)


def test_each_fault_leads_to_its_field():
    page = drawn("{% error_summary faults %}", faults=[Fault("words", "Say it"), Fault("phone", "Digits")])
    assert "2 things need your attention" in page
    assert 'href="#field-phone"' in page
    assert drawn("{% error_summary none %}", none=[]) == ""


def test_a_refusal_says_what_to_do_next():
    page = drawn("{% refusal no %}", no=Refusal(say("parts-not-found"), say("parts-not-found-try")))
    assert "There is no such page" in page
    assert "What to do: check the address" in page


def test_a_step_to_come_has_no_time_and_a_step_with_a_reason_can_be_asked_why():
    page = drawn("{% life steps %}", steps=[Step("Sent", LATE_MORNING, why="Nearest"), Step("Verify")])
    assert page.count("<time") == 1
    assert 'datetime="2026-11-21T11:30+08:00"' in page
    assert "21 November, 11:30" in page
    assert page.count("to-come") == 1
    assert "Nearest" in page


def test_own_moves_are_buttons_and_those_of_others_are_words():
    mine = [Move("Take", "/take", first=True, post=True, fields={"seq": "4"}, key="t"), Move("Decline", "/decline")]
    page = drawn("{% moves mine others %}", mine=mine, others=[MayDo("Dana", "merge")], csrf_token="token")
    assert 'action="/take"' in page
    assert 'name="csrfmiddlewaretoken" value="token"' in page
    assert 'name="seq" value="4"' in page
    assert 'data-key="t"' in page
    assert 'href="/decline"' in page
    assert "Dana: merge" in page
    assert "/merge" not in page


def test_whoever_can_do_nothing_is_told_so():
    assert "somebody else’s turn" in drawn("{% moves mine %}", mine=[])
    assert "It has ended" in drawn("{% moves mine over=True %}", mine=[])


def test_a_vacant_post_is_shown_as_vacant_and_a_held_one_with_its_end():
    assert "Vacant" in drawn("{% seat s %}", s=Seat("Liaison", area="Grid 3"))
    held = drawn("{% seat s %}", s=Seat("Liaison", "Ben", until=LATE_MORNING, phone="110"))
    assert "until 21 November 2026" in held
    assert "tel:110" in held


@pytest.mark.parametrize(
    ("asked", "link", "order"),
    [
        ("/", "?sort=due", None),
        ("/?sort=due&page=3&q=x", "?sort=-due&amp;q=x", "ascending"),
        ("/?sort=-due", "?sort=due", "descending"),
    ],
)
def test_a_heading_orders_by_its_column_and_back_again(asked, link, order):
    page = drawn('{% heading "Due" sort="due" %}', request=RequestFactory().get(asked))
    assert f'href="{link}"' in page
    assert (f'aria-sort="{order}"' in page) if order else ("aria-sort" not in page)


def test_the_place_where_we_are_is_marked_and_is_no_link():
    page = drawn("{% crumbs places %}", places=[Place("County", "/c"), Place("Grid", "/g", here=True)])
    assert 'href="/c"' in page
    assert 'href="/g"' not in page
    assert 'aria-current="location"' in page


def test_the_bar_under_the_thumb_holds_no_more_than_five():
    places = [Place(f"P{n}", "#", "list") for n in range(7)]
    assert drawn("{% bottom_bar places %}", places=places).count("<li>") == 5
    assert drawn("{% rail places %}", places=places).count("<li>") == 7


def test_a_figure_can_be_found_by_the_script_that_keeps_it_fresh():
    assert 'data-figure="open"' in drawn("{% figures boxes %}", boxes=[Figure("Open", 3, name="open")])


def test_a_map_without_a_list_offers_none_and_one_on_request_waits():
    with_list = drawn('{% mapframe "m" "Map" layers=layers %}<p>01</p>{% endmapframe %}', layers={"roads": "/r.json"})
    assert 'data-roads="/r.json"' in with_list
    assert 'data-list="m"' in with_list
    assert "OpenStreetMap" in with_list
    waiting = drawn('{% mapframe "m" "Map" on_request=True %}{% endmapframe %}')
    assert "data-list" not in waiting
    assert "data-on-request hidden" in waiting


def test_no_part_carries_a_script_or_a_style_of_its_own():
    """The content security policy would stop it, and the reader would see half a page."""
    from doorstep.core.text import locale_folder

    # The page that checks a proof is kept as one file and used without us: its policy names what it carries.
    alone = {"proofs/check.html"}
    for page in locale_folder.parent.rglob("templates/**/*.html"):
        if "/".join(page.parts[-2:]) in alone:
            continue
        written = page.read_text(encoding="utf-8")
        assert " style=" not in written, page
        assert "<style" not in written, page
        assert "<script>" not in written, page
        assert " onclick=" not in written, page
