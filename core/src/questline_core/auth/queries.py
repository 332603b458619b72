"""Reads of accounts: the hot ones compiled once, and the list of a tenant's people."""

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Text, Uuid, bindparam, func, literal, or_, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from questline_core.auth.models import User
from questline_core.auth.schemas import Person
from questline_sdk import Context, Invalid, Page
from questline_sdk.db import hot
from questline_sdk.pages import decode_cursor, paginate


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What a log-in is checked against."""

    id: UUID
    email: str
    password_hash: str | None


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """An account as its owner sees it, without the permissions of its role."""

    id: UUID
    email: str
    display_name: str
    role: str
    locale: str
    time_zone: str
    avatar_url: str | None
    created_at: dt.datetime


_CREDENTIALS = select(User.id, User.email, User.password_hash)

CREDENTIALS_BY_EMAIL = hot(_CREDENTIALS.where(User.email == bindparam("email", type_=Text)), Credentials)
CREDENTIALS_BY_ID = hot(_CREDENTIALS.where(User.id == bindparam("user_id", type_=Uuid)), Credentials)
PROFILE = hot(
    select(
        User.id,
        User.email,
        User.display_name,
        User.role,
        User.locale,
        User.time_zone,
        User.avatar_url,
        User.created_at,
    ).where(User.id == bindparam("user_id", type_=Uuid)),
    Profile,
)

SORT_KEYS: dict[str, Any] = {
    "display_name": func.lower(User.display_name),
    "created_at": User.created_at,
    "role": User.role,
    "email": User.email,
}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A person with the value they are sorted by."""

    person: Person
    key: str | dt.datetime


async def list_people(
    ctx: Context,
    *,
    search: str | None,
    sort: str,
    cursor: str | None,
    limit: int,
    role: str | None = None,
    status: str | None = None,
) -> Page[Person]:
    """One page of the tenant's people whose name or e-mail address contains `search`, in the order of `sort`.

    Args:
        ctx: The unit of work.
        search: Part of a name, an address or an external id; upper and lower case are the same.
        role: Only those with this role.
        status: Only those who are active, or suspended.
        sort: A name in `SORT_KEYS`; a `-` before it turns the order round.
        cursor: Where the page before ended.
        limit: The most rows to return.
    """
    matching = _matching(search)
    matching += [column == wanted for column, wanted in ((User.role, role), (User.status, status)) if wanted]
    key = SORT_KEYS[sort.removeprefix("-")]
    position = tuple_(key, User.id)
    descending = sort.startswith("-")
    statement = select(User, key.label("key")).where(*matching)
    if cursor is not None:
        value, user_id = _position(cursor, sort)
        after = tuple_(literal(value, key.type), literal(user_id, Uuid))
        statement = statement.where(position < after if descending else position > after)
    order = (key.desc(), User.id.desc()) if descending else (key, User.id)
    rows: Any = (await ctx.session.execute(statement.order_by(*order).limit(limit + 1))).all()
    total = await ctx.session.scalar(select(func.count()).select_from(User).where(*matching))
    page = paginate(
        [Row(person=_person(user), key=value) for user, value in rows],
        limit,
        lambda row: (sort, row.key, row.person.id),
    )
    return Page(items=[row.person for row in page.items], next_cursor=page.next_cursor, total=total)


def _matching(search: str | None) -> list[ColumnElement[bool]]:
    term = (search or "").strip()
    if not term:
        return []
    columns = (User.display_name, User.email, User.given_name, User.family_name, User.external_id)
    return [or_(*(column.icontains(term, autoescape=True) for column in columns))]


def _position(cursor: str, sort: str) -> tuple[str | dt.datetime, UUID]:
    wrong = Invalid.field("cursor", "belongs to another order of this list; leave it out to start again")
    made_for, value, user_id = decode_cursor(cursor, tuple[str, str, UUID])
    if made_for != sort or "\0" in value:
        raise wrong
    if sort.removeprefix("-") != "created_at":
        return value, user_id
    try:
        when = dt.datetime.fromisoformat(value)
        return (when if when.tzinfo else when.replace(tzinfo=dt.UTC)).astimezone(dt.UTC), user_id
    except (ValueError, OverflowError):
        raise wrong from None


def _person(user: User) -> Person:
    return msgspec.convert(user, Person, from_attributes=True)
