"""A sealed PDF shows every change; pyhanko's own validator is the judge."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import keys, tsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from doorstep.areas.writers.typesetting import typeset
from doorstep.core import pades

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def key() -> pades.SealKey:
    return pades.new_key("Doorstep", at=NOW)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    told = {
        "lang": "zh", "title": "调解协议书", "number": "1", "draft": "",
        "parties_title": "各方", "parties": ["王一", "李二"], "mediator": "调解员",
        "terms_title": "约定", "heads": ["谁", "什么", "何时"], "terms": [["王一", "修好", "今天"]], "law": ["一"],
         "signed_title": "签字", "hash": "ab", "notice": "",
        "sides": [{"name": "王一", "role": "一方", "how": "", "typed": "王一", "picture": ""}],
    }  # fmt: skip
    return typeset("agreement", told, {})


def test_what_was_sealed_is_found_good_by_us_and_by_pyhanko(key, pdf):
    sealed = pades.seal(pdf, key, because="TJ1")
    told = pades.check(sealed, key.certificate)
    assert told.is_good and not told.has_time_stamp and told.certificate == key.certificate
    assert told.sealed_at is not None and abs(told.sealed_at - NOW) < timedelta(hours=1)
    assert pades.check_apart(sealed, key.certificate) == told
    found = PdfFileReader(io.BytesIO(sealed)).embedded_signatures[0]
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    status = validate_pdf_signature(found, ValidationContext(trust_roots=[x509.Certificate.load(key.certificate)]))
    assert status.bottom_line and status.intact and status.valid and status.trusted


@pytest.mark.parametrize("where", [0.1, 0.3, 0.5, 0.7])
def test_one_changed_byte_is_found(key, pdf, where):
    sealed = bytearray(pades.seal(pdf, key, because="TJ1"))
    at = int(len(pdf) * where)
    sealed[at] ^= 1
    assert not pades.check(bytes(sealed), key.certificate).is_good


def test_what_was_added_after_the_seal_is_found(key, pdf):
    sealed = pades.seal(pdf, key, because="TJ1")
    assert not pades.check(sealed + b"\n% more", key.certificate).is_good


@pytest.mark.parametrize("brought", [b"", b"no pdf", b"%PDF-1.7\n", b"\x00" * 1000])
def test_whatever_else_is_brought_is_no_pdf(key, brought):
    assert pades.check(brought, key.certificate) == pades.NO_PDF


def test_a_file_nobody_sealed_and_one_that_another_sealed_are_not_ours(key, pdf):
    assert pades.check(pdf, key.certificate) == pades.NOT_SEALED
    other = pades.new_key("Somebody else", at=NOW)
    told = pades.check(pades.seal(pdf, other, because="x"), key.certificate)
    assert told.is_sealed and told.is_intact and not told.is_ours and told.certificate == other.certificate
    assert pades.name_of(told.certificate)[0] == "Somebody else"


@pytest.mark.parametrize(("bound", "least"), [("LONGEST_S", 0.01), ("MOST_MEMORY", 1 << 26)])
def test_a_file_that_takes_longer_or_more_than_there_is_ends_its_own_process_alone(key, pdf, monkeypatch, bound, least):
    sealed = pades.seal(pdf, key, because="x")
    monkeypatch.setattr(pades, bound, least)
    assert pades.check_apart(sealed, key.certificate) == pades.NO_PDF


def test_a_key_that_the_city_gives_is_taken_if_it_belongs_to_its_certificate(key, pdf):
    given = pades.given_key(*as_pem(key))
    assert pades.check(pades.seal(pdf, given, because="x"), key.certificate).is_good
    other = pades.new_key("Somebody else", at=NOW)
    with pytest.raises(pades.SealFailed):
        pades.given_key(as_pem(key)[0], as_pem(other)[1])
    with pytest.raises(pades.SealFailed):
        pades.given_key(b"no", b"pem")


def as_pem(key: pades.SealKey) -> tuple[bytes, bytes]:
    from asn1crypto import pem

    return pem.armor("CERTIFICATE", key.certificate), pem.armor("PRIVATE KEY", key.private_key)


@pytest.fixture
def authority(key) -> Iterator[HTTPServer]:
    """A time stamping authority of our own making: another program's stamps over HTTP."""
    stamper = DummyTimeStamper(x509.Certificate.load(key.certificate), keys.PrivateKeyInfo.load(key.private_key))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            said = stamper.request_tsa_response(asked).dump() if self.path == "/tsa" else b""
            self.send_response(200 if said else 503)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_with_a_time_stamping_authority_the_seal_carries_its_stamp(key, pdf, authority):
    sealed = pades.seal(pdf, key, because="x", time_stamps=f"http://127.0.0.1:{authority.server_port}/tsa")
    found = pades.check(sealed, key.certificate)
    assert found.is_good and found.has_time_stamp


def test_an_authority_that_does_not_answer_leaves_nothing_half_sealed(key, pdf, authority):
    for address in (f"http://127.0.0.1:{authority.server_port}/gone", "http://127.0.0.1:1/tsa"):
        with pytest.raises(pades.SealFailed):
            pades.seal(pdf, key, because="x", time_stamps=address)
