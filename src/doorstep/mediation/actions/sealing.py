"""The keys by which this installation seals an agreement: the city's, or our own, made at first use."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from doorstep.core import pades, sm2
from doorstep.core.access import WORKER, acting_as
from doorstep.core.crypto import seal, unseal
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.mediation.models import SealKey

PDF: Final = "pdf"
SM2: Final = "sm2"
COMMON_NAME: Final = "Doorstep"


class SealingRefused(Refusal):
    """All have signed, and the file could not be sealed; nothing is lost."""

    status = 503


def pdf_key(at: datetime) -> pades.SealKey:
    """The certificate that seals agreements: the city's where it gave one, else our own, made at first use."""
    named = settings.SEAL_CERTIFICATE, settings.SEAL_KEY
    if all(named):
        try:
            certificate, key = (Path(each).read_bytes() for each in named)
            return pades.given_key(certificate, key)
        except (OSError, pades.SealFailed) as error:
            raise SealingRefused(
                say("mediation-seal-files", why=str(error)[:200]), say("mediation-seal-try")
            ) from error
    kept = _kept(PDF)
    if kept is None:
        made = pades.new_key(COMMON_NAME, at=at)
        kept = _keep(PDF, made.certificate, made.private_key, at)
    return pades.SealKey(bytes(kept.public), unseal(bytes(kept.sealed_key)))


def certificates(at: datetime) -> list[bytes]:
    """Those by which this installation seals, or sealed before the city gave one, as DER; none is made for it."""
    given = [pdf_key(at).certificate] if settings.SEAL_CERTIFICATE and settings.SEAL_KEY else []
    kept = _kept(PDF)
    return [*given, *([bytes(kept.public)] if kept else [])]


def seal_pdf(pdf: bytes, *, because: str, at: datetime) -> bytes:
    """The file, sealed; refused where the time stamping authority does not answer, so that it can be tried again."""
    try:
        return pades.seal(pdf, pdf_key(at), because=because, time_stamps=settings.TIME_STAMPS)
    except pades.SealFailed as error:
        raise SealingRefused(say("mediation-seal-failed", why=str(error)[:200]), say("mediation-seal-try")) from error


def sign_sm2(content: bytes, *, at: datetime) -> bytes | None:
    """A signature of our own beside the file, where this machine can make one."""
    if not sm2.is_there():
        return None
    kept = _kept(SM2)
    if kept is None:
        key = sm2.new_key()
        kept = _keep(SM2, sm2.public_key(key), key, at)
    return sm2.sign(content, unseal(bytes(kept.sealed_key)))


def sm2_public_key() -> bytes | None:
    """By what such a signature is checked, as PEM; None where none was ever made."""
    kept = _kept(SM2)
    return bytes(kept.public) if kept else None


def _kept(kind: str) -> SealKey | None:
    with acting_as(WORKER, because="seal an agreement"):
        return SealKey.objects.filter(pk=kind).first()


def _keep(kind: str, public: bytes, key: bytes, at: datetime) -> SealKey:
    """The first who makes one wins; whoever made another takes the first."""
    with acting_as(WORKER, because="seal an agreement"):
        row = SealKey(kind=kind, public=public, sealed_key=seal(key), made_at=at)
        SealKey.objects.bulk_create([row], ignore_conflicts=True)
        return SealKey.objects.get(pk=kind)
