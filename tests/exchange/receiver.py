"""A subscriber's own server on loopback, as an integrator would write it: it verifies with the standard's library."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks.webhooks import Webhook, WebhookVerificationError


@dataclass
class Heard:
    """One verified message."""

    id: str
    type: str
    data: dict[str, Any]
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are the next statuses or ways to answer, then 200; what cannot be verified is answered with 401."""

    url: str = ""
    secret: str = ""
    heard: list[Heard] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    calls: int = 0
    answers: list[int | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)
    body: bytes = b"thank you"

    def numbers(self) -> list[tuple[str, int]]:
        """Which rows of which cases were heard, in order."""
        return [(each.data["number"], each.data["seq"]) for each in self.heard if "seq" in each.data]


@contextmanager
def receiver(secret: str = "") -> Iterator[Receiver]:
    """A real HTTP server that answers each call in a thread of its own."""
    kept = Receiver(secret=secret)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.calls += 1
            answer = kept.answers.pop(0) if kept.answers else 200
            if callable(answer):
                with suppress(OSError):
                    answer(self)
                return
            if 200 <= answer < 300:
                answer = _verified(kept, dict(self.headers), body)
            _answer(self, answer, kept.body)

        def log_message(self, *said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept.url = f"http://127.0.0.1:{server.server_port}/events"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()


def _verified(kept: Receiver, headers: dict[str, str], body: bytes) -> int:
    try:
        said = Webhook(kept.secret).verify(body, headers)
    except (WebhookVerificationError, ValueError) as error:
        kept.refused.append(str(error))
        return 401
    lower = {name.lower(): value for name, value in headers.items()}
    kept.heard.append(Heard(lower["webhook-id"], said["type"], said["data"], lower, body))
    return 200


def _answer(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer with headers of its own."""
    return lambda handler: _answer(handler, code, b"", **headers)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body that never ends."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def drop_by_drop(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, so that no single wait is long."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(600):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.05)


def slow(seconds: float) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that takes its time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        _answer(handler, 200, b"")

    return answer


@contextmanager
def behind_a_certificate_of_its_own(kept: Receiver, folder: Path) -> Iterator[str]:
    """The https address of a door that signed its own certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(folder))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.calls += 1
            _answer(self, 200, b"")

        def log_message(self, *said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *told: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "own.pem"
    pem, none = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, none) + made.public_bytes(pem))
    return path
