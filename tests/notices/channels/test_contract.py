"""What every channel does, each against a real server: hand on, tell apart what is lost for good, keep the key."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import override_settings
from tests.notices.outside import free_port, gateway, mail_server

from doorstep.notices.channels import Letter, NotSent, channels, sms
from doorstep.notices.channels import email as mail


@dataclass
class World:
    """One channel, its other side, and how to make that side refuse."""

    name: str
    to: str
    taken: Callable[[], list[str]]
    refuse: Callable[[bool], None]
    nowhere: dict[str, str]


@pytest.fixture(params=["email", "sms"])
def world(request) -> Iterator[World]:
    if request.param == "email":
        with mail_server() as server, override_settings(EMAIL_URL=server.url):
            yield World(
                "email",
                "ava@example.org",
                lambda: [letter["Message-ID"] for letter in server.letters],
                lambda for_good: server.answers.append("550 no" if for_good else "421 later"),
                {"EMAIL_URL": f"smtp://127.0.0.1:{free_port()}?tls=none"},
            )
    else:
        with gateway() as server, override_settings(SMS_URL=server.url, SMS_SECRET="shared"):
            yield World(
                "sms",
                "13800000000",
                lambda: [asked.headers["Idempotency-Key"] for asked in server.asked],
                lambda for_good: server.answers.append(400 if for_good else 503),
                {"SMS_URL": f"http://127.0.0.1:{free_port()}/"},
            )


def a_letter(world: World, key: str = "notice-7-1") -> Letter:
    return Letter(key, world.to, "诉求有新进展", "已经办好。", "zh")


def test_every_file_of_the_folder_is_a_channel():
    assert set(channels()) == {"dingtalk", "email", "sms", "wecom"}
    assert all(
        channel.CONTACT in {"email", "phone", "account"} and channel.LONGEST > 0 for channel in channels().values()
    )


def test_a_letter_is_handed_on_with_its_key(world):
    channels()[world.name].send(a_letter(world))
    (key,) = world.taken()
    assert "notice-7-1" in key


def test_the_same_letter_has_the_same_key_every_time(world):
    for _ in range(2):
        channels()[world.name].send(a_letter(world))
    first, second = world.taken()
    assert first == second


@pytest.mark.parametrize("for_good", [True, False])
def test_what_is_lost_for_good_is_told_apart_from_what_may_be_tried_again(world, for_good):
    world.refuse(for_good)
    with pytest.raises(NotSent) as refused:
        channels()[world.name].send(a_letter(world))
    assert refused.value.for_good is for_good


def test_a_server_that_is_not_there_may_be_there_later(world):
    with override_settings(**world.nowhere), pytest.raises(NotSent) as refused:
        channels()[world.name].send(a_letter(world))
    assert not refused.value.for_good


def test_nothing_is_configured_until_somebody_configures_it(world):
    assert channels()[world.name].is_configured()
    with override_settings(EMAIL_URL="", SMS_URL=""):
        assert not channels()[world.name].is_configured()


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("ava@example.org\r\nBcc: eve@example.org", "fine"),
        ("ava@example.org", "fine\r\nBcc: eve@example.org"),
        ("ava@example.org, eve@example.org", "fine"),
        ("", "fine"),
    ],
)
def test_nobody_adds_a_header_to_a_letter(post, to, subject):
    with pytest.raises(NotSent) as refused:
        mail.send(Letter("k", to, subject, "text", "zh"))
    assert refused.value.for_good and post.letters == []


def test_a_key_without_a_domain_of_ours_is_still_ours(post):
    mail.send(Letter("notice-1-2", "ava@example.org", "s", "b", "en"))
    assert re.fullmatch(r"<notice-1-2\.[0-9a-f]{20}@door\.example\.org>", post.letters[0]["Message-ID"])
    assert post.letters[0]["From"].addresses[0].addr_spec == "desk@example.org"


def test_only_a_letter_that_we_wrote_can_be_answered(post):
    mail.send(Letter("notice-7-2", "ava@example.org", "s", "b", "en"))
    ours = post.letters[0]["Message-ID"]
    assert mail.notice_answered(f"<other@example.org> {ours}") == 7
    assert mail.notice_answered(ours.replace("notice-7", "notice-8")) is None
    assert mail.notice_answered("<notice-7-2@door.example.org>") is None and mail.notice_answered("") is None


def test_an_answer_stands_in_the_thread_of_the_letter_that_it_answers(post):
    mail.send(Letter("notice-7-2", "ava@example.org", "s", "b", "en", "<1@example.org>"))
    assert post.letters[0]["In-Reply-To"] == post.letters[0]["References"] == "<1@example.org>"


@pytest.mark.parametrize("url", ["http://mail/", "smtp://", "smtp://host?tls=perhaps"])
def test_an_address_of_a_server_that_cannot_be_one_is_refused_in_words(url):
    with pytest.raises(ValueError, match="DOORSTEP_SMTP is written"):
        mail.server_of(url)


def test_user_password_and_the_usual_ports_are_read_from_the_address():
    server = mail.server_of("smtp://desk:p%40ss@mail.example.org")
    assert (server.user, server.password, server.port, server.tls) == ("desk", "p@ss", 587, "starttls")
    assert mail.server_of("smtp://mail.example.org?tls=tls").port == 465


def test_the_gateway_can_check_that_the_message_is_ours(texts):
    sms.send(Letter("k", "13800000000", "", "已经办好。", "zh"))
    (asked,) = texts.asked
    signed = hmac.new(b"shared", asked.headers["X-Doorstep-Time"].encode() + b"." + asked.body, hashlib.sha256)
    assert asked.headers["X-Doorstep-Signature"] == f"sha256={signed.hexdigest()}"
    assert asked.message == {"to": "13800000000", "text": "已经办好。", "language": "zh"}


def test_no_redirect_is_followed(texts):
    texts.answers = [307]
    with pytest.raises(NotSent):
        sms.send(Letter("k", "13800000000", "", "b", "zh"))
    assert [asked.path for asked in texts.asked] == ["/messages"]


def test_taken_before_is_taken(texts):
    texts.answers = [409]
    sms.send(Letter("k", "13800000000", "", "b", "zh"))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://host/", "https://"])
def test_only_a_gateway_on_the_web_is_called(url):
    with override_settings(SMS_URL=url), pytest.raises(ValueError, match="gateway"):
        sms.send(Letter("k", "13800000000", "", "b", "zh"))
