"""Call an address that somebody from outside gave us, without being led into our own network (SSRF).

A name is looked up once, every address that it has is checked, and the connection goes to an address that was checked,
so that a name which answers differently the second time gains nothing. No redirect is followed, and one deadline holds
for the whole exchange, however slowly the other house speaks. Addresses inside are called only where the operator names
their networks (`DOORSTEP_CALL_INSIDE`): houses of one government network have private addresses.

What the settings name themselves (a gateway, a robot) is called with `core.calling`.
"""

from __future__ import annotations

import io
import re
import socket
import ssl
import time
from collections.abc import Mapping
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from doorstep.core.calling import Answered, NotReached
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

IpAddress = IPv4Address | IPv6Address

LONGEST: Final = 2000
TOTAL_S: Final = 10.0
MOST_BYTES: Final = 100_000
_PRINTABLE: Final = re.compile(r"[!-~]+")
# Addresses of the whole internet that lead into a data centre's own machinery, or hold another address inside them.
_MACHINERY: Final = ip_network("168.63.129.16/32")
_NAT64: Final = ip_network("64:ff9b::/96")
# All that IANA has ever given out of version 6: everything else is inside, old, or holds an address of version 4 in a
# way that some router may still undo (`::127.0.0.1`, `64:ff9b:1::`, `fec0::`).
_GIVEN_OUT: Final = ip_network("2000::/3")
_EXAMPLES: Final = ip_network("3fff::/20")


class AddressRefused(Refusal):
    """Not an address that we call; answered as 400."""

    status = 400


class Target(NamedTuple):
    """An address whose name was looked up, and every address of it checked."""

    url: SplitResult
    addresses: tuple[str, ...]


def readable(url: str, where: str = "") -> SplitResult:
    """The parts of an http or https address, judged by its form alone; nothing is looked up."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unreadable(where) from None
    known = parts.scheme in {"http", "https"} and parts.hostname and port != 0
    if not known or len(url) > LONGEST or not _PRINTABLE.fullmatch(url):
        raise _unreadable(where)
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(say("outward-password"), say("outward-password-try"), where)
    written = _written(parts.hostname or "")
    if written is not None and not may_be_called(written):
        raise _inside(where)
    return parts


def resolved(url: str, where: str = "") -> Target:
    """The same with its name looked up; refused as soon as one of its addresses may not be called."""
    parts = readable(url, where)
    try:
        found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused(say("outward-unknown"), say("outward-unknown-try"), where) from None
    addresses = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    if not addresses or not all(may_be_called(ip_address(each.partition("%")[0])) for each in addresses):
        raise _inside(where)
    return Target(parts, addresses)


def may_be_called(address: IpAddress) -> bool:
    """Whether an address lies outside, where anybody may call, or in a network that the operator opened."""
    real = _real(address)
    if any(real in network for network in opened_networks() if network.version == real.version):
        return True
    if isinstance(real, IPv6Address) and (real not in _GIVEN_OUT or real in _EXAMPLES):
        return False
    return real.is_global and not real.is_multicast and real not in _MACHINERY


def opened_networks() -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks inside that the operator opened for calls."""
    return tuple(ip_network(each) for each in settings.CALL_INSIDE)


def call(
    method: str,
    url: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    *,
    total_s: float = TOTAL_S,
    most_bytes: int = MOST_BYTES,
) -> Answered:
    """One request; `AddressRefused` before anything is sent, `NotReached` where no answer came within `total_s`.

    An answer of 3xx is an answer: nobody goes where it points. Of its body at most `most_bytes` are read.
    """
    until = time.monotonic() + total_s
    target = resolved(url)
    parts = target.url
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    # Never connected by itself, which would look the name up again; it only speaks and calls the house by its name.
    speaking = kind(str(parts.hostname), _port(parts))
    asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connected(target, until) as made:
            speaking.sock = _UntilDeadline(made, until)
            speaking.request(method, asked, body or None, {"Connection": "close", **(headers or {})})
            answer = speaking.getresponse()
            heads = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(answer.status, answer.read(most_bytes), heads)
    except (OSError, HTTPException) as error:
        raise NotReached(str(error)) from error


def _connected(target: Target, until: float) -> socket.socket:
    """A connection to the first of the checked addresses that answers."""
    trouble: OSError = TimeoutError()
    for address in target.addresses:
        try:
            plain = socket.create_connection((address, _port(target.url)), timeout=_left(until))
        except OSError as error:
            trouble = error
            continue
        return _secured(plain, str(target.url.hostname)) if target.url.scheme == "https" else plain
    raise trouble


def _secured(plain: socket.socket, host: str) -> socket.socket:
    try:
        return _trusted().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


@cache
def _trusted() -> ssl.SSLContext:
    """Whom this machine trusts, read once: it takes longer than most calls."""
    return ssl.create_default_context()


class _UntilDeadline:
    """A socket that stops at one moment, also for a house that sends a byte a second."""

    def __init__(self, made: socket.socket, until: float) -> None:
        self._made, self._until = made, until

    def sendall(self, sent: Any) -> None:
        self._made.settimeout(_left(self._until))
        self._made.sendall(sent)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What http.client reads the answer from."""
        return io.BufferedReader(_Answer(self._made, self._until))

    def close(self) -> None:
        """The answer may still have to be read; whoever connected closes."""


class _Answer(io.RawIOBase):
    def __init__(self, made: socket.socket, until: float) -> None:
        self._made, self._until = made, until

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self._made.settimeout(_left(self._until))
        return self._made.recv_into(into)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("The time for this exchange is over.")
    return left


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _written(host: str) -> IpAddress | None:
    """The address that a host is, also where its numbers are written in one of the old ways (`127.1`, `0x7f000001`)."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return IPv4Address("127.0.0.1") if host.rstrip(".").endswith("localhost") else None


def _real(address: IpAddress) -> IpAddress:
    """The address of version 4 that one of version 6 leads to, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address


def _unreadable(where: str) -> AddressRefused:
    return AddressRefused(say("outward-unreadable"), say("outward-unreadable-try"), where)


def _inside(where: str) -> AddressRefused:
    return AddressRefused(say("outward-inside"), say("outward-inside-try"), where)
