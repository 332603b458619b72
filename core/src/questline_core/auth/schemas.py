"""What the API says of accounts and takes to change them."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from questline_core.auth.policy import RoleName, SignInPolicy, SignUpMode
from questline_core.privacy.answers import Answer

MAX_PASSWORD = 200

Email = Annotated[
    str,
    Meta(
        pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$",
        max_length=254,
        description="An e-mail address; upper and lower case are the same.",
        examples=["ada@example.com"],
    ),
]
DisplayName = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$",
        max_length=80,
        description="The name others see.",
        examples=["Ada Lovelace"],
    ),
]
GivenPassword = Annotated[str, Meta(min_length=1, max_length=MAX_PASSWORD, description="The present password.")]
NewPassword = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=MAX_PASSWORD,
        description="A new password: not easily guessed, and without the name in the e-mail address.",
    ),
]
Locale = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
        description="A BCP 47 language tag: language, script, region.",
        examples=["en", "de", "pt-BR"],
    ),
]
TimeZone = Annotated[
    str, Meta(min_length=1, max_length=64, description="An IANA time zone.", examples=["UTC", "Europe/Berlin"])
]
LinkToken = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$", description="What follows `#` in a mailed link, without its first word.")
]
TicketText = Annotated[str, Meta(min_length=1, max_length=4000, description="A ticket of the step before.")]
Code = Annotated[str, Meta(pattern=r"^ ?[0-9]{3} ?[0-9]{3} ?$", description="The six digits that the app shows.")]
RecoveryCodeText = Annotated[str, Meta(min_length=8, max_length=40, description="One of the recovery codes.")]
Credential = Annotated[
    dict[str, Any], Meta(description="A `PublicKeyCredential` as JSON (WebAuthn level 3, `toJSON()`).")
]
StatusName = Literal["active", "suspended"]


class SignUp(msgspec.Struct, frozen=True, kw_only=True):
    """A new account."""

    email: Email
    password: NewPassword
    display_name: DisplayName
    locale: Locale = "en"
    time_zone: TimeZone = "UTC"
    invitation: LinkToken | None = None
    consents: Annotated[list[Answer], Meta(max_length=50)] = []
    """What the person says to the documents of `list_privacy_documents`; left out, they are asked once they are in."""


class LogIn(msgspec.Struct, frozen=True, kw_only=True):
    """The credentials of an account."""

    email: Email
    password: GivenPassword


class UpdateMe(msgspec.Struct, frozen=True, kw_only=True):
    """Changes to one's own profile; what is left out stays."""

    display_name: DisplayName | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET


class ChangePassword(msgspec.Struct, frozen=True, kw_only=True):
    """A new password, with the present one as proof."""

    current_password: GivenPassword
    new_password: NewPassword


class User(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in user, and what they may do."""

    id: UUID
    email: str
    display_name: str
    role: RoleName
    locale: str
    time_zone: str
    avatar_url: str | None
    permissions: list[str]
    created_at: dt.datetime


class Impersonation(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts for the user, why, and until when."""

    impersonator_id: UUID
    by: str
    reason: str
    until: dt.datetime


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in session: the access token, the seconds it lasts, and whose it is."""

    access_token: str
    expires_in: int
    user: User
    must_enrol: bool = False
    """A second factor has to be set up before anything else is allowed."""
    must_consent: bool = False
    """Something has to be agreed to, by the user or a parent, before anything else is allowed."""
    impersonation: Impersonation | None = None
    """There where somebody else acts for the user."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A user as those who run the tenant see them."""

    id: UUID
    email: str
    display_name: str
    role: RoleName
    status: StatusName
    avatar_url: str | None
    created_at: dt.datetime
    last_seen_at: dt.datetime | None


class ConfirmationSent(msgspec.Struct, frozen=True, kw_only=True):
    """Where a link has been sent to, if one was due; the answer is the same for every address."""

    email: str


class WithLink(msgspec.Struct, frozen=True, kw_only=True):
    """A mailed link that is used."""

    token: LinkToken


class WithEmail(msgspec.Struct, frozen=True, kw_only=True):
    """An e-mail address."""

    email: Email


class ResetPassword(msgspec.Struct, frozen=True, kw_only=True):
    """A new password, with the mailed link as proof."""

    token: LinkToken
    password: NewPassword


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to invite, as what, and in which language to write to them."""

    emails: Annotated[list[Email], Meta(min_length=1, max_length=100)]
    role: RoleName = "learner"
    locale: Locale = "en"


class InvitationSent(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one address; `link` is there to be handed on where the site sends no mail."""

    email: str
    outcome: Literal["invited", "has_account"]
    link: str | None


class InvitationsSent(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each address."""

    invitations: list[InvitationSent]


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation that has not been accepted yet."""

    id: UUID
    email: str
    role: RoleName
    inviter: str
    created_at: dt.datetime
    expires_at: dt.datetime


class InvitedBy(msgspec.Struct, frozen=True, kw_only=True):
    """What an invitation says to who was invited."""

    email: str
    role: RoleName
    inviter: str


class SignInSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How people come in to the tenant."""

    sign_up: SignUpMode
    policy: SignInPolicy
    sends_mail: bool
    """Whether the site sends mail; without, addresses cannot be confirmed."""
    idle_days: int
    """The site's own limits, where the tenant sets none."""
    longest_days: int


class SetSignInSettings(msgspec.Struct, frozen=True, kw_only=True):
    """New sign-in settings."""

    sign_up: SignUpMode
    policy: SignInPolicy


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser is asked about passkeys, and the ticket that its answer comes with."""

    ticket: str
    options: dict[str, Any]


class PasskeyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser answered, with the ticket of the question."""

    ticket: TicketText
    credential: Credential


class NewPasskey(msgspec.Struct, frozen=True, kw_only=True):
    """A passkey that the browser made, and what to call it."""

    ticket: TicketText
    credential: Credential
    name: DisplayName


class SecondFactorNeeded(msgspec.Struct, frozen=True, kw_only=True):
    """The password was right; one of these has to be given with the ticket."""

    ticket: str
    app: bool
    recovery_code: bool
    passkey: Offer | None
    remember_days: int


class SecondFactor(msgspec.Struct, frozen=True, kw_only=True):
    """The second factor: a code of the app, a recovery code, or a passkey."""

    ticket: TicketText
    code: Code | None = None
    recovery_code: RecoveryCodeText | None = None
    passkey: PasskeyAnswer | None = None
    remember: bool = False


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """Proof of who one is: the second factor, or the password of who has none."""

    password: GivenPassword | None = None
    code: Code | None = None
    recovery_code: RecoveryCodeText | None = None
    passkey: PasskeyAnswer | None = None


class NewTotp(msgspec.Struct, frozen=True, kw_only=True):
    """What an authenticator app needs: the secret, the same as an address, and that as an SVG image (QR code)."""

    secret: str
    uri: str
    image: str


class WithCode(msgspec.Struct, frozen=True, kw_only=True):
    """A code of the authenticator app."""

    code: Code


class RecoveryCodes(msgspec.Struct, frozen=True, kw_only=True):
    """New recovery codes, to be read only now; empty where the former stay."""

    recovery_codes: list[str]


class PasskeyCard(msgspec.Struct, frozen=True, kw_only=True):
    """A passkey as its owner sees it."""

    id: UUID
    name: str
    backed_up: bool
    created_at: dt.datetime
    last_used_at: dt.datetime | None


class Security(msgspec.Struct, frozen=True, kw_only=True):
    """How the signed-in user's account is protected."""

    email: str
    email_verified: bool
    has_password: bool
    app_since: dt.datetime | None
    passkeys: list[PasskeyCard]
    recovery_codes_left: int
    remembered_devices: int
    second_factor_needed: bool
    """Their role may not do without a second factor."""
    recent: bool
    """They proved a short while ago who they are, so what needs that is allowed now."""
    sends_mail: bool


class SessionCard(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in browser."""

    id: UUID
    current: bool
    browser: str | None
    system: str | None
    mobile: bool
    address: str | None
    created_at: dt.datetime
    last_used_at: dt.datetime
    expires_at: dt.datetime
    opened_by: str | None = None
    """Who else opened it on the user's behalf, and why."""
    reason: str | None = None


class SessionList(msgspec.Struct, frozen=True, kw_only=True):
    """The browsers a user is signed in with, the present one first."""

    sessions: list[SessionCard]
