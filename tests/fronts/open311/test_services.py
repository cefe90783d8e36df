"""What another city's program finds first: where the interface is, and what can be asked for."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from doorstep.cases.queries import catalogue


def test_discovery_names_the_endpoint_the_forms_and_whom_to_ask_in_both_languages(stranger):
    told = stranger.get("discovery.json").json()
    assert told["endpoints"][0]["url"].endswith("/open311/v2")
    assert told["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    assert "问题" in told["contact"] and "Questions" in told["contact"]
    read = ElementTree.fromstring(stranger.get("discovery.xml").content)
    assert read.findtext("endpoints/endpoint/specification") == "http://wiki.open311.org/GeoReport_v2"


def test_every_item_on_offer_is_a_service(stranger):
    services = stranger.get("v2/services.json").json()
    assert {each["service_code"] for each in services} == set(catalogue().offered)
    light = next(each for each in services if each["service_code"] == "street-light")
    assert light["service_name"] == "Street light out"
    assert light["metadata"] is True and light["type"] == "realtime" and light["group"]
    assert "street lamp" in light["keywords"].split(",")


def test_a_service_whose_cases_are_nobody_elses_matter_gives_a_token(stranger):
    kinds = {each["service_code"]: each["type"] for each in stranger.get("v2/services.json").json()}
    private = [item.id for item in catalogue().offered.values() if not item.public]
    assert private and all(kinds[each] == "batch" for each in private)


def test_services_are_told_in_the_language_that_is_asked_for(stranger):
    stranger.lang = "zh"
    names = {each["service_code"]: each["service_name"] for each in stranger.get("v2/services.json").json()}
    assert names["street-light"] == "路灯不亮"
    english = stranger.get("v2/services.json", lang="en").json()
    assert "Street light out" in {each["service_name"] for each in english}


def test_the_definition_asks_the_items_questions_in_their_order(stranger):
    told = stranger.get("v2/services/street-light.json").json()
    count, number = told["attributes"]
    assert (count["code"], count["datatype"], count["order"], count["variable"]) == (
        "count",
        "singlevaluelist",
        1,
        True,
    )
    assert {"key": "one", "name": "One"} in count["values"]
    assert (number["code"], number["datatype"], number["required"]) == ("number", "string", False)
    assert "How many lights are out?" in number["datatype_description"]
    read = ElementTree.fromstring(stranger.get("v2/services/street-light.xml").content)
    assert [each.text for each in read.findall("attributes/attribute/code")] == ["count", "number"]


def test_every_question_of_the_catalogue_can_be_told(stranger):
    for item in catalogue().offered.values():
        told = stranger.get(f"v2/services/{item.id}.json").json()
        assert [each["code"] for each in told["attributes"]] == [each.id for each in item.questions]
        assert [each["order"] for each in told["attributes"]] == list(range(1, len(item.questions) + 1))


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("v2/services", "application/json", "application/json"),
        ("v2/services", "text/xml", "text/xml"),
        ("v2/services", "application/xml;q=0.9", "text/xml"),
        ("v2/services", "*/*", "application/json"),
        ("v2/services.xml", "application/json", "text/xml"),
        ("v2/services.json", "text/xml", "application/json"),
    ],
)
def test_the_ending_says_the_form_and_without_one_the_header(stranger, path, accept, kind):
    answer = stranger.get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_a_form_that_nobody_speaks_is_refused(stranger):
    answer = stranger.get("v2/services", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.json()[0]["code"] == 406


@pytest.mark.parametrize(
    "path",
    [
        "v2/services/no-such-thing.json",
        "v2/services/%00.json",
        "v2/nothing.json",
        "v3/services.json",
        "v2/services.csv",
    ],
)
def test_what_is_not_there_is_told_in_the_standards_words(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert answer.json()[0]["code"] == 404 and answer.json()[0]["description"]


def test_errors_are_xml_where_xml_was_asked_for(stranger):
    answer = stranger.get("v2/services/no-such-thing.xml")
    read = ElementTree.fromstring(answer.content)
    assert (answer.status_code, read.tag, read.findtext("error/code")) == (404, "errors", "404")


@pytest.mark.parametrize("code", ["999999", "321102001001001", "32110200100101", "nowhere", "' OR 1=1"])
def test_a_jurisdiction_that_does_not_exist_is_refused(stranger, code):
    answer = stranger.get("v2/services.json", jurisdiction_id=code)
    assert answer.status_code == 404
    assert "jurisdiction_id" in answer.json()[0]["description"]


@pytest.mark.parametrize("code", ["321102", "321102001", "321102001001", ""])
def test_a_county_a_subdistrict_and_a_community_are_jurisdictions_and_an_empty_one_is_none(stranger, code):
    assert stranger.get("v2/services.json", jurisdiction_id=code).status_code == 200


def test_other_methods_are_refused_with_those_that_are_allowed(stranger):
    answer = stranger.client.put("/open311/v2/requests.json")
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET, HEAD, POST"
    assert answer.json()[0]["code"] == 405
