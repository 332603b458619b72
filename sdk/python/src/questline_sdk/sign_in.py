"""Sign-in providers: how people come in with an account they have elsewhere.

A plugin registers one `SignInProvider` with `register_sign_in_providers`; what it offers a tenant, one button each, it
says in `options`. It sends the browser away (`begin`) and says who came back (`complete`). Everything else is core's:
accounts, linking, second factors, sessions, audit.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Protocol

import msgspec

from questline_sdk.context import Context
from questline_sdk.errors import QuestlineError

OptionId = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z][a-z0-9_-]{0,39}$",
        description="Names the provider in addresses: small letters, digits, `-` and `_`.",
        examples=["acme"],
    ),
]
"""The word a tenant's settings give to one of their providers; type settings with it."""


class SignInOption(msgspec.Struct, frozen=True, kw_only=True):
    """One button on the log-in page.

    Args:
        id: Unique within the provider; part of addresses that are registered elsewhere, so it should not change.
        label: What the button says after "Continue with", for example `Google` or the company's name.
        icon: The `d` of a 24x24 SVG path; empty for a plain key.
    """

    id: str
    label: str
    icon: str = ""


class SignInAddresses(msgspec.Struct, frozen=True, kw_only=True):
    """Where the other side sends the browser back to; register these there.

    Args:
        return_to: Takes an answer in its query (a redirect URI).
        answer_to: Takes an answer as a form that the other side's page posts (an assertion consumer service).
    """

    return_to: str
    answer_to: str


class SignInRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider is asked to do.

    Args:
        addresses: Where the browser comes back to.
        state: Unguessable; the other side must give it back as `state` or `RelayState`.
        fresh: The person has to prove there who they are, whether they are signed in or not.
        locale: The person's language.
    """

    addresses: SignInAddresses
    state: str
    fresh: bool = False
    locale: str = "en"


class SignInRedirect(msgspec.Struct, frozen=True, kw_only=True):
    """Where to send the browser, and what `complete` has to know again; that is sealed and kept by the browser."""

    url: str
    kept: Mapping[str, str] = {}


class SignInAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back.

    Args:
        addresses: Those of the request.
        parameters: The query or form fields that the other side sent. Nothing in them is verified but `state`.
        kept: What `begin` gave to keep.
        fresh: Whether the person had to prove there who they are; check that they did.
    """

    addresses: SignInAddresses
    parameters: Mapping[str, str]
    kept: Mapping[str, str]
    fresh: bool = False


class VerifiedIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is elsewhere, as their provider proved it.

    Args:
        issuer: Who says so, for ever the same: an OpenID issuer or a SAML entity id.
        subject: The issuer's own unchanging name for the person; never an e-mail address that may change hands.
        email: Their address there.
        email_verified: The issuer has made sure that the address is theirs.
        name: The name to show.
        role: Slug of the role that the tenant's settings map the issuer's claims or groups to; None for no mapping.
        follow_role: Give that role at every log-in, and not only to a new account.
        second_factor: The issuer asked for a second factor, and the tenant's settings trust it: none is asked here.
        new_accounts: Whether somebody without an account gets one: as the site's sign-up settings say, always, never.
    """

    issuer: str
    subject: str
    email: str | None = None
    email_verified: bool = False
    name: str | None = None
    role: str | None = None
    follow_role: bool = False
    second_factor: bool = False
    new_accounts: Literal["site", "always", "never"] = "site"


class SignInRefused(QuestlineError):
    """The provider did not let the person in, or what it said of them cannot be trusted."""

    status = 403
    title = "Sign-in refused"
    default_code = "provider_refused"


class SignInUnavailable(QuestlineError):
    """The provider does not answer, or not as it should: somebody has to look at it or try later."""

    status = 503
    title = "Provider unavailable"
    default_code = "provider_unavailable"


class SignInProvider(ABC):
    """A way to sign in with an account elsewhere; it must be safe to use concurrently.

    Attributes:
        name: The plugin's id, or `<plugin id>.<word>` where a plugin has several.
    """

    name: ClassVar[str]

    @abstractmethod
    async def options(self, ctx: Context) -> Sequence[SignInOption]:
        """What the tenant has set up, in the order of the buttons; read the settings only, for it is asked often."""

    @abstractmethod
    async def begin(self, ctx: Context, option: str, request: SignInRequest) -> SignInRedirect:
        """Say where to send the browser. Raises `SignInUnavailable`."""

    @abstractmethod
    async def complete(self, ctx: Context, option: str, answer: SignInAnswer) -> VerifiedIdentity:
        """Verify what came back. Raises `SignInRefused` or `SignInUnavailable`.

        It must take an answer to this request only: check what `kept` remembers of it.
        """


class SignInProviders(Protocol):
    """The sign-in providers of the plugins that are on for the tenant (provided by core)."""

    async def all(self) -> Mapping[str, SignInProvider]:
        """Each by its name, in load order."""
        ...


class SignInSite(Protocol):
    """How the site is reached from elsewhere (provided by core)."""

    async def addresses(self, provider: str, option: str) -> SignInAddresses:
        """The addresses of one option of a provider, as they are to be registered there."""
        ...


class SignInSessions(Protocol):
    """The sessions of people who sign in with accounts elsewhere (provided by core)."""

    async def end(self, provider: str, option: str, *, issuer: str, subject: str) -> bool:
        """End every session of the user whom an account signs in; False where it signs nobody in.

        The provider must have proved that the issuer asks for it.

        Args:
            provider: The provider's name.
            option: Which of its options.
            issuer: Who says so, as in `VerifiedIdentity`.
            subject: The issuer's name for the person.
        """
        ...
