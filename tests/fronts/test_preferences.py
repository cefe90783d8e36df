"""Each reader chooses language, size and light once, and every page keeps to it."""

import pytest
from django.test import Client

from doorstep.fronts.preferences import Preferred, preferred


def test_whoever_chose_nothing_reads_chinese_in_the_light_of_her_device():
    assert preferred({}) == Preferred(lang="zh", elder=False, theme="auto")


def test_a_cookie_that_says_nonsense_counts_as_not_chosen():
    assert preferred({"lang": "<script>", "elder": "yes", "theme": "../"}) == preferred({})


def test_a_choice_comes_back_with_every_page():
    ava = Client()
    answer = ava.post("/preferences/", {"lang": "en", "next": "/design/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/design/")
    page = ava.get("/design/").content.decode()
    assert '<html lang="en"' in page
    assert "Larger text" in page


def test_one_choice_leaves_the_others_as_they_were():
    ava = Client()
    ava.post("/preferences/", {"elder": "on"})
    ava.post("/preferences/", {"theme": "dark"})
    page = ava.get("/design/").content.decode()
    assert "data-elder" in page
    assert 'id="dark" media="all"' in page


def test_the_light_theme_holds_even_on_a_dark_device():
    ava = Client()
    ava.post("/preferences/", {"theme": "light"})
    assert 'id="dark" media="not all"' in ava.get("/design/").content.decode()


@pytest.mark.parametrize(
    "forged",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "design/",
        "",
    ],
)
def test_nobody_is_led_to_another_site(forged):
    assert Client().post("/preferences/", {"lang": "en", "next": forged}).headers["Location"] == "/"


def test_a_choice_that_is_not_on_offer_is_not_kept():
    answer = Client().post("/preferences/", {"lang": "fr", "elder": "on\r\nSet-Cookie: x=1"})
    assert not answer.cookies


def test_a_form_from_another_site_changes_nothing():
    assert Client(enforce_csrf_checks=True).post("/preferences/", {"lang": "en"}).status_code == 403


def test_looking_at_the_address_changes_nothing():
    assert Client().get("/preferences/").status_code == 405
