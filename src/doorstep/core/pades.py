"""Sealing a PDF so that any change shows: PAdES (ETSI EN 319 142) with the installation's own certificate, by pyhanko.

B-B without, B-T with a time stamping authority. The certificate is one that the city gives, or one made at first use
that nobody has certified: it proves that a file came from this installation and was not changed, not who we are.
"""

from __future__ import annotations

import asyncio
import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from doorstep.core import calling

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

FIELD: Final = "Doorstep"
OWN_LASTS: Final = timedelta(days=3650)
KEY_BITS: Final = 3072


class SealFailed(RuntimeError):
    """The file could not be sealed: the key does not fit, or the time stamping authority gave no stamp."""


class SealKey(NamedTuple):
    """A certificate and its private key, both as DER."""

    certificate: bytes
    private_key: bytes


class Checked(NamedTuple):
    """What the seal of a file says: whether it is there, whether nothing was changed since, whether it is ours."""

    is_sealed: bool
    is_intact: bool
    is_ours: bool
    has_time_stamp: bool

    @property
    def is_good(self) -> bool:
        """Ours, and as it was sealed."""
        return self.is_sealed and self.is_intact and self.is_ours


NOT_SEALED: Final = Checked(is_sealed=False, is_intact=False, is_ours=False, has_time_stamp=False)


def new_key(name: str, *, at: datetime) -> SealKey:
    """A certificate that vouches for itself, for `OWN_LASTS`."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    usage = {
        each: each in ("digital_signature", "content_commitment")
        for each in (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        )
    }  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + OWN_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    kind = serialization.Encoding.DER
    private = key.private_bytes(kind, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SealKey(certificate.public_bytes(kind), private)


def given_key(certificate: bytes, private_key: bytes) -> SealKey:
    """A certificate and a key that the city gives, both as PEM; `SealFailed` where they do not belong together."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    try:
        read = x509.load_pem_x509_certificate(certificate)
        key = serialization.load_pem_private_key(private_key, password=None)
    except (ValueError, TypeError) as error:
        raise SealFailed(f"The certificate or its key cannot be read as PEM: {error}") from error
    kind, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    if read.public_key().public_bytes(kind, form) != key.public_key().public_bytes(kind, form):
        raise SealFailed("The certificate does not belong to the key.")
    private = key.private_bytes(kind, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SealKey(read.public_bytes(kind), private)


def seal(pdf: bytes, key: SealKey, *, because: str, time_stamps: str = "") -> bytes:
    """The file with a seal over the whole of it; `time_stamps` is the address of an RFC 3161 authority, or nothing."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.timestamps import TimestampRequestError

    told = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=because
    )
    stamper = _stamper(time_stamps) if time_stamps else None
    try:
        done = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), told, _signer(key), timestamper=stamper)
    except (OSError, TimestampRequestError, calling.NotReached) as error:
        raise SealFailed(str(error)) from error
    return bytes(done.getvalue())


def check(pdf: bytes, certificate: bytes) -> Checked:
    """What the seal of a file says, held against our certificate (DER); any file may be brought, PDF or not."""
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    ours = x509.Certificate.load(certificate)
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        found = [each for each in reader.embedded_signatures if each.field_name == FIELD]
        if not found:
            return NOT_SEALED
        context = ValidationContext(trust_roots=[ours], allow_fetching=False)
        status = validate_pdf_signature(found[0], context)
    except Exception:  # whatever a broken file makes the reader say
        # Cut, overwritten or never a PDF: whatever it once was, it is not what we sealed.
        return NOT_SEALED
    intact = bool(status.intact and status.valid and status.bottom_line is not None and _is_whole(status))
    stamped = status.timestamp_validity is not None and bool(status.timestamp_validity.intact)
    return Checked(True, intact, status.signing_cert.dump() == certificate, stamped)


def _is_whole(status: Any) -> bool:
    """Whether nothing at all was added after the seal, harmless or not."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    return bool(status.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def _signer(key: SealKey) -> Any:
    from asn1crypto import keys, x509
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    certificate = x509.Certificate.load(key.certificate)
    return signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(key.private_key),
        cert_registry=SimpleCertificateStore.from_certs([certificate]),  # type: ignore[no-untyped-call]
    )


def _stamper(address: str) -> TimeStamper:
    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper

    class Stamper(TimeStamper):
        """Asks the authority over our own way out."""

        async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
            asked = {"Content-Type": "application/timestamp-query"}
            answer = await asyncio.to_thread(calling.post, address, req.dump(), asked)
            if answer.status != 200:
                raise OSError(f"The time stamping authority answered {answer.status}.")
            return tsp.TimeStampResp.load(answer.body)

    return Stamper()  # type: ignore[no-untyped-call]
