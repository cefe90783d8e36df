"""Nobody learns more than their work asks: contacts for a purpose, places in steps, lists with another's yes, and
complaints kept from whom they are about; those with no business there are turned away."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_after_the_end import post
from tests.journeys.test_story import AT_HOME, report

pytestmark = pytest.mark.journey

PHONE_NUMBER = "13855556666"


@pytest.fixture
def open_screen(open_context):
    """`open_screen("phone")`: another person's browser."""
    return lambda size: open_context(**{"phone": PHONE, "desktop": DESKTOP}[size])


@pytest.fixture
def told(open_context, site):
    """Ava's page, with the number and the link of a case with her number."""
    ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
    number, link = report(ava, "楼道里堆满了杂物，走路都困难", pin=True, phone=PHONE_NUMBER)
    site.wait_for(number, "dispatched")
    return ava, number, link


def test_dana_opens_the_contact_for_a_purpose_and_ava_reads_who_and_why(told, open_screen, enter, site):
    ava, number, link = told
    dana = enter(open_screen("desktop"), "dana")
    dana.goto(f"/desk/cases/{number}/")
    assert PHONE_NUMBER not in dana.content()
    # Without a purpose nothing opens; another community's desk and an administrator find nothing at all.
    assert post(dana, f"/desk/cases/{number}/contact/", purpose="", because="看看") == 200
    other, system = (enter(open_screen("desktop"), who) for who in ("other_desk", "system"))
    other.goto("/desk/")
    system.goto("/staff/accounts/")
    assert post(other, f"/desk/cases/{number}/contact/", purpose="visit", because="上门看看") == 404
    assert post(system, f"/desk/cases/{number}/contact/", purpose="visit", because="上门看看") == 403
    assert (
        site.rows("SELECT 1 FROM cases_reveal r JOIN cases_case c ON c.id = r.case_id WHERE number = %s", number) == []
    )
    dana.goto(f"/desk/cases/{number}/")
    dana.click("#contact summary")
    dana.select_option("#contact [name=purpose]", "visit")
    dana.fill("#contact [name=because]", "约时间上门查看")
    dana.click("#contact form button")
    dana.wait_for_selector(f"#contact a[href='tel:{PHONE_NUMBER}']")
    ava.goto(link)
    ava.click("#own a.button")
    seen = ava.inner_text("main")
    assert "约时间上门查看" in seen and "示例community_desk" in seen and "示例dana" not in seen


def test_ava_takes_her_copy_and_erases_the_rest_and_the_proof_outlives_the_words(told, open_screen, enter, site):
    ava, number, link = told
    ava.goto(f"{link}own/")
    copy = json.loads(ava.request.get(f"{link}own.json").text())
    assert copy["contact"]["phone"] == PHONE_NUMBER and copy["life"][0]["salt"]
    ava.click("form[action$='/own/erase/'] button")
    assert site.rows("SELECT 1 FROM cases_contact k JOIN cases_case c ON c.id = k.case_id WHERE number = %s", number)
    ava.check("form[action$='/own/erase/'] [name=sure]")
    ava.click("form[action$='/own/erase/'] button")
    assert (
        site.rows("SELECT 1 FROM cases_contact k JOIN cases_case c ON c.id = k.case_id WHERE number = %s", number) == []
    )
    kept = site.rows(
        "SELECT encode(e.said_hash, 'hex') AS hash FROM cases_event e JOIN cases_case c ON c.id = e.case_id"
        " WHERE number = %s AND e.seq = 1",
        number,
    )
    assert kept[0]["hash"] == copy["life"][0]["words_hash"]
    # A link to one case opens no other.
    token = link.rstrip("/").rsplit("/", 1)[-1]
    assert ava.request.get(f"/c/{token[:-4]}AAAA/own/").status == 404


def test_a_list_leaves_the_house_with_another_persons_yes_and_its_mark(told, open_screen, enter, site):
    _, number, _ = told
    dana = enter(open_screen("desktop"), "dana", "/desk/exports/ask/?tab=all")
    dana.fill("[name=because]", "报区里核对本周办理情况")
    dana.click("main form button")
    asked = site.rows("SELECT id FROM cases_export ORDER BY id DESC LIMIT 1")[0]["id"]
    assert dana.request.get(f"/desk/exports/{asked}/file/").status in (403, 409)
    # Nobody says yes to themselves, and whoever has no desk is turned away.
    assert post(dana, f"/desk/exports/{asked}/decide/", decision="approved") in (200, 403, 409)
    chen = enter(open_screen("phone"), "chen")
    assert chen.request.get("/desk/exports/").status == 403
    assert site.rows("SELECT decision FROM cases_export WHERE id = %s", asked)[0]["decision"] == ""
    office = enter(open_screen("desktop"), "subdistrict", "/desk/exports/")
    assert post(office, f"/desk/exports/{asked}/decide/", decision="approved") in (302, 303)
    assert office.request.get(f"/desk/exports/{asked}/file/").status in (403, 409), "it is for whoever asked"
    file = dana.request.get(f"/desk/exports/{asked}/file/").body().decode("utf-8-sig")
    assert "报区里核对本周办理情况" in file.splitlines()[0] and PHONE_NUMBER not in file
    assert any(number in row for row in csv.reader(io.StringIO(file)) for row in row)


def test_a_private_place_is_shown_in_steps(open_context, open_screen, enter, site):
    ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
    number, link = report(ava, "隔壁夫妻吵架，家里摔东西", pin=True, phone=PHONE_NUMBER)
    site.wait_for(number, "dispatched")
    site.rows(
        "UPDATE cases_case SET item = 'family-dispute', urgency = 'ordinary', place_words = '三单元 402',"
        " holder_unit_id = %s WHERE number = %s RETURNING id",
        site.town.units["water"],
        number,
    )
    for who, sees in (("dana", "第1网格"), ("subdistrict", "示例1社区"), ("command", "示例1社区")):
        page = enter(open_screen("desktop"), who)
        page.goto(f"/desk/cases/{number}/")
        shown = page.inner_text("main")
        assert sees in page.inner_text("body") and "402" not in shown and "只显示到大致范围" in shown
        assert page.request.get(f"/desk/map/{number}/place.geojson").status == 404
        page.goto("/desk/?tab=all")
        assert "402" not in page.inner_text("main")
    dana = enter(open_screen("desktop"), "dana")
    dana.goto(f"/desk/cases/{number}/")
    dana.click("#contact summary")
    dana.select_option("#contact [name=purpose]", "visit")
    dana.fill("#contact [name=because]", "上门调解需要门牌")
    dana.click("#contact form button")
    dana.wait_for_selector("#contact dl")
    assert "三单元 402" in dana.inner_text("#contact")
    ava.goto(f"{link}own/")
    assert "上门调解需要门牌" in ava.inner_text("main")


def test_a_complaint_about_the_community_is_kept_from_it(open_screen, enter, site):
    ava = open_screen("phone").new_page()
    ava.goto("/complaints/?from=resident-home")
    ava.check("[name=item][value=staff-complaint]")
    ava.select_option("[name=concerns]", "community")
    ava.select_option("[name=community]", str(site.town.community))
    ava.fill("[name=words]", "去了三次都没人理，态度很差")
    ava.click("main form button.first")
    number = ava.inner_text(".case-number").strip()
    site.wait_for(number, "dispatched")
    for who in ("dana", "chen"):
        page = enter(open_screen("desktop"), who)
        assert page.goto(f"/desk/cases/{number}/").status == 404
        if who == "dana":
            page.goto(f"/desk/?tab=all&q={number}")
            assert number not in page.inner_text("#list")
            assert post(page, f"/desk/cases/{number}/close/", outcome="explained", words="没有这回事，不用管。") == 404
    office = enter(open_screen("desktop"), "subdistrict")
    assert office.goto(f"/desk/cases/{number}/").status == 200
    assert site.case(number)["holder_unit_id"] == site.town.units["subdistrict_office"]
    # Nobody gives it back to whom it is about.
    office.goto(f"/desk/cases/{number}/")
    assert office.locator(f"[name=unit][value='{site.town.units['community_desk']}']").count() == 0
    refused = post(office, f"/desk/cases/{number}/dispatch/", unit=str(site.town.units["community_desk"]), words="")
    assert refused == 200 and site.case(number)["holder_unit_id"] == site.town.units["subdistrict_office"]
