"""Addresses that others give us: no way into our own network, and no house that keeps us waiting."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.core import outward
from doorstep.core.calling import NotReached
from doorstep.core.outward import AddressRefused, call, may_be_called, readable, resolved


@pytest.fixture
def open_loopback(settings_of_test):
    """The operator has opened the loopback network, where the houses of these tests live."""
    settings_of_test.CALL_INSIDE = ["127.0.0.0/8"]


@pytest.fixture
def settings_of_test(monkeypatch):
    from django.conf import settings

    class Kept:
        def __setattr__(self, name: str, value: object) -> None:
            monkeypatch.setattr(settings, name, value)

    return Kept()


@contextmanager
def a_house(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A house that takes one call and answers in its own way."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            with caller:
                try:
                    answer(caller)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook?x=1"


INSIDE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://a.localhost./",
    "http://10.0.0.8/picture.jpg",
    "http://172.16.9.9/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[ff02::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[fec0::1]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
]


@pytest.mark.parametrize("url", INSIDE)
def test_an_address_inside_is_refused_however_it_is_written(url):
    with pytest.raises(AddressRefused) as refused:
        readable(url, "media_url")
    assert refused.value.where == "media_url"


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/",
        "javascript:alert(1)", "http://", "http:///path", "http://example.org:99999/", "http://example.org:0/",
        "http://example.org/a b", "http://example.org/\r\nHost: inside", "http://例子.中国/", "http://[::1",
        "https://example.org/" + "a" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url):
    with pytest.raises(AddressRefused):
        readable(url)


def test_an_address_with_a_password_is_refused():
    with pytest.raises(AddressRefused):
        readable("https://name:secret@example.org/")


@pytest.mark.parametrize(
    "url", ["https://example.org/hook", "http://93.184.216.34:8080/?a=b", "http://[2606:2800::1]/"]
)
def test_an_address_outside_is_fine(url):
    assert readable(url).hostname


def test_a_name_with_one_address_inside_is_refused(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in ("93.184.216.34", "10.0.0.1")
    ])  # fmt: skip
    with pytest.raises(AddressRefused):
        resolved("http://two-faced.example/")


def test_a_name_that_nobody_knows_is_refused(monkeypatch):
    def unknown(*asked: object, **how: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(AddressRefused):
        resolved("http://nobody.example/")


def test_the_name_is_looked_up_once_and_the_call_goes_to_the_address_that_was_checked(monkeypatch, open_loopback):
    looked_up, real = [], socket.getaddrinfo

    def once(host: str, *asked: object, **how: object):
        if host != "house.example":
            return real(host, *asked, **how)
        looked_up.append(host)
        # The second look would lead elsewhere, as a rebinding name does.
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(looked_up) == 1 else "10.0.0.1", 80))]

    heard: list[bytes] = []

    def answer(caller: socket.socket) -> None:
        heard.append(caller.recv(9999))
        caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    monkeypatch.setattr(socket, "getaddrinfo", once)
    with a_house(answer) as url:
        said = call("POST", url.replace("127.0.0.1", "house.example"), b"{}", {"X-Of-Test": "1"})
    assert said[:2] == (200, b"ok")
    assert looked_up == ["house.example"]
    assert heard[0].startswith(b"POST /hook?x=1 HTTP/1.1\r\nHost: house.example:")


@pytest.mark.parametrize("opened, inside", [(["10.2.0.0/16"], "10.3.0.1"), ([], "10.2.0.1")])
def test_only_the_networks_that_the_operator_opened_are_called(settings_of_test, opened, inside):
    settings_of_test.CALL_INSIDE = opened
    assert not may_be_called(ip_address(inside))
    settings_of_test.CALL_INSIDE = [*opened, f"{inside}/32"]
    assert may_be_called(ip_address(inside))


@given(st.integers(0, 2**32 - 1))
def test_an_address_of_version_4_gains_nothing_by_its_clothes_of_version_6(number):
    plain = may_be_called(IPv4Address(number))
    for dressed in (0xFFFF << 32 | number, 0x64FF9B << 96 | number, (0x2002 << 32 | number) << 80):
        assert may_be_called(ip_address(dressed.to_bytes(16))) == plain


def test_a_redirect_is_an_answer_and_not_a_way(open_loopback):
    class Points(http.server.BaseHTTPRequestHandler):
        asked: list[str] = []

        def do_GET(self) -> None:
            self.asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
            self.end_headers()

        def log_message(self, *said: object) -> None:
            return

    with http.server.HTTPServer(("127.0.0.1", 0), Points) as house:
        threading.Thread(target=house.handle_request, daemon=True).start()
        assert call("GET", f"http://127.0.0.1:{house.server_port}/picture").status == 302
    assert Points.asked == ["/picture"]


def test_a_house_that_sends_a_byte_a_moment_is_left_at_the_deadline(open_loopback):
    def drip(caller: socket.socket) -> None:
        for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 100:
            caller.sendall(bytes([byte]))
            time.sleep(0.05)

    begun = time.monotonic()
    with a_house(drip) as url, pytest.raises(NotReached):
        call("GET", url, total_s=0.4)
    assert time.monotonic() - begun < 2


def test_no_more_of_an_answer_is_read_than_was_asked_for(open_loopback):
    def endless(caller: socket.socket) -> None:
        caller.recv(9999)
        caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            caller.sendall(b"x" * 9999)

    with a_house(endless) as url:
        assert call("GET", url, most_bytes=5000).body == b"x" * 5000


def test_nobody_there_and_no_http_are_told_alike(open_loopback):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotReached):
        call("GET", f"http://127.0.0.1:{port}/")
    with a_house(lambda caller: caller.sendall(b"SSH-2.0-OpenSSH\r\n")) as url, pytest.raises(NotReached):
        call("GET", url)
    with a_house(lambda caller: caller.sendall(b"no tls here")) as url, pytest.raises(NotReached):
        call("GET", url.replace("http:", "https:"))


def test_without_the_operators_word_nothing_is_sent_inside(settings_of_test):
    settings_of_test.CALL_INSIDE = []
    reached = []
    with a_house(lambda caller: reached.append(True)) as url, pytest.raises(AddressRefused):
        call("POST", url, b"{}")
    assert reached == []
    assert outward.opened_networks() == ()
