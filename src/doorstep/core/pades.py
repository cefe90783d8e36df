"""Sealing a PDF so that any change shows: PAdES (ETSI EN 319 142) with the installation's own certificate, by pyhanko.

B-B without, B-T with a time stamping authority. The certificate is one that the city gives, or one made at first use
that nobody has certified: it proves that a file came from this installation and was not changed, not who we are.
"""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from doorstep.core import calling

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

FIELD: Final = "Doorstep"
OWN_LASTS: Final = timedelta(days=3650)
KEY_BITS: Final = 3072
LONGEST_S: Final = 60.0
MOST_CPU_S: Final = 15
MOST_MEMORY: Final = 1 << 30
"""What reading one file may take, in bytes: some letters can stand for gigabytes."""


class SealFailed(RuntimeError):
    """The file could not be sealed: the key does not fit, or the time stamping authority gave no stamp."""


class SealKey(NamedTuple):
    """A certificate and its private key, both as DER."""

    certificate: bytes
    private_key: bytes


class Checked(NamedTuple):
    """What the seal of a file says: whether it is there, whether nothing was changed since, whether it is ours.

    `certificate` is that of whoever sealed it, as DER; `sealed_at` is the moment that the file itself names.
    """

    is_pdf: bool = False
    is_sealed: bool = False
    is_intact: bool = False
    is_ours: bool = False
    has_time_stamp: bool = False
    certificate: bytes = b""
    sealed_at: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Ours, and as it was sealed."""
        return self.is_sealed and self.is_intact and self.is_ours


NO_PDF: Final = Checked()
NOT_SEALED: Final = Checked(is_pdf=True)


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


def check(pdf: bytes, *ours: bytes) -> Checked:
    """What the seal of a file says, held against our certificates (DER); any file may be brought, PDF or not.

    Not for files of strangers in a process that serves pages: `check_apart`.
    """
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        seals = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
    except Exception:  # whatever a broken file makes the reader say
        return NO_PDF
    if not seals:
        return NOT_SEALED
    found = next((each for each in seals if each.field_name == FIELD), seals[0])
    try:
        roots = [x509.Certificate.load(each) for each in ours]
        status = validate_pdf_signature(found, ValidationContext(trust_roots=roots, allow_fetching=False))
    except Exception:  # a seal that was cut or overwritten: there is one, and it holds nothing together
        return Checked(is_pdf=True, is_sealed=True)
    stamped = status.timestamp_validity is not None and bool(status.timestamp_validity.intact)
    certificate = bytes(status.signing_cert.dump())
    return Checked(
        is_pdf=True,
        is_sealed=True,
        is_intact=bool(status.intact and status.valid and _is_whole(status)),
        is_ours=certificate in ours,
        has_time_stamp=stamped,
        certificate=certificate,
        sealed_at=found.self_reported_timestamp,
    )


def check_apart(pdf: bytes, *ours: bytes) -> Checked:
    """The same in a process of its own, within bounds of time and memory: a file that bursts them is no PDF to us."""
    job = {"pdf": pdf.hex(), "ours": [each.hex() for each in ours], "most_memory": MOST_MEMORY}
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=json.dumps(job).encode(), capture_output=True, timeout=LONGEST_S,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return NO_PDF
    if done.returncode:
        return NO_PDF
    told = json.loads(done.stdout)
    at = told.pop("sealed_at")
    certificate = bytes.fromhex(told.pop("certificate"))
    return Checked(**told, certificate=certificate, sealed_at=datetime.fromisoformat(at) if at else None)


def name_of(certificate: bytes) -> tuple[str, str]:
    """By whom a certificate (DER) says that it is, and its SHA-256 in hexadecimal digits."""
    from asn1crypto import x509

    subject = x509.Certificate.load(certificate).subject
    return str(subject.native.get("common_name") or subject.human_friendly), sha256(certificate).hexdigest()


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


def _child() -> None:
    job = json.load(sys.stdin.buffer)
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (job["most_memory"], job["most_memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    found = check(bytes.fromhex(job["pdf"]), *map(bytes.fromhex, job["ours"]))
    at = found.sealed_at.isoformat() if found.sealed_at else None
    print(json.dumps({**found._asdict(), "certificate": found.certificate.hex(), "sealed_at": at}))


if __name__ == "__main__":
    _child()
