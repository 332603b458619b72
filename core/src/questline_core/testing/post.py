"""A real SMTP server on this machine that does what a test wants of it."""

import asyncio
import re
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

LINK = re.compile(r"https?://\S+")


class Postbox:
    """What arrived, and how the server behaves: each message takes the next of `answers`, then 250."""

    def __init__(self) -> None:
        self.port = 0
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.secured: list[bool] = []
        self.answers: list[str] = []
        """Answers to the next messages; an empty one is never given."""
        self.refused: dict[str, str] = {}
        """Answers to recipients that the server does not take."""
        self._closing = asyncio.Event()

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Answer to a recipient."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Answer to a message."""
        if self.answers:
            answer = self.answers.pop(0)
            if not answer:
                await self._closing.wait()
            return answer or "451 closing"
        self.messages.append(message_from_bytes(envelope.content, policy=default))
        self.recipients.append(list(envelope.rcpt_tos))
        self.secured.append(session.ssl is not None)
        return "250 taken"

    def clear(self) -> None:
        """Forget what arrived and what was arranged."""
        for each in (self.messages, self.recipients, self.secured, self.answers, self.refused):
            each.clear()

    def to(self, address: str) -> list[EmailMessage]:
        """The messages to an address, oldest first."""
        return [m for m, whom in zip(self.messages, self.recipients, strict=True) if address in whom]

    def link(self, address: str, part: str = "") -> str:
        """The link in the newest message to an address, of those whose link has this part."""
        for message in reversed(self.to(address)):
            for found in LINK.findall(text_of(message)):
                if part in found:
                    return str(found)
        raise LookupError(f"no link with {part!r} to {address}: {[m['Subject'] for m in self.to(address)]}")

    async def close(self) -> None:
        """End what waits."""
        self._closing.set()


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    """The text of a message, or its HTML."""
    body = message.get_body((kind,))
    return str(body.get_content()) if body else ""


@asynccontextmanager
async def smtp_server(
    *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, password: str | None = None
) -> AsyncIterator[Postbox]:
    """Serve on a free port until the block ends.

    Args:
        starttls: Demand STARTTLS, with this context.
        tls: Speak TLS from the start, with this context.
        password: Demand that the client authenticates with it.
    """
    box = Postbox()
    sessions: list[SMTP] = []

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password.decode() == password, handled=False)

    def protocol() -> SMTP:
        options: dict[str, Any] = {"tls_context": starttls, "require_starttls": starttls is not None}
        if password:
            options |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": starttls is not None}
        with warnings.catch_warnings(action="ignore"):  # a password without TLS: nothing leaves this machine
            sessions.append(SMTP(box, hostname="mail.example.test", **options))
        return sessions[-1]

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=tls)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        await box.close()
        server.close()
        for session in sessions:
            if session.transport is not None:
                session.transport.close()
            task = session._handler_coroutine
            if task is not None:
                with suppress(asyncio.CancelledError, ConnectionError, TimeoutError):
                    await asyncio.wait_for(task, 5)
        await asyncio.sleep(0)
