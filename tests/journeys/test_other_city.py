"""Another city's engineer connects an afternoon's program: a key from the desk, reports, answers, areas on a map.

The programs are those of others: georeport, GDAL, owslib, schemathesis; they call the running house.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
import yaml
from georeport import GeoReport
from hypothesis import HealthCheck, Phase, given, settings
from owslib.ogcapi.features import Features
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.town import LAT, LON, SQUARE_DEG

HERE = {"lat": str(LAT - SQUARE_DEG / 2), "long": str(LON + SQUARE_DEG / 2)}
GEOREPORT = Path(__file__).parents[2] / "tests" / "fronts" / "open311" / "georeport-v2.yaml"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

pytestmark = pytest.mark.journey


def called(address: str, sent: dict[str, str] | None = None) -> tuple[int, Any]:
    """What the house answers, refused or not."""
    body = urlencode(sent).encode() if sent else None
    try:
        with urllib.request.urlopen(address, body, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


# The story ------------------------------------------------------------------------------------------------------------


def test_a_partner_reports_the_desk_answers_and_the_partner_reads_the_answer(desktop, enter, site):
    page = enter(desktop, "dana", "/desk/exchange/")
    page.click("#partners details summary")
    page.fill("#field-name", "other-city")
    page.click("#partners details form button")
    key = next(each for each in page.locator("dd.code").all_inner_texts() if each.startswith("doorstep-partner-"))

    base = f"{site.address}/open311/v2"
    service = called(f"{base}/services/stairwell-rubbish.json")[1]
    assert service["service_code"] == "stairwell-rubbish"
    sent = {"service_code": "stairwell-rubbish", "description": "楼道里堆满了旧家具", **HERE}
    status, refused = called(f"{base}/requests.json", {**sent, "api_key": "doorstep-partner-guessed"})
    assert (status, refused[0]["code"]) == (403, 403)
    status, told = called(f"{base}/requests.json", {**sent, "api_key": key})
    number = told[0]["service_request_id"]
    assert status == 200
    site.wait_for(number, "dispatched")

    # In a full house it may stand on a later page.
    page.goto(f"/desk/?q={number}")
    assert number in page.inner_text("main")
    page.goto(f"/desk/cases/{number}/")
    page.click("#move-note summary")
    page.fill("#move-note [name=words]", "明天上午去清走")
    page.check("#move-note [name=for_reporter]")
    page.click("#move-note form button")
    updates = called(f"{base}/servicerequestupdates.json?{urlencode({'api_key': key})}")[1]
    assert "明天上午去清走" in [each["description"] for each in updates]
    status, _ = called(f"{base}/servicerequestupdates.json?{urlencode({'api_key': key + 'x'})}")
    assert status == 403

    comment = {"service_request_id": number, "description": "门口也堆了一些", "update_id": "their-1", "api_key": key}
    assert called(f"{base}/servicerequestupdates.json", comment)[0] == 200
    page.reload()
    assert "门口也堆了一些" in page.inner_text("main")
    page.goto("/desk/exchange/")
    page.click("form[action$='/end'] button")
    assert called(f"{base}/requests.json", {**sent, "api_key": key})[0] == 403


# Programs of others ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def listed(site: Any) -> str:
    """A public request in the house."""
    sent = {"service_code": "street-light", "description": "路灯不亮", "attribute[count]": "one", **HERE}
    number: str = called(f"{site.address}/open311/v2/requests.json", sent)[1][0]["service_request_id"]
    site.wait_for(number, "dispatched")
    return number


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_services_definitions_and_requests(site, listed, form):
    client = GeoReport(f"{site.address}/open311/v2", output_format=form)
    services = client.get_service_list()
    assert "street-light" in {each["service_code"] for each in services}
    definition = client.get_service_definition("street-light")
    assert definition["service_code"] == "street-light" and definition["attributes"]
    found = client.get_service_requests(service_request_id=listed)
    one = found[0] if isinstance(found, list) else found
    assert (one["service_request_id"], one["status"]) == (listed, "open")
    assert client.get_service_request(listed)["service_code"] == "street-light"


def test_gdal_reads_areas_and_cases(site, listed):
    import pyogrio

    source = f"OAPIF:{site.address}/features"
    layers = {name for name, _ in pyogrio.list_layers(source)}
    assert {"microgrid", "grid", "cases"} <= layers
    _, _, shapes, fields = pyogrio.raw.read(source, layer="microgrid", columns=["code"])
    codes = [row["code"] for row in site.rows("SELECT code FROM areas_area WHERE level = 'microgrid' ORDER BY code")]
    assert set(fields[0]) <= set(codes) and len(fields[0]) >= 4 and all(shape is not None for shape in shapes)
    west, north = LON, LAT
    _, _, _, near = pyogrio.raw.read(
        source, layer="microgrid", columns=["code"],
        bbox=(west + 0.0005, north - 0.0015, west + 0.0015, north - 0.0005),
    )  # fmt: skip
    assert list(near[0]) == ["32110200100100101"]
    _, _, _, numbers = pyogrio.raw.read(source, layer="cases", columns=["number"])
    assert listed in set(numbers[0])


def test_owslib_reads_the_landing_page_collections_and_features(site, listed):
    client = Features(f"{site.address}/features/")
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in client.conformance()["conformsTo"]
    assert set(client.feature_collections()) >= {"microgrid", "cases"}
    assert client.api()["openapi"].startswith("3.0")
    page = client.collection_items("microgrid", limit=2)
    assert page["numberReturned"] == 2 and page["numberMatched"] >= 4
    assert client.collection_item("microgrid", "32110200100100101")["id"] == "32110200100100101"
    assert client.collection_item("cases", listed)["properties"]["item"] == "street-light"


def _takes_any(raw: dict[str, Any]) -> bool:
    return "requestBody" in raw or any(each.get("in") == "query" or "$ref" in each for each in raw["parameters"])


def tried(schema: Any, site: Any, examples: int) -> None:
    """Every operation with whatever its description allows and forbids; nothing breaks, all is as described."""
    for result in schema.get_all_operations():
        operation = result.ok()
        raw = operation.definition.raw
        # What takes nothing can be sent nothing wrong.
        modes = (GenerationMode.POSITIVE, *((GenerationMode.NEGATIVE,) if _takes_any(raw) else ()))
        for mode in modes:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(
                max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            def holds(case: Any) -> None:
                case.call_and_validate(checks=CHECKS)

            holds()


@pytest.mark.long
def test_the_features_are_as_their_description_says(site, listed):
    schema = schemathesis.openapi.from_url(f"{site.address}/features/api")
    tried(schema, site, 10)


@pytest.mark.long
def test_open311_is_as_the_specification_says(site, listed):
    described = yaml.safe_load(GEOREPORT.read_text(encoding="utf-8"))
    described["servers"] = [{"url": f"{site.address}/open311/v2"}]
    schema = schemathesis.openapi.from_dict(described)
    schema.config.update(base_url=f"{site.address}/open311/v2")
    tried(schema, site, 10)
