"""Anybody brings the PDF of an agreement and is told whether it is as it was sealed; nothing of it is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.mediating import a_room
from tests.visiting import Visitor

from doorstep.core import pades
from doorstep.core.access import acting_as
from doorstep.core.text import languages, text
from doorstep.core.time import clock
from doorstep.fronts.proofs import agreements
from doorstep.mediation import queries
from doorstep.mediation.actions import sealing


@pytest.fixture(scope="module")
def stranger() -> pades.SealKey:
    return pades.new_key("Somebody else", at=clock.now() - timedelta(days=2))


@pytest.fixture
def agreement(town) -> bytes:
    room = a_room(town).agree()
    with acting_as(room.party(1)):
        return queries.agreement_file(room.id) or b""


def told(content: bytes | None, lang: str = "en") -> tuple[int, str]:
    """Status and page that somebody without an account gets for this file."""
    given = {} if content is None else {"file": SimpleUploadedFile("agreement.pdf", content, "application/pdf")}
    answer = Visitor().post(f"/proofs/agreement/?lang={lang}", given, headers={"Accept-Language": lang})
    return answer.status_code, answer.content.decode()


def said(key: str, page: str, **gaps: object) -> bool:
    return any(text(key, lang, **gaps) in page for lang in languages)


def test_an_agreement_as_it_was_sealed_is_said_to_be_whole_and_ours(agreement):
    status, page = told(agreement)
    (ours,) = sealing.certificates(clock.now())
    assert (status, said("seal-sound", page)) == (200, True)
    assert page.count(pades.name_of(ours)[1]) == 2


def test_a_letter_changed_or_added_after_the_seal_is_told(agreement):
    altered = agreement.replace(b"/Reason", b"/Rea5on", 1)
    for changed in (altered, agreement + b"\n% more"):
        status, page = told(changed)
        assert (status, said("seal-changed", page)) == (200, True)
        assert not said("seal-sound", page)


def test_a_file_that_another_sealed_is_whole_and_not_ours_and_a_draft_has_no_seal(town, stranger):
    room = a_room(town).begin().draw_up()
    with acting_as(room.party(1)):
        draft = queries.agreement_file(room.id) or b""
    assert said("seal-none", told(draft)[1])
    status, page = told(pades.seal(draft, stranger, because="x"))
    assert (status, said("seal-foreign", page), "Somebody else" in page) == (200, True, True)


@pytest.mark.parametrize("content", [b"no pdf", b"%PDF-1.7\n%%EOF", bytes(5000)])
def test_what_is_no_pdf_is_refused_in_words(town, content):
    status, page = told(content)
    assert (status, said("seal-no-pdf", page), said("seal-no-pdf-try", page)) == (422, True, True)


def test_no_file_and_one_too_large_are_refused_before_they_are_read(town):
    assert said("seal-file-missing", told(None)[1])
    status, page = told(b"%PDF-1.7\n" + bytes(agreements.MOST_BYTES))
    assert (status, said("seal-file-large", page, most=5)) == (422, True)


def test_where_nothing_was_sealed_yet_the_page_says_so_and_makes_no_key(town):
    page = Visitor().get("/proofs/agreement/").content.decode()
    assert said("seal-certificates-none", page)
    assert sealing.certificates(clock.now()) == []
