import datetime as dt
from uuid import UUID

import aiosmtplib
import pytest

from questline_core.mail.compose import Content, as_message, look_of, write
from questline_core.mail.server import MailServer, RefusedRecipientError, hand_over
from questline_core.testing.post import smtp_server, text_of

ADA = "ada@example.test"
CONTENT = Content(subject="Grüße", text="Hello Ada.\n", html="<p>Hello Ada.</p>")


def message(recipient=ADA, **content):

    return as_message(
        Content(**({"subject": "Grüße", "text": "Hello Ada.\n", "html": "<p>Hello Ada.</p>"} | content)),
        mail_id=UUID(int=7),
        recipient=recipient,
        sender="The School <no-reply@school.example>",
        site="School",
        sent_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
    )


async def give(url, recipient=ADA, **options):
    return await hand_over(MailServer.parse(url), message(), recipient, sender="no-reply@school.example", **options)


async def test_a_message_arrives_with_text_html_and_headers():
    async with smtp_server() as box:
        assert await give(f"smtp+plain://127.0.0.1:{box.port}") == "taken"
    (arrived,) = box.messages
    assert box.recipients == [[ADA]]
    assert (arrived["Subject"], arrived["To"]) == ("Grüße", ADA)
    assert arrived["From"] == "The School <no-reply@school.example>"
    assert arrived["Message-ID"] == "<00000000-0000-0000-0000-000000000007@school.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert text_of(arrived).strip() == "Hello Ada."
    assert "<p>Hello Ada.</p>" in text_of(arrived, "html")


async def test_a_recipient_refused_for_good_is_told_apart_from_one_to_try_again():
    async with smtp_server() as box:
        url = f"smtp+plain://127.0.0.1:{box.port}"
        box.refused[ADA] = "550 no such mailbox"
        with pytest.raises(RefusedRecipientError, match="550 no such mailbox"):
            await give(url)
        box.refused[ADA] = "450 mailbox busy"
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await give(url)


async def test_a_message_refused_for_now_raises():
    async with smtp_server() as box:
        box.answers = ["451 try later"]
        with pytest.raises(aiosmtplib.SMTPResponseException, match="try later"):
            await give(f"smtp+plain://127.0.0.1:{box.port}")


async def test_a_server_that_does_not_answer_is_given_up():
    async with smtp_server() as box:
        box.answers = [""]
        with pytest.raises(aiosmtplib.SMTPTimeoutError):
            await give(f"smtp+plain://127.0.0.1:{box.port}", give_up_after=0.3)


async def test_a_server_that_is_down_raises():
    async with smtp_server() as box:
        port = box.port
    with pytest.raises(aiosmtplib.SMTPConnectError):
        await give(f"smtp+plain://127.0.0.1:{port}")


async def test_smtp_demands_starttls_and_checks_the_certificate(certificate, monkeypatch):
    path, context = certificate
    async with smtp_server(starttls=context, password="s e/cret") as box:
        url = f"smtp://ada:s%20e%2Fcret@127.0.0.1:{box.port}"
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        assert await give(url) == "taken"
        with pytest.raises(aiosmtplib.SMTPAuthenticationError):
            await give(f"smtp://ada:wrong@127.0.0.1:{box.port}")
    assert box.secured == [True]


async def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(certificate):
    async with smtp_server(tls=certificate[1]) as box:
        with pytest.raises(OSError, match="certificate verify failed"):
            await give(f"smtps://127.0.0.1:{box.port}")
    assert box.messages == []


async def test_smtp_sends_nothing_to_a_server_without_starttls():
    async with smtp_server() as box:
        with pytest.raises(aiosmtplib.SMTPException, match="STARTTLS"):
            await give(f"smtp://127.0.0.1:{box.port}")
    assert box.messages == []


async def test_smtps_speaks_tls_from_the_start(certificate, monkeypatch):
    path, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    async with smtp_server(tls=context) as box:
        assert await give(f"smtps://127.0.0.1:{box.port}") == "taken"


@pytest.mark.parametrize(
    "recipient",
    ["ada@example.test\r\nBcc: eve@example.test", "ada@example.test\nX: y", "ada@example.test,eve@example.test", "no"],
)
def test_an_address_cannot_bring_headers_or_recipients_along(recipient):
    with pytest.raises(ValueError):
        message(recipient)


def test_a_name_in_the_subject_cannot_bring_headers_along():

    content = write(
        "invitation",
        "en",
        look_of({}),
        site="School\r\nBcc: eve@example.test",
        name=None,
        link="https://school.example/x",
        values={"inviter": "Eve\r\nX-Evil: 1\u2028", "days": "7"},
    )
    assert content.subject == "Eve X-Evil: 1 invites you to School Bcc: eve@example.test"
    written = message(subject=content.subject).as_string()
    assert not any(line.startswith(("Bcc", "X-Evil")) for line in written.splitlines())


def test_the_password_is_not_shown():
    server = MailServer.parse("smtps://ada:secret@mail.example.test")
    assert server.shown == "smtps://mail.example.test:465"
    assert (server.user, server.password) == ("ada", "secret")
