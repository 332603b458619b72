"""The tables of recommendations, in the schema `recommendations`."""

import datetime as dt
from uuid import UUID

from sqlalchemy import REAL, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, TenantMixin, not_personal, personal, schema_metadata
from questline_sdk.db.base import TENANT

SCHEMA = "recommendations"
PROFILE = personal(category="profile", purpose="suggests to the user what to learn next, and says why")
RESULT = personal(category="performance", purpose="finds lessons that close a gap the user's quiz results show")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Training(TenantMixin, Base):
    """One making of all recommendations, in steps that each commit; a newer one ends it."""

    __tablename__ = "training"

    state: Mapped[str] = mapped_column(server_default="texts")
    started_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
    texts: Mapped[str] = mapped_column(server_default="words", info=not_personal("`words`, or the embedding's model"))
    lessons: Mapped[int] = mapped_column(server_default=text("0"))
    completions: Mapped[int] = mapped_column(server_default=text("0"))
    learners: Mapped[int] = mapped_column(server_default=text("0"))
    scored: Mapped[int] = mapped_column(server_default=text("0"))


class Neighbour(Base):
    """The lessons that a signal connects a lesson with, the strongest first."""

    __tablename__ = "neighbour"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    signal: Mapped[str] = mapped_column(primary_key=True)
    lesson_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    weights: Mapped[list[float]] = mapped_column(ARRAY(REAL))


class Related(Base):
    """The lessons shown below a lesson."""

    __tablename__ = "related"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    other_id: Mapped[UUID]
    reason: Mapped[str]


class Popular(Base):
    """What most learners completed lately: for those of whom nothing is known yet."""

    __tablename__ = "popular"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(SmallInteger)
    learners: Mapped[int]


class Pick(Base):
    """What is suggested to a learner, the best first; three lists of one length."""

    __tablename__ = "pick"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    lesson_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), info=PROFILE)
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text), info=PROFILE)
    because_ids: Mapped[list[UUID | None]] = mapped_column(ARRAY(Uuid), info=PROFILE)
    made_at: Mapped[dt.datetime]


class ChangedLearner(Base):
    """A learner who did something since they were last suggested something."""

    __tablename__ = "changed_learner"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)


class Refresh(Base):
    """Since when a job is queued that suggests anew to all who changed: one at a time for a tenant."""

    __tablename__ = "refresh"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    what: Mapped[str] = mapped_column(primary_key=True, info=not_personal("`picks`"))
    queued_at: Mapped[dt.datetime | None]


class Mastery(Base):
    """A learner's best result in a quiz lesson."""

    __tablename__ = "mastery"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    percent: Mapped[int] = mapped_column(SmallInteger, info=RESULT)
    measured_at: Mapped[dt.datetime] = mapped_column(info=RESULT)


class TextVector(Base):
    """A lesson's text as an embedding, kept so that unchanged text is not paid for again."""

    __tablename__ = "text_vector"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    checksum: Mapped[str]
    vector: Mapped[list[float]] = mapped_column(ARRAY(REAL))
