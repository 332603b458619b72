"""What a tenant sets: its identity providers, whom they let in, and what their attributes make of people."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from cryptography.x509 import Certificate, load_pem_x509_certificates
from msgspec import Meta, Struct

from questline_saml.own_keys import PrivateKey, read_keys
from questline_sdk import PluginSettings
from questline_sdk.settings import Secret
from questline_sdk.sign_in import OptionId

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
ATTRIBUTE = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
Name = Annotated[str, Meta(max_length=200)]


class RoleRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who has this value among their groups has this role."""

    value: Annotated[str, Meta(title="Group", min_length=1, max_length=200)]
    role: Annotated[
        str, Meta(title="Role", pattern=r"^[a-z][a-z0-9_-]{0,62}$", description="Its slug; never `owner`.")
    ] = "learner"


class IdentityProvider(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One identity provider: a button on the log-in page."""

    id: Annotated[OptionId, Meta(title="Id")]
    label: Annotated[str, Meta(title="Name on the button", min_length=1, max_length=80)]
    entity_id: Annotated[str, Meta(title="Entity id", min_length=1, max_length=200)]
    sign_on_url: Annotated[
        str, Meta(title="Single sign-on address", description="Of the HTTP-Redirect binding.", max_length=500)
    ]
    certificates: Annotated[
        str,
        Meta(
            title="Signing certificates",
            description="PEM; two while the identity provider changes its own.",
            max_length=40_000,
        ),
    ]
    own_key: Annotated[
        Secret,
        Meta(
            title="This site's private key",
            description="RSA, PEM; for encrypted assertions and single log-out. The metadata have its certificate. "
            "Two, the new one first, while the identity provider changes to it.",
            max_length=20_000,
        ),
    ] = ""
    logout_url: Annotated[
        str,
        Meta(
            title="Single log-out address",
            description="Of the HTTP-Redirect binding. Needs a private key of this site, and people named by name id.",
            max_length=500,
        ),
    ] = ""
    subject_attribute: Annotated[
        Name,
        Meta(
            title="Attribute that names the person",
            description="One that never changes hands. Empty for the name id, which must not be transient then.",
        ),
    ] = ""
    email_attribute: Annotated[Name, Meta(title="Attribute with the e-mail address")] = f"{ATTRIBUTE}/emailaddress"
    name_attribute: Annotated[Name, Meta(title="Attribute with the name")] = f"{ATTRIBUTE}/name"
    groups_attribute: Annotated[Name, Meta(title="Attribute with the groups")] = "groups"
    new_accounts: Annotated[
        Literal["site", "always", "never"],
        Meta(
            title="Open accounts for new people",
            description="site: as the sign-in settings say; always: also where the site is closed; never: only link.",
        ),
    ] = "site"
    trusts_email: Annotated[
        bool,
        Meta(title="Its e-mail addresses are confirmed", description="SAML does not say; you do, if you run it."),
    ] = False
    second_factor: Annotated[
        Literal["ask", "trust"],
        Meta(title="Second factor", description="ask: ours is asked; trust: the provider always asks for one."),
    ] = "ask"
    roles: Annotated[
        tuple[RoleRule, ...], Meta(title="Roles", description="The first that fits counts.", max_length=100)
    ] = ()
    follow_roles: Annotated[bool, Meta(title="Set the role at every log-in, and not only for new accounts")] = False

    def signers(self) -> list[Certificate]:
        """The certificates of the keys that sign; raises `ValueError`."""
        return load_pem_x509_certificates(self.certificates.encode())

    def own_keys(self) -> list[PrivateKey]:
        """This site's keys, the one to use first; raises `ValueError`."""
        return read_keys(self.own_key)


class SamlSettings(PluginSettings, frozen=True, kw_only=True):
    """The tenant's identity providers."""

    providers: Annotated[tuple[IdentityProvider, ...], Meta(title="Identity providers", max_length=20)] = ()

    def __post_init__(self) -> None:
        """Refuse what could not work; the message begins with the field it is shown beside."""
        ids = [each.id for each in self.providers]
        for place, each in enumerate(self.providers):
            where = f"providers[{place}]"
            if ids.index(each.id) != place:
                raise ValueError(f"{where}.id: another provider has this id")
            _check_address(each.sign_on_url, f"{where}.sign_on_url")
            if any(rule.role == "owner" for rule in each.roles):
                raise ValueError(f"{where}.roles: no provider makes owners")
            try:
                each.signers()
            except ValueError:
                raise ValueError(f"{where}.certificates: must be certificates in PEM") from None
            try:
                each.own_keys()
            except ValueError as error:
                raise ValueError(f"{where}.own_key: {error}") from None
            if each.logout_url:
                _check_logout(each, where)


def _check_address(address: str, field: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError(f"{field}: must be an address that begins with https://")


def _check_logout(provider: IdentityProvider, where: str) -> None:
    _check_address(provider.logout_url, f"{where}.logout_url")
    if not provider.own_key:
        raise ValueError(f"{where}.logout_url: needs a private key of this site")
    if provider.subject_attribute:
        raise ValueError(f"{where}.logout_url: needs the name id to name the person, and no attribute")
