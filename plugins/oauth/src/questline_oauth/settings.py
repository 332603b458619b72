"""What a tenant sets: its providers, whom they let in, and what their claims make of people."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from questline_oauth.presets import PRESETS, Kind
from questline_sdk import PluginSettings
from questline_sdk.settings import Secret
from questline_sdk.sign_in import OptionId

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
Short = Annotated[str, Meta(max_length=200)]


class RoleRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who has this value in the claim has this role."""

    value: Annotated[str, Meta(title="Group or claim value", min_length=1, max_length=200)]
    role: Annotated[
        str, Meta(title="Role", pattern=r"^[a-z][a-z0-9_-]{0,62}$", description="Its slug; never `owner`.")
    ] = "learner"


class Provider(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One provider: a button on the log-in page."""

    id: Annotated[OptionId, Meta(title="Id")]
    kind: Annotated[Kind, Meta(title="Kind")] = "openid"
    label: Annotated[Short, Meta(title="Name on the button", description="May be left empty but for openid.")] = ""
    issuer: Annotated[
        Short,
        Meta(
            title="Issuer",
            description="The provider's address, before /.well-known/openid-configuration. Needed for openid; for "
            "microsoft it may name one directory, for github an enterprise server.",
        ),
    ] = ""
    client_id: Annotated[str, Meta(title="Client id", min_length=1, max_length=200)]
    client_secret: Annotated[Secret, Meta(title="Client secret", max_length=2000)] = ""
    scopes: Annotated[Short, Meta(title="Scopes", description="Empty for the usual ones.")] = ""
    new_accounts: Annotated[
        Literal["site", "always", "never"],
        Meta(
            title="Open accounts for new people",
            description="site: as the sign-in settings say; always: also where the site is closed; never: only link.",
        ),
    ] = "site"
    trusts_email: Annotated[
        bool,
        Meta(
            title="Its e-mail addresses are confirmed",
            description="Also where it does not say so itself; only for a provider that you run.",
        ),
    ] = False
    second_factor: Annotated[
        Literal["ask", "trust_if_said", "trust"],
        Meta(
            title="Second factor",
            description="ask: ours is asked; trust_if_said: not where the provider says that it asked for one (`amr`); "
            "trust: the provider always asks for one.",
        ),
    ] = "ask"
    claim: Annotated[Short, Meta(title="Claim with the groups")] = "groups"
    roles: Annotated[
        tuple[RoleRule, ...], Meta(title="Roles", description="The first that fits counts.", max_length=100)
    ] = ()
    follow_roles: Annotated[bool, Meta(title="Set the role at every log-in, and not only for new accounts")] = False

    @property
    def shown(self) -> str:
        """The name on the button."""
        return self.label or PRESETS[self.kind].label or self.id

    @property
    def address(self) -> str:
        """The issuer, or where the preset has it."""
        return (self.issuer or PRESETS[self.kind].issuer).rstrip("/")


class OAuthSettings(PluginSettings, frozen=True, kw_only=True):
    """The tenant's providers."""

    providers: Annotated[tuple[Provider, ...], Meta(title="Providers", max_length=20)] = ()

    def __post_init__(self) -> None:
        """Refuse what could not work; the message begins with the field it is shown beside."""
        ids = [each.id for each in self.providers]
        for place, each in enumerate(self.providers):
            where = f"providers[{place}]"
            if ids.index(each.id) != place:
                raise ValueError(f"{where}.id: another provider has this id")
            if not each.address:
                raise ValueError(f"{where}.issuer: is needed for {each.kind}")
            if not _is_safe(each.address):
                raise ValueError(f"{where}.issuer: must be an address that begins with https://")
            if any(rule.role == "owner" for rule in each.roles):
                raise ValueError(f"{where}.roles: no provider makes owners")


def _is_safe(address: str) -> bool:
    """Say whether an address is one of HTTPS, or of this machine for trying things out."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
