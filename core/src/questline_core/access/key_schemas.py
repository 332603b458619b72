"""What the API says of API keys, service accounts and client credentials."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from questline_core.access.schemas import Description, Grant, Name, PermissionNames, Subject

KeyState = Literal["active", "expired", "revoked"]
Days = Annotated[int, Meta(ge=1, le=730, description="Days until it expires.")]


class ApiKeyCard(msgspec.Struct, frozen=True, kw_only=True):
    """An API key without the key.

    Args:
        prefix: How the key begins.
        permissions: What it is limited to; null for all that its owner may.
        expires_at: When it ends; null for never.
        last_used_at: When it was last used, within half a minute.
        rotated: Whether another key is to take its place.
    """

    id: UUID
    owner: Subject
    name: str
    prefix: str
    permissions: list[str] | None
    state: KeyState
    created_at: dt.datetime
    created_by: Subject | None
    expires_at: dt.datetime | None
    last_used_at: dt.datetime | None
    rotated: bool


class NewApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key to be made, for oneself or for a service account."""

    name: Name
    permissions: PermissionNames | None = None
    """What it is limited to; null for all that its owner may."""
    expires_in_days: Days | None = 90


class RotateKey(msgspec.Struct, frozen=True, kw_only=True):
    """How long the former key stays good beside the new one."""

    overlap_hours: Annotated[int, Meta(ge=0, le=720)] = 24
    expires_in_days: Days | None = 90


class MadeApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key that has just been made. It is shown this once."""

    key: str
    card: ApiKeyCard


class ServiceAccountCard(msgspec.Struct, frozen=True, kw_only=True):
    """A program that acts under its own name; its id is also its OAuth client id."""

    id: UUID
    name: str
    description: str
    status: Literal["active", "suspended"]
    created_at: dt.datetime
    created_by: Subject | None
    keys: int
    last_used_at: dt.datetime | None


class ServiceAccountDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A service account with the roles it holds, what they amount to, and its keys."""

    account: ServiceAccountCard
    grants: list[Grant]
    permissions: list[str]
    keys: list[ApiKeyCard]


class ServiceAccounts(msgspec.Struct, frozen=True, kw_only=True):
    """The service accounts by name."""

    service_accounts: list[ServiceAccountCard]


class NewServiceAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A service account to be made."""

    name: Name
    description: Description = ""


class ChangeServiceAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What a service account is called, and whether it may come in."""

    name: Name
    description: Description = ""
    status: Literal["active", "suspended"] = "active"


class TokenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request for an access token with a client's own credentials (RFC 6749, section 4.4)."""

    grant_type: Annotated[str, Meta(max_length=100, description="`client_credentials`.")] = ""
    scope: Annotated[str, Meta(max_length=4000, description="Permissions with spaces between.")] | None = None
    client_id: Annotated[str, Meta(max_length=100, description="The service account's id.")] | None = None
    client_secret: Annotated[str, Meta(max_length=200, description="One of its API keys.")] | None = None


class ClientToken(msgspec.Struct, frozen=True, kw_only=True):
    """An access token for a client (RFC 6749, section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  what it is called
    expires_in: int
    scope: str


class TokenError(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no token (RFC 6749, section 5.2)."""

    error: Literal["invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type"]
    error_description: str
