"""The other side of the channels, for measuring: what takes letters, checks whose they are, and writes them down.

    python -m bench.receivers sms FILE        the gateway of text messages, as `notices/channels/sms.py` describes it
    python -m bench.receivers email FILE      an SMTP server
    python -m bench.receivers wecom FILE      a WeCom group robot
    python -m bench.receivers dingtalk FILE   a DingTalk group robot in its signed mode

Each is a process of its own on loopback. It prints its port, and a line of its file is one letter: `key`, `to`, `at`
(seconds since 1970) and, of a message that the gateway had before and did not send again, `again`.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.smtp import SMTP

CHANNELS = ("sms", "email", "wecom", "dingtalk")
SECRET = "only for measuring"
MESSAGE_ID = re.compile(rb"^Message-ID: <([^.>]+)", re.MULTILINE)


class Receiver:
    """A process that takes letters of one channel; what it checked stands in its file."""

    def __init__(self, folder: Path, channel: str) -> None:
        self.channel, self.file = channel, folder / f"{channel}.jsonl"
        self.file.touch()
        command = [sys.executable, "-m", "bench.receivers", channel, str(self.file)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    @cached_property
    def port(self) -> int:
        """Where it is, once it has come up."""
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())

    def lines(self) -> int:
        with self.file.open("rb") as file:
            return sum(1 for _ in file)

    def heard(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]


@contextmanager
def receivers(folder: Path) -> Iterator[dict[str, Receiver]]:
    """One for each channel, until the end."""
    made = {channel: Receiver(folder, channel) for channel in CHANNELS}
    try:
        yield made
    finally:
        for each in made.values():
            each.process.kill()
            each.process.wait()


def told_of(them: Mapping[str, Receiver]) -> dict[str, str]:
    """What an installation has to be told to hand its letters to them."""
    at = {channel: f"127.0.0.1:{each.port}" for channel, each in them.items()}
    return {
        "DOORSTEP_SMS": f"http://{at['sms']}/messages",
        "DOORSTEP_SMS_SECRET": SECRET,
        "DOORSTEP_SMTP": f"smtp://{at['email']}?tls=none&from=desk@example.org",
        "DOORSTEP_WECOM": f"http://{at['wecom']}/cgi-bin/webhook/send?key=measured",
        "DOORSTEP_DINGTALK": f"http://{at['dingtalk']}/robot/send?access_token=measured",
        "DOORSTEP_DINGTALK_SECRET": SECRET,
    }


class Kept:
    """The file, and what stands in it; several threads write."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._known, self._lock = file, set[str](), threading.Lock()

    def add(self, key: str, to: str, **more: Any) -> bool:
        """Whether it is new."""
        with self._lock:
            is_new = key not in self._known
            self._known.add(key)
            told = {"key": key, "to": to, "at": time.time(), **({} if is_new else {"again": True}), **more}
            self._file.write(json.dumps(told) + "\n")
            return is_new


def sms(headers: Mapping[str, str], path: str, body: bytes, kept: Kept) -> tuple[int, bytes]:
    """202, or 409 for a key that was here before; 403 for what is not ours or old."""
    moment = headers["X-Doorstep-Time"]
    wanted = "sha256=" + hmac.new(SECRET.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    if headers["X-Doorstep-Signature"] != wanted or abs(time.time() - int(moment)) > 300:
        return 403, b""
    return 202 if kept.add(headers["Idempotency-Key"], json.loads(body)["to"]) else 409, b""


def wecom(headers: Mapping[str, str], path: str, body: bytes, kept: Kept) -> tuple[int, bytes]:
    """The robot's answer: 200, whatever it thinks."""
    said = json.loads(body)["text"]["content"]
    kept.add(f"wecom {time.time_ns()}", "group", said=said)
    return 200, b'{"errcode": 0, "errmsg": "ok"}'


def dingtalk(headers: Mapping[str, str], path: str, body: bytes, kept: Kept) -> tuple[int, bytes]:
    """The robot's answer; 310000 when the signature is wrong or an hour old, as its page says."""
    asked = {name: values[-1] for name, values in parse_qs(urlsplit(path).query).items()}
    moment = asked.get("timestamp", "0")
    digest = hmac.new(SECRET.encode(), f"{moment}\n{SECRET}".encode(), hashlib.sha256).digest()
    if asked.get("sign") != base64.b64encode(digest).decode() or abs(time.time() - int(moment) / 1000) > 3600:
        return 200, b'{"errcode": 310000, "errmsg": "sign not match"}'
    kept.add(f"dingtalk {time.time_ns()}", "group", said=json.loads(body)["text"]["content"])
    return 200, b'{"errcode": 0, "errmsg": "ok"}'


def serve_http(channel: str, kept: Kept) -> None:
    """Be an HTTP receiver until somebody ends this process."""
    answered = {"sms": sms, "wecom": wecom, "dingtalk": dingtalk}[channel]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, said = answered(self.headers, self.path, body, kept)  # type: ignore[arg-type]
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *said: object) -> None:
            pass

    class Listening(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *said: object) -> None:
            """Whoever is killed leaves connections behind; that is no news."""

    server = Listening(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


def serve_smtp(kept: Kept) -> None:
    """Be an SMTP server until somebody ends this process."""

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd names it
            found = MESSAGE_ID.search(envelope.content)
            assert found is not None
            kept.add(found[1].decode(), envelope.rcpt_tos[0])
            return "250 OK"

    async def run() -> None:
        listening = socket.create_server(("127.0.0.1", 0), backlog=100)
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(Handler()), sock=listening)
        print(listening.getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


def main(channel: str, file: str) -> None:
    with Path(file).open("a", buffering=1, encoding="utf-8") as opened:
        kept = Kept(opened)
        serve_smtp(kept) if channel == "email" else serve_http(channel, kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
