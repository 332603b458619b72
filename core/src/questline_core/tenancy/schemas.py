"""What the API says of tenants."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]


class TenantInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant as the host keeps it in memory."""

    id: UUID
    slug: str
    name: str
    host: str | None
    sign_up: str
    theme: str


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What anybody may know of the site they are on."""

    name: str
    slug: str
    sign_up: Literal["open", "closed"]
    theme: str
    version: str
