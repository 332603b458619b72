"""The forms of the privacy API."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from questline_core.privacy.answers import Answer
from questline_core.privacy.documents import DocumentText
from questline_core.privacy.register import RegisterEntry
from questline_core.privacy.retention import Schedule
from questline_core.privacy.settings import PrivacyRules

RequestKind = Literal["export", "erasure"]
RequestState = Literal["waiting", "held", "running", "done", "failed", "cancelled", "expired"]
ParentAnswer = Literal["agreed", "refused"]
Reason = Annotated[str, Meta(min_length=3, max_length=1000, pattern=r"^[^\x00]*\S[^\x00]*$")]
GivenEmail = Annotated[str, Meta(min_length=3, max_length=254, pattern=r"^[^\x00]*$")]


class RequestCard(msgspec.Struct, frozen=True, kw_only=True):
    """A request, and how far it is."""

    id: UUID
    kind: RequestKind
    state: RequestState
    requested_at: dt.datetime
    due_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    expires_at: dt.datetime | None
    step: str | None
    done: int
    total: int
    archive_bytes: int | None
    archive_sha256: str | None
    problem: str | None


class ConsentCard(msgspec.Struct, frozen=True, kw_only=True):
    """A document that people are asked about, in the reader's language, and what the reader said last."""

    kind: str
    version: int
    required: bool
    language: str
    title: str
    question: str
    body_html: str
    given: bool | None
    """None for who has not said anything yet, or has to say it anew."""
    at: dt.datetime | None


class ConsentWord(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said to a version of a document."""

    kind: str
    version: int
    given: bool
    at: dt.datetime
    source: str
    language: str


class MyPrivacy(msgspec.Struct, frozen=True, kw_only=True):
    """What the signed-in person sees of their privacy."""

    email: str
    recent: bool
    """They proved a short while ago who they are, so what needs that is allowed now."""
    requests: list[RequestCard]
    grace_days: int
    archive_days: int
    consents: list[ConsentCard]
    history: list[ConsentWord]
    do_not_sell: bool
    do_not_sell_at: dt.datetime | None
    browser_opted_out: bool
    """The browser sends Global Privacy Control, which is honoured as an opt-out."""
    minors: bool
    parent_needed: bool
    parent_email: str | None
    """The parent who was asked by mail."""
    parent_asked_at: dt.datetime | None
    parent_answer: ParentAnswer | None
    contact: str


class ConfirmErasure(msgspec.Struct, frozen=True, kw_only=True):
    """The person's e-mail address, typed by them."""

    confirmation: GivenEmail


class ArchiveLink(msgspec.Struct, frozen=True, kw_only=True):
    """An address that downloads an archive, good until it expires."""

    url: str
    expires_at: dt.datetime


class GiveConsents(msgspec.Struct, frozen=True, kw_only=True):
    """What the person says, and where they were asked."""

    consents: Annotated[list[Answer], Meta(min_length=1, max_length=50)]
    source: Literal["gate", "privacy_page"] = "privacy_page"


class ChooseSelling(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the person's data may be sold or shared for advertising."""

    do_not_sell: bool


class Documents(msgspec.Struct, frozen=True, kw_only=True):
    """What people are asked to agree to."""

    documents: list[ConsentCard]


class PersonRef(msgspec.Struct, frozen=True, kw_only=True):
    """Whom something is about."""

    id: UUID
    display_name: str
    email: str


class PrivacyRequestCard(RequestCard, frozen=True, kw_only=True):
    """A request as those who run the tenant see it; of who was erased nothing is left but the proof."""

    person: PersonRef | None
    by_person: bool
    report: dict[str, Any] | None = None


class MakeRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request that an administrator makes for somebody, who wrote to them perhaps."""

    email: GivenEmail
    kind: RequestKind


class HoldCard(msgspec.Struct, frozen=True, kw_only=True):
    """A legal hold."""

    id: UUID
    person: PersonRef
    reason: str
    set_at: dt.datetime
    set_by: UUID | None
    lifted_at: dt.datetime | None
    lift_reason: str | None


class Holds(msgspec.Struct, frozen=True, kw_only=True):
    """Holds, those in force first."""

    holds: list[HoldCard]


class SetHold(msgspec.Struct, frozen=True, kw_only=True):
    """Whose data must be kept, and why."""

    email: GivenEmail
    reason: Reason


class LiftHold(msgspec.Struct, frozen=True, kw_only=True):
    """Why a hold ends."""

    reason: Reason


class RetentionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept how long."""

    schedules: list[Schedule]
    rules: PrivacyRules


class RegisterOfProcessing(msgspec.Struct, frozen=True, kw_only=True):
    """The register of data processing."""

    entries: list[RegisterEntry]


class DocumentVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a document as its authors see it."""

    kind: str
    version: int
    required: bool
    renews: bool
    texts: dict[str, DocumentText]
    published_at: dt.datetime | None
    retired_at: dt.datetime | None
    changed_at: dt.datetime
    agreed: int = 0
    """How many people agreed to this version and have not taken it back."""


class DocumentVersions(msgspec.Struct, frozen=True, kw_only=True):
    """Every version of every document."""

    versions: list[DocumentVersion]


class ParentalConsent(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a parent has agreed that somebody uses the site, and who noted that when."""

    person: PersonRef
    given: bool
    at: dt.datetime | None
    """When it was noted last, that one agrees or that it was taken back."""
    noted_by: str | None
    """Nobody where the parent has answered by mail."""
    parent_email: str | None
    """The parent whom the child had asked by mail."""
    asked_at: dt.datetime | None
    answer: ParentAnswer | None
    """What the parent has answered by mail, where nobody has noted anything since."""


class ParentsQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What a parent is asked by mail."""

    site: str
    child: str
    documents: list[ConsentCard]
    """What the site asks its people to agree to."""
    contact: str


class PersonPrivacy(msgspec.Struct, frozen=True, kw_only=True):
    """What an administrator may say for a person; what is left out stays."""

    parental_consent: bool | UnsetType = UNSET
    do_not_sell: bool | UnsetType = UNSET
