"""Tests speak with nobody but this machine."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_a_test_that_reaches_out_is_stopped(host):
    # The warning comes first, and warnings are errors here.
    with pytest.raises((SocketConnectBlockedError, UserWarning), match="tried to use socket"):
        socket.create_connection((host, 443), timeout=1)


def test_a_test_may_speak_with_its_own_machine():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        answering, _ = server.accept()
        with answering:
            answering.sendall(b"here")
        assert caller.recv(4) == b"here"
