"""Requests of strangers and partners: sent, listed as far as they are everybody's, and found again."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import quote_from_bytes
from xml.etree import ElementTree

import pytest
from tests.fronts.open311.conftest import HERE, LIGHT
from tests.town import LAT, LON, SQUARE_DEG

from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case, Contact, Said
from doorstep.cases.queries import catalogue
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock
from doorstep.fronts import limits


def case_of(number):
    with acting_as(WORKER):
        return Case.objects.get(number=number)


def words_of(case):
    with acting_as(WORKER):
        return list(Said.objects.filter(case=case.pk).order_by("seq").values_list("words", flat=True))


def private_item():
    return next(item.id for item in catalogue().offered.values() if not item.public and not item.questions)


# Sending --------------------------------------------------------------------------------------------------------------


def test_a_request_becomes_a_case_and_is_answered_with_200(stranger):
    answer = stranger.post("v2/requests.json", {
        **LIGHT, "email": "ava@example.org", "phone": "13800000000", "first_name": "芳", "last_name": "王",
        "attribute[count]": "one", "attribute[number]": "G12",
    })  # fmt: skip
    (told,) = answer.json()
    assert answer.status_code == 200
    assert told["service_request_id"] and "token" not in told and told["account_id"] is None
    assert "/c/" in told["service_notice"]
    case = case_of(told["service_request_id"])
    assert (case.item, case.source) == ("street-light", "resident")
    assert words_of(case)[0] == LIGHT["description"]
    assert "G12" in words_of(case)[1]
    with acting_as(WORKER):
        assert Contact.objects.get(case=case.pk).name == "王芳"


def test_a_request_is_answered_in_xml_too(stranger):
    answer = stranger.post("v2/requests.xml", LIGHT)
    read = ElementTree.fromstring(answer.content)
    assert (answer.status_code, read.tag) == (200, "service_requests")
    assert case_of(read.findtext("request/service_request_id")).item == "street-light"


def test_a_private_matter_gets_a_token_by_which_its_sender_alone_finds_it(stranger):
    (told,) = stranger.post("v2/requests.json", {**LIGHT, "service_code": private_item()}).json()
    assert "service_request_id" not in told
    (known,) = stranger.get(f"v2/tokens/{told['token']}.json").json()
    assert known["token"] == told["token"]
    number = known["service_request_id"]
    assert stranger.get(f"v2/requests/{number}.json").status_code == 404
    assert stranger.get("v2/requests.json").json() == []
    assert stranger.get("v2/requests.json", service_request_id=number).json() == []
    (held,) = stranger.get(f"v2/requests/{told['token']}.json").json()
    assert held["service_request_id"] == number


def test_a_request_without_words_says_what_its_service_is(stranger):
    (told,) = stranger.post("v2/requests.json", {**LIGHT, "description": ""}).json()
    assert words_of(case_of(told["service_request_id"])) == ["Street light out"]


def test_the_place_may_be_a_door_a_community_or_words(stranger, town):
    for place in ({"address_id": "DOOR0001"}, {"address_id": "321102001001"}, {"address_string": "长江路 12 号"}):
        answer = stranger.post("v2/requests.json", {"service_code": "street-light", **place})
        case = case_of(answer.json()[0]["service_request_id"])
        assert (case.door_id == town.door) == (place.get("address_id") == "DOOR0001")
        assert case.community_id == (town.community if "address_id" in place else None)
        assert case.place_words == place.get("address_string", "")


def test_a_form_in_gb18030_that_says_so_is_read_and_one_that_does_not_is_refused(stranger):
    words = quote_from_bytes("路灯不亮".encode("gb18030"))
    body = f"service_code=street-light&address_string=x&description={words}".encode()
    answer = stranger.raw("v2/requests.json", body, "application/x-www-form-urlencoded; charset=gb18030")
    assert words_of(case_of(answer.json()[0]["service_request_id"])) == ["路灯不亮"]
    for raw in (body, b"service_code=street-light&description=" + "路灯".encode("gb18030")):
        refused = stranger.raw("v2/requests.json", raw)
        assert refused.status_code == 400
        assert "charset" in refused.json()[0]["description"]


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "raw_unicode_escape"])
@pytest.mark.parametrize("field", ["description", "address_string", "first_name", "attribute[number]"])
def test_half_a_character_is_refused_as_no_text_of_that_charset(stranger, charset, field):
    half = b"+2AA-".replace(b"+", b"%2B") if charset == "utf-7" else rb"\ud800"
    body = b"service_code=street-light&address_string=x&" + field.encode() + b"=a" + half + b"b"
    refused = stranger.raw("v2/requests.json", body, f"application/x-www-form-urlencoded; charset={charset}")
    assert refused.status_code == 400
    assert "charset" in refused.json()[0]["description"]


def test_half_a_character_in_a_part_of_a_form_is_refused_too(stranger):
    parts = (("service_code", "street-light"), ("address_string", "x"), ("description", "a+2AA-b"))
    body = "".join(f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n' for name, said in parts)
    refused = stranger.raw(
        "v2/requests.json", f"{body}--x--\r\n".encode(), "multipart/form-data; boundary=x; charset=utf-7"
    )
    assert refused.status_code == 400


@pytest.mark.parametrize(
    ("sent", "status", "names"),
    [
        ({}, 400, "service_code"),
        ({"service_code": "street-light"}, 400, "lat"),
        ({"service_code": "no-such-thing", **HERE}, 404, "service_code"),
        ({"service_code": "street-light", "lat": "32.2"}, 400, "long"),
        ({"service_code": "street-light", "long": "119.4"}, 400, "lat"),
        ({"service_code": "street-light", "lat": "north", "long": "east"}, 400, "lat"),
        ({"service_code": "street-light", "lat": "nan", "long": "1"}, 400, "lat"),
        ({"service_code": "street-light", "lat": "91", "long": "1"}, 400, "lat"),
        ({**LIGHT, "attribute[count]": "seven"}, 400, "count"),
        ({**LIGHT, "attribute[nonsense]": "1"}, 400, "nonsense"),
        ({**LIGHT, "attribute[count]": ["one", "several"]}, 400, "count"),
        ({**LIGHT, "attribute[[count]": "one"}, 400, "attribute"),
        ({**LIGHT, "email": "nobody"}, 400, "email"),
        ({**LIGHT, "phone": "call me"}, 400, "phone"),
        ({**LIGHT, "description": "很" * 2001}, 400, "description"),
        ({**LIGHT, "address_id": "321102001999"}, 400, "address_id"),
        ({**LIGHT, "jurisdiction_id": "999999"}, 404, "jurisdiction_id"),
        ({**LIGHT, "api_key": "doorstep-partner-guessed"}, 403, "api_key"),
        ({**LIGHT, "media_url": "http://169.254.169.254/latest/meta-data/"}, 400, "media_url"),
        ({**LIGHT, "media_url": "http://127.0.0.1:5432/"}, 400, "media_url"),
        ({**LIGHT, "media_url": "file:///etc/passwd"}, 400, "media_url"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_name_and_writes_nothing(stranger, sent, status, names):
    answer = stranger.post("v2/requests.json", sent)
    assert answer.status_code == status
    (error,) = answer.json()
    assert error["code"] == status and names in error["description"]
    with acting_as(WORKER):
        assert not Case.objects.exists()


def test_a_thousand_attributes_and_a_form_without_end_are_refused(stranger):
    many = "&".join(f"attribute[a{n}]=1" for n in range(1000)).encode()
    answer = stranger.raw("v2/requests.json", b"service_code=street-light&" + many)
    assert (answer.status_code, "200" in answer.json()[0]["description"]) == (400, True)
    long = stranger.raw("v2/requests.json", b"service_code=street-light&description=" + b"x" * 30_000)
    assert long.status_code == 400
    assert stranger.raw("v2/requests.json", b"x" * (13 * 1024 * 1024)).status_code == 413
    assert stranger.raw("v2/requests.json", b"{}", "application/json").status_code == 400


def test_many_requests_from_one_address_are_counted_like_reports(stranger, monkeypatch):
    monkeypatch.setattr(limits, "_addresses", limits.Allowance(2))
    answers = [stranger.post("v2/requests.json", LIGHT) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0 and answers[-1].json()[0]["code"] == 429


def test_where_the_operator_wishes_it_only_partners_may_send(stranger, partner, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "OPEN311_NEEDS_KEY", True)
    assert stranger.post("v2/requests.json", LIGHT).status_code == 403
    assert stranger.get("v2/requests.json").status_code == 200
    assert partner().post("v2/requests.json", LIGHT).status_code == 200


def test_a_request_sent_twice_with_one_key_is_one_case(stranger):
    key = {"Idempotency-Key": "the-same-key-however-often-it-comes"}
    sent = [
        stranger.client.post("/open311/v2/requests.json", {**LIGHT, "attribute[count]": "one"}, headers=key).json()[0]
        for _ in range(2)
    ]
    assert sent[0]["service_request_id"] == sent[1]["service_request_id"]
    assert len(words_of(case_of(sent[0]["service_request_id"]))) == 2


# A partner's ----------------------------------------------------------------------------------------------------------


def test_a_partner_sends_for_its_own_area_and_finds_its_private_ones_by_number(partner, town):
    other = partner()
    (told,) = other.post("v2/requests.json", {**LIGHT, "service_code": private_item()}).json()
    case = case_of(told["service_request_id"])
    assert (case.source, case.community_id) == ("hotline-12345", town.community)
    (found,) = other.get(f"v2/requests/{case.number}.json").json()
    assert found["service_request_id"] == case.number
    assert partner("third-city").get(f"v2/requests/{case.number}.json").status_code == 404


def test_a_partner_sends_one_of_its_own_numbers_once(partner):
    other = partner()
    sent = [other.post("v2/requests.json", {**LIGHT, "external_id": "A-1"}) for _ in range(2)]
    assert len({each.json()[0]["service_request_id"] for each in sent}) == 1
    changed = other.post("v2/requests.json", {**LIGHT, "external_id": "A-1", "description": "另一件事"})
    assert changed.status_code == 409


def test_a_partner_cannot_send_into_anothers_area(partner):
    refused = partner().post("v2/requests.json", {**LIGHT, "jurisdiction_id": "321102001002"})
    assert refused.status_code == 400 and "321102001002" in refused.json()[0]["description"]


# Listing --------------------------------------------------------------------------------------------------------------


def test_the_list_says_what_and_where_in_general_and_nothing_of_anybody(stranger, reported):
    case = reported()
    answer = stranger.get("v2/requests.json")
    (row,) = answer.json()
    assert row["service_request_id"] == case.number
    assert (row["status"], row["service_code"], row["service_name"]) == ("open", "street-light", "Street light out")
    assert row["address_id"] == "32110200100100101"
    assert (row["lat"], row["long"]) != (case.lat, case.lon) or row["lat"] == round(LAT - SQUARE_DEG / 2, 5)
    assert row["requested_datetime"].endswith("+00:00")
    assert "王阿姨" not in answer.content.decode() and row["media_url"] is None


def test_cases_of_one_micro_grid_are_shown_at_one_point_wherever_in_it_they_lie(stranger, reported, town):
    from doorstep.cases.actions.report import Place, Report, report

    for share in (0.1, 0.9):
        place = Place(LON + SQUARE_DEG * share, LAT - SQUARE_DEG * share, community=town.community)
        report(Report("路灯不亮", place, item="street-light"), at=clock.now())
    advance(at=clock.now())
    rows = stranger.get("v2/requests.json").json()
    assert len(rows) == 2 and len({(row["lat"], row["long"]) for row in rows}) == 1


def test_json_and_xml_say_the_same(stranger, reported):
    reported()
    (row,) = stranger.get("v2/requests.json").json()
    (request,) = ElementTree.fromstring(stranger.get("v2/requests.xml").content)
    plain = {key: None if value is None else str(value) for key, value in row.items()}
    assert {each.tag: each.text for each in request} == plain


def test_private_sensitive_and_complaints_are_never_listed(stranger, reported):
    for item in catalogue().offered.values():
        if not item.public or item.sensitivity != "ordinary":
            break
    hidden = [reported(item.id), reported()]
    with acting_as(WORKER):
        Case.objects.filter(pk=hidden[1].pk).update(kept_from=1)
    assert stranger.get("v2/requests.json").json() == []
    for case in hidden:
        assert stranger.get(f"v2/requests/{case.number}.json").status_code == 404
        assert stranger.get("v2/servicerequestupdates.json", service_request_id=case.number).status_code == 404
    assert stranger.get("v2/servicerequestupdates.json").json() == []


def test_a_case_that_turns_out_to_be_private_leaves_the_list(stranger, reported):
    case = reported()
    with acting_as(WORKER):
        Case.objects.filter(pk=case.pk).update(item=private_item())
    assert stranger.get("v2/requests.json").json() == []


def test_the_list_is_filtered_by_service_status_number_time_and_jurisdiction(stranger, reported):
    light, cover = reported(), reported("manhole-cover", "井盖没了")

    def numbers(**asked):
        return {row["service_request_id"] for row in stranger.get("v2/requests.json", **asked).json()}

    assert numbers() == {light.number, cover.number}
    assert numbers(service_code="street-light") == {light.number}
    assert numbers(service_code="street-light,manhole-cover") == {light.number, cover.number}
    assert numbers(service_code=private_item()) == set()
    assert numbers(status="open") == {light.number, cover.number}
    assert numbers(status="closed") == set()
    assert numbers(status="open,closed") == {light.number, cover.number}
    assert numbers(service_request_id=light.number, status="closed") == {light.number}
    assert numbers(jurisdiction_id="321102001001") == {light.number, cover.number}
    assert numbers(jurisdiction_id="321102001002") == set()
    later = (clock.now() + timedelta(days=1)).isoformat()
    assert numbers(start_date=later) == set()
    assert numbers(end_date=later) == {light.number, cover.number}


def test_what_is_older_than_ninety_days_is_asked_for_by_its_dates(stranger, reported):
    old = reported(at=clock.now() - timedelta(days=200))
    assert stranger.get("v2/requests.json").json() == []
    since = (clock.now() - timedelta(days=210)).isoformat()
    until = (clock.now() - timedelta(days=190)).isoformat()
    (row,) = stranger.get("v2/requests.json", start_date=since, end_date=until).json()
    assert row["service_request_id"] == old.number
    (again,) = stranger.get("v2/requests.json", start_date=since).json()
    assert again == row


def test_near_a_point_by_the_places_that_are_shown(stranger, reported):
    here, far = reported(), reported(nth=1)
    (spot,) = stranger.get("v2/requests.json", service_request_id=here.number).json()
    near = {"lat": spot["lat"], "long": spot["long"]}

    def numbers(radius):
        return [row["service_request_id"] for row in stranger.get("v2/requests.json", **near, radius=radius).json()]

    assert numbers(50) == [here.number]
    assert set(numbers(1000)) == {here.number, far.number}
    assert stranger.get("v2/requests.json", lat="0", long="0").json() == []


def test_pages_follow_each_other_without_gap_or_repeat(stranger, reported):
    cases = [reported(at=clock.now() - timedelta(minutes=n)) for n in range(5)]
    pages = [stranger.get("v2/requests.json", page=n, page_size=2).json() for n in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [row["service_request_id"] for page in pages for row in page] == [case.number for case in cases]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"start_date": "yesterday"}, "start_date"),
        ({"end_date": "2026-13-01T00:00:00Z"}, "end_date"),
        ({"start_date": "0001-01-01T00:00:00+14:00"}, "start_date"),
        ({"start_date": "2026-03-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, "start_date"),
        ({"start_date": "2025-01-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, "90"),
        ({"status": "half-open"}, "half-open"),
        ({"page": "0"}, "page"),
        ({"page": "1e9"}, "page"),
        ({"page": "1.5"}, "page"),
        ({"page_size": "1001"}, "page_size"),
        ({"page_size": "many"}, "page_size"),
        ({"lat": "32.2"}, "long"),
        ({"long": "119.4", "radius": "10"}, "lat"),
        ({"lat": "32.2", "long": "119.4", "radius": "-1"}, "radius"),
        ({"lat": "32.2", "long": "119.4", "radius": "1e12"}, "radius"),
        ({"service_request_id": ",".join(f"261122-{n:06}-00" for n in range(1001))}, "1,000"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_its_name(stranger, asked, names):
    answer = stranger.get("v2/requests.json", **asked)
    assert answer.status_code == 400
    assert answer.json()[0]["code"] == 400 and names.replace(",", "") in answer.json()[0]["description"].replace(
        ",", ""
    )


def test_ten_thousand_numbers_and_an_address_of_a_thousand_arguments_are_refused(stranger):
    answer = stranger.get("v2/requests.json", service_request_id=",".join(f"1-{n}" for n in range(10_000)))
    assert answer.status_code == 400
    answer = stranger.client.get("/open311/v2/requests.json?" + "&".join(f"a{n}=1" for n in range(1000)))
    assert answer.status_code == 400 and isinstance(answer.json(), list)


@pytest.mark.parametrize("name", ["nothing", "261122-000001-00", "1.2:forged", "%00", "../../etc/passwd", "a" * 3000])
def test_a_number_or_token_that_nobody_has_is_not_found(stranger, name):
    for path in ("v2/requests/", "v2/tokens/"):
        answer = stranger.get(f"{path}{name}.json")
        assert answer.status_code == 404
        assert json.loads(answer.content)[0]["code"] == 404


def test_wrong_tokens_are_counted_so_that_nobody_tries_them_all(stranger, monkeypatch):
    monkeypatch.setattr(limits, "_wrong_links", limits.Allowance(3))
    answers = [stranger.get(f"v2/tokens/{n}.json").status_code for n in range(5)]
    assert answers == [404, 404, 404, 429, 429]
