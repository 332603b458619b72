"""Writing a mail: its words in the reader's language, its look from the tenant's theme."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any
from uuid import UUID

import msgspec

from questline_core.mail.texts import MailText, languages
from questline_sdk.mail import MailFile

COLORS = ("background", "surface", "ink", "muted", "line", "primary", "on-primary", "primary-ink")
PLAIN_LIGHT = ("#f6f6f8", "#ffffff", "#1b1b1f", "#57575f", "#dddde3", "#3b3bbf", "#ffffff", "#3030a8")
PLAIN_DARK = ("#16161a", "#212127", "#f2f2f5", "#b4b4be", "#3a3a43", "#b9b9ff", "#14144a", "#c9c9ff")
PLAIN_FONT = "system-ui, 'Segoe UI', Roboto, sans-serif"


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A mail ready to be sent, but for its headers."""

    subject: str
    text: str
    html: str
    files: Sequence[MailFile] = ()


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What mails take from a theme."""

    light: dict[str, str]
    dark: dict[str, str]
    radius: str = "12px"
    font: str = PLAIN_FONT


def look_of(tokens: dict[str, Any]) -> Look:
    """Pick a mail's colours, corners and font from a theme's design tokens; plain ones for what is missing."""
    families = _value(tokens, "font", "family", "body") or []
    quoted = [f"'{name}'" if " " in name else str(name) for name in families]
    return Look(
        light=_colors(tokens, "light", PLAIN_LIGHT),
        dark=_colors(tokens, "dark", PLAIN_DARK),
        radius=str(_value(tokens, "radius", "control") or "12px"),
        font=", ".join(quoted) or PLAIN_FONT,
    )


def write(
    kind: str,
    language: str,
    look: Look,
    *,
    site: str,
    name: str | None,
    link: str | None,
    values: dict[str, str],
    text: MailText | None = None,
) -> Content:
    """Write one mail.

    Args:
        kind: Which one, a table in the texts.
        language: A language of the texts.
        look: The theme's look.
        site: The tenant's name.
        name: Whom it greets; None for an address that we know no name of.
        link: Where its button leads; None for none.
        values: What the words name besides.
        text: The words of a mail that is not in the texts.
    """
    from questline_core.mail import rendering

    words = languages()[language]
    text = text or words.mails[kind]
    known = values | {"site": site, "name": name or ""}

    def filled(line: str) -> str:
        return rendering.line(line, known)

    parts = {
        "language": language,
        "subject": _one_line(filled(text.subject)),
        "greeting": filled(words.greeting if name else words.greeting_nameless),
        "paragraphs": [filled(each) for each in text.paragraphs],
        "button": filled(text.button) if text.button else None,
        "small": filled(text.small) if text.small else None,
        "link": link if text.button else None,
        "link_hint": words.link_hint,
        "footer": filled(words.footer),
        "site": site,
        "light": look.light,
        "dark": look.dark,
        "radius": look.radius,
        "font": look.font,
    }
    return Content(
        subject=str(parts["subject"]),
        text=rendering.page("layout.txt", parts),
        html=rendering.page("layout.html", parts),
    )


def as_message(
    content: Content, *, mail_id: UUID, recipient: str, sender: str, site: str, sent_at: Any
) -> EmailMessage:
    """The message with its headers; raises `ValueError` for an address that cannot stand in one.

    Its Message-ID follows from the mail's id, so that a second copy, sent after a crash, is known for what it is.
    """
    name, address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name or _one_line(site), addr_spec=address)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = content.subject
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = f"<{mail_id}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(content.text)
    message.add_alternative(content.html, subtype="html")
    for file in content.files:
        main, _, sub = file.media_type.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return message


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _colors(tokens: dict[str, Any], scheme: str, plain: tuple[str, ...]) -> dict[str, str]:
    return {
        name.replace("-", "_"): str(_value(tokens, scheme, "color", name) or default)
        for name, default in zip(COLORS, plain, strict=True)
    }


def _value(tokens: dict[str, Any], *path: str) -> Any:
    found: Any = tokens
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found.get("$value") if isinstance(found, dict) else None
