"""The mail server: its address, and handing a message over to it."""

import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib
import msgspec

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
TIMEOUT_SECONDS = 20.0
PERMANENT = 500


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mails are handed over.

    `smtp://` demands STARTTLS, `smtps://` is TLS from the start, `smtp+plain://` no TLS: for a relay on this machine.
    """

    scheme: str
    hostname: str
    port: int
    user: str | None
    password: str | None

    @classmethod
    def parse(cls, url: str) -> "MailServer":
        """Read `scheme://user:password@host:port`; user, password and port may be left out."""
        parts = urlsplit(url)
        return cls(
            scheme=parts.scheme,
            hostname=parts.hostname or "localhost",
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    @property
    def shown(self) -> str:
        """The address without the password."""
        return f"{self.scheme}://{self.hostname}:{self.port}"


class RefusedRecipientError(Exception):
    """The server says for good that it takes no mail for this address."""


async def hand_over(
    server: MailServer, message: EmailMessage, recipient: str, *, sender: str, give_up_after: float = TIMEOUT_SECONDS
) -> str:
    """Give a message to the server; returns its answer.

    Raises:
        RefusedRecipientError: The address is refused for good (a 5xx answer).
        aiosmtplib.SMTPException, OSError: Anything else, which may pass.
    """
    client = aiosmtplib.SMTP(
        hostname=server.hostname,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.scheme == "smtps",
        start_tls=server.scheme == "smtp",
        tls_context=None if server.scheme == "smtp+plain" else ssl.create_default_context(),
        timeout=give_up_after,
    )
    try:
        async with client:
            _, answer = await client.send_message(message, sender=sender, recipients=[recipient])
    except aiosmtplib.SMTPRecipientsRefused as error:
        refused = error.recipients[0]
        if refused.code >= PERMANENT:
            raise RefusedRecipientError(f"{refused.code} {refused.message}") from error
        raise
    return answer
