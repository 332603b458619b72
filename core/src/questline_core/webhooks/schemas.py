"""What the API says of webhooks."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

Url = Annotated[
    str,
    Meta(
        max_length=2000,
        pattern=r"^https?://[^\s/?#@\\\x00]+([/?][^\s#\\\x00]*)?$",
        description="Where messages are posted to: HTTPS, without a name and password in it.",
        examples=["https://crm.example.com/hooks/questline"],
    ),
]
EventTypes = Annotated[
    list[Annotated[str, Meta(pattern=r"^(\*|[a-z0-9_]+(\.[a-z0-9_]+)+)$", max_length=100)]],
    Meta(min_length=1, max_length=100, description="Types of events, or `*` for all.", examples=[["*"]]),
]
Description = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00]*$")]
State = Literal["pending", "delivered", "failed"]


class WebhookCard(msgspec.Struct, frozen=True, kw_only=True):
    """An address that is told of events."""

    id: UUID
    url: str
    description: str
    event_types: list[str]
    enabled: bool
    disabled_reason: Literal["failing", "gone"] | None
    """Why it was switched off by itself: it failed for days, or answered that it is gone."""
    failing_since: dt.datetime | None
    """Since when no message has come through."""
    previous_until: dt.datetime | None
    """Until when messages are signed with the former secret, too."""
    created_at: dt.datetime


class NewWebhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address to tell of events."""

    url: Url
    event_types: EventTypes
    description: Description = ""


class WebhookChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to change of a webhook; what is left out stays."""

    url: Url | msgspec.UnsetType = msgspec.UNSET
    event_types: EventTypes | msgspec.UnsetType = msgspec.UNSET
    description: Description | msgspec.UnsetType = msgspec.UNSET
    enabled: bool | msgspec.UnsetType = msgspec.UNSET


class WebhookSecret(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook and its new secret, which is shown this once."""

    webhook: WebhookCard
    secret: str


class EventTypeCard(msgspec.Struct, frozen=True, kw_only=True):
    """A type of events that webhooks may be told of."""

    name: str
    publisher: str
    """`core`, or the id of the plugin."""
    title: str


class DeliveryCard(msgspec.Struct, frozen=True, kw_only=True):
    """One message to one address."""

    id: UUID
    message_id: str
    """What the receiver gets as `webhook-id`, however often it is sent."""
    event_id: UUID | None
    event_type: str
    occurred_at: dt.datetime
    state: State
    attempts: int
    status: int | None
    """Of the last answer."""
    error: str | None
    """Why there was no answer at the last attempt."""
    next_at: dt.datetime | None
    finished_at: dt.datetime | None


class AttemptCard(msgspec.Struct, frozen=True, kw_only=True):
    """One request and its answer; the signature is masked."""

    number: int
    started_at: dt.datetime
    milliseconds: int
    status: int | None
    error: str | None
    request_headers: dict[str, str]
    response_headers: dict[str, str]
    response_body: str


class DeliveryLog(msgspec.Struct, frozen=True, kw_only=True):
    """A message with what it says and every attempt to deliver it."""

    delivery: DeliveryCard
    body: str
    attempts: list[AttemptCard]
