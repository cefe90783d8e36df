"""Letters to us: what a person wrote becomes a case once; what a machine wrote is let lie."""

from __future__ import annotations

import os
import re
import smtplib
import subprocess
import sys
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from PIL import Image
from tests.committed import committed_town as committed_town
from tests.town import MORNING

from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case, Contact, Event, Photo, Said
from doorstep.core.access import WORKER, acting_as
from doorstep.notices.mail import Became, receive
from doorstep.notices.models import Notice
from doorstep.notices.tasks import send_due


def a_letter(words: str = "三号楼的路灯不亮了", subject: str = "路灯", **headers: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = "Ava <ava@example.org>", "desk@example.org"
    letter["Subject"], letter["Message-ID"] = subject, "<1@example.org>"
    for name, value in headers.items():
        del letter[name.replace("_", "-")]
        letter[name.replace("_", "-")] = value
    letter.set_content(words)
    return letter


def taken(letter: EmailMessage | bytes) -> Became:
    return receive(letter if isinstance(letter, bytes) else letter.as_bytes(), at=MORNING)


def words_kept() -> list[str]:
    with acting_as(WORKER):
        return list(Said.objects.order_by("case_id", "seq").values_list("words", flat=True))


def test_a_letter_becomes_a_case_with_its_sender_as_contact(town):
    assert taken(a_letter()) is Became.CASE
    assert words_kept() == ["三号楼的路灯不亮了"]
    with acting_as(WORKER):
        kept = Contact.objects.get()
    assert (kept.email, kept.name) == ("ava@example.org", "Ava")


def test_the_subject_comes_first_where_the_letter_does_not_say_it(town):
    taken(a_letter("晚上看不见。", "回复: RE: 三号楼路灯不亮"))
    assert words_kept() == ["三号楼路灯不亮\n晚上看不见。"]


def test_the_same_letter_again_is_one_case(town):
    for _ in range(3):
        assert taken(a_letter()) is Became.CASE
    assert len(words_kept()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (vacation)"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.example.org>"},
        {"Return_Path": "<>"},
        {"X_Loop": "desk"},
        {"From": "MAILER-DAEMON@example.org"},
        {"From": "Doorstep <desk@example.org>"},
    ],
)
def test_what_a_machine_wrote_and_what_we_wrote_ourselves_is_let_lie(town, headers):
    with override_settings(EMAIL_URL="smtp://127.0.0.1:1?tls=none&from=desk@example.org"):
        assert taken(a_letter(**headers)) is Became.MACHINE
    assert words_kept() == []


def test_a_letter_that_says_no_machine_wrote_it_is_taken(town):
    assert taken(a_letter(Auto_Submitted="no")) is Became.CASE


def test_our_own_notice_that_comes_back_begins_nothing(town, post):
    taken(a_letter())
    advance(at=MORNING)
    send_due(MORNING)
    (notice,) = post.letters
    assert taken(notice.as_bytes()) is Became.MACHINE


def test_an_answer_to_a_notice_is_a_note_on_its_case_if_it_comes_from_there(town, post):
    taken(a_letter())
    advance(at=MORNING)
    send_due(MORNING)
    ours = post.letters[0]["Message-ID"]
    reply = a_letter(
        "是东边那盏。\n\n在 2026年11月23日，家门口 写道：\n> 您的诉求", "Re: 诉求", Message_ID="<2@x>", In_Reply_To=ours
    )
    assert taken(reply) is Became.NOTE
    assert taken(reply) is Became.NOTE
    stranger = a_letter("我也来说", Message_ID="<3@x>", In_Reply_To=ours, From="eve@example.org")
    assert taken(stranger) is Became.CASE
    with acting_as(WORKER):
        note = Event.objects.get(move="note")
        assert note.by_hat == "reporter" and Case.objects.count() == 2
        assert "东边" in Said.objects.get(case=note.case_id, seq=note.seq).words
    assert "您的诉求" not in "".join(words_kept())


def test_an_answer_whose_letter_of_ours_is_made_up_is_a_case_of_its_own(town, post):
    taken(a_letter())
    advance(at=MORNING)
    send_due(MORNING)
    made_up = re.sub(r"\.[0-9a-f]{20}@", f".{'0' * 20}@", post.letters[0]["Message-ID"])
    assert taken(a_letter("是东边那盏。", Message_ID="<2@x>", In_Reply_To=made_up)) is Became.CASE
    with acting_as(WORKER):
        assert not Event.objects.filter(move="note").exists()


def test_what_we_answer_comes_back_in_the_thread_and_so_does_the_reply_to_it(town, post):
    """Three letters over a real mail server: hers, ours in her thread, and her reply, which knows only the thread."""
    hers, reply = a_letter(), a_letter("是东边那盏。", "Re: 路灯", Message_ID="<2@example.org>")
    smtp = urlsplit(post.url)
    with smtplib.SMTP(smtp.hostname, smtp.port) as session:
        session.send_message(hers)
        assert taken(post.letters.pop()) is Became.CASE
        advance(at=MORNING)
        send_due(MORNING)
        ours = post.letters.pop()
        assert ours["In-Reply-To"] == hers["Message-ID"] and ours["To"] == "ava@example.org"
        reply["References"] = f"{hers['Message-ID']} {ours['Message-ID']}"
        session.send_message(reply)
        assert taken(post.letters.pop()) is Became.NOTE


def test_a_letter_that_borrows_the_key_of_another_is_heard_too(town):
    taken(a_letter())
    assert taken(a_letter("井盖不见了", "")) is Became.CASE
    assert taken(a_letter(From="ben@example.org")) is Became.CASE
    assert len(words_kept()) == 3


def test_whoever_writes_without_end_is_heard_later(town):
    with override_settings(REPORTS_PER_HOUR=2):
        became = [taken(a_letter(f"第{nth}件事", "", Message_ID=f"<{nth}@x>")) for nth in range(3)]
        assert became == [Became.CASE, Became.CASE, Became.LATER]
        assert taken(a_letter("别人的事", "", From="ben@example.org")) is Became.CASE
        assert receive(a_letter("第三件事", "").as_bytes(), at=MORNING + timedelta(hours=2)) is Became.CASE


@pytest.mark.parametrize(
    ("charset", "declared"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gbk", "GBK"), ("utf-8", "nonsense-8")]
)
def test_a_letter_is_read_in_its_coding(town, charset, declared):
    raw = (
        f"From: a@example.org\r\nMessage-ID: <4@x>\r\nContent-Type: text/plain; charset={declared}\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + "三号楼的路灯不亮了，请修缮㐀".encode("gb18030" if charset != "utf-8" else "utf-8")
    assert taken(raw) is Became.CASE
    assert words_kept() == ["三号楼的路灯不亮了，请修缮㐀"]


def test_of_a_page_only_the_words_are_taken(town):
    letter = a_letter()
    letter.set_content(
        "<p>路灯<b>坏了</b></p><script>alert(1)</script><style>p{}</style><div>东边</div>", subtype="html"
    )
    taken(letter)
    assert "alert" not in words_kept()[0] and "<" not in words_kept()[0] and "坏了" in words_kept()[0]


@pytest.mark.parametrize("words", ["", "   \n\n", "> 只有引用\n> 再引用"])
def test_a_letter_without_words_of_its_own_is_let_lie(town, words):
    assert taken(a_letter(words, "")) is Became.EMPTY


def test_a_very_long_letter_is_cut_and_kept(town):
    assert taken(a_letter("灯" * 1_000_000, "")) is Became.CASE
    assert len(words_kept()[0]) == 2000


def test_strange_signs_leave_the_words(town):
    taken(a_letter("灯\x07坏了‮反过来🔦", ""))
    assert words_kept() == ["灯坏了反过来🔦"]


def a_picture(kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind)
    return out.getvalue()


def test_only_pictures_are_taken_of_what_is_attached_and_each_is_made_anew(town):
    letter = a_letter()
    for content, kind, name in (
        (a_picture() + b"<script>alert(1)</script>", "png", "a.png"),
        (b"MZ\x90 program", "png", "b.png"),
        (b"%PDF-1.4", "pdf", "c.pdf"),
    ):
        maintype = "application" if kind == "pdf" else "image"
        letter.add_attachment(content, maintype=maintype, subtype=kind, filename=name)
    taken(letter)
    with acting_as(WORKER):
        (kept,) = Photo.objects.all()
    assert bytes(kept.image)[8:12] == b"WEBP" and b"script" not in bytes(kept.image)


def test_a_picture_alone_is_a_letter_too(town):
    letter = a_letter("", "")
    letter.add_attachment(a_picture(), maintype="image", subtype="png", filename="a.png")
    assert taken(letter) is Became.CASE
    assert "照片" in words_kept()[0]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 100,
        b"From\n\n",
        b"From: =?utf-8?b?//8=?= <\xff@x>\n\n",
        b"Content-Type: multipart/mixed; boundary=\n\n",
    ],
)
def test_what_is_no_letter_does_no_harm(town, raw):
    assert taken(raw) in set(Became)


def test_a_letter_without_a_key_of_its_own_is_known_by_its_words(town):
    letter = a_letter()
    del letter["Message-ID"]
    assert [taken(letter), taken(letter)] == [Became.CASE] * 2 and len(words_kept()) == 1


def test_a_letter_that_is_far_too_large_is_let_lie(town):
    assert taken(b"From: a@example.org\n\n" + b"a" * 27_000_000) is Became.LARGE


def test_a_sender_who_cannot_be_written_to_is_heard_all_the_same(town):
    assert taken(a_letter(From="nobody")) is Became.CASE
    with acting_as(WORKER):
        assert not Contact.objects.exists() and not Notice.objects.exists()


def test_a_mail_server_hands_a_letter_to_the_command(committed_town, server, tmp_path: Path):
    """The pipe of a real mail server: a process of its own, the letter on its standard input."""
    from django.db import connections
    from tests.committed import COPY

    from doorstep.core.postgres import APP, OWNER

    connections.close_all()
    url = {user: make_url(server.dsn(user), COPY) for user in (APP, OWNER)}
    done = subprocess.run(
        [sys.executable, "-c", "from doorstep.config.command import main; main()", "receive-mail"],
        input=a_letter().as_bytes(),
        env={**os.environ, "DATABASE_URL": url[OWNER], "DATABASE_APP_URL": url[APP], "DOORSTEP_LANG": "zh"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 and "已受理" in done.stdout.decode(), done.stderr.decode()
    assert words_kept() == ["三号楼的路灯不亮了"]


def make_url(dsn: str, database: str) -> str:
    return f"{dsn.rpartition('/')[0]}/{database}"
