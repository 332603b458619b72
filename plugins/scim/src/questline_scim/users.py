"""People: accounts with what their directory says of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import UNSET
from scim2_models import Meta, NotFoundException, Reference, SearchRequest, UniquenessException
from sqlalchemy import ColumnElement, Row, Select, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_scim.models import Person
from questline_scim.reading import language_of, primary_of, time_zone_of
from questline_scim.resources import Email, Membership, Name, User
from questline_scim.settings import ScimSettings
from questline_scim.sql import Attributes
from questline_sdk import Context
from questline_sdk.provisioning import AccountChanges, Accounts, Groups, NewAccount

SOURCE = "scim"


class Users:
    """The people of a tenant as a SCIM client keeps them; those it removed are not there for it."""

    model = User

    def __init__(self, ctx: Context, base: str) -> None:
        self._ctx, self._base = ctx, base
        self._accounts, self._groups = ctx.service(Accounts), ctx.service(Groups)
        self._account, self._member = self._accounts.table(), self._groups.members()
        self._name: ColumnElement[str] = func.coalesce(Person.user_name, self._account.c.email)

    @property
    def statement(self) -> Select[*tuple[Any, ...]]:
        """Everybody who is there."""
        return (
            select(
                self._account,
                self._name.label("user_name"),
                Person.user_id.label("known"),
                Person.emails,
                Person.preferred_language,
                Person.locale.label("scim_locale"),
                Person.time_zone.label("scim_time_zone"),
            )
            .select_from(self._account.outerjoin(Person, Person.user_id == self._account.c.id))
            .where(Person.removed_at.is_(None))
        )

    @property
    def attributes(self) -> Attributes:
        """What can be searched and sorted by."""
        account, member, person = self._account.c, self._member, Person.__table__.c
        return {
            ("id", None): account.id,
            ("external_id", None): account.external_id,
            ("user_name", None): self._name,
            ("display_name", None): account.display_name,
            ("name", "given_name"): account.given_name,
            ("name", "family_name"): account.family_name,
            ("active", None): account.active,
            ("emails", "value"): account.email,
            ("preferred_language", None): person.preferred_language,
            ("locale", None): person.locale,
            ("timezone", None): person.time_zone,
            ("meta", "created"): account.created_at,
            ("groups", "value"): lambda build: exists(
                select(member.c.user_id).where(member.c.user_id == account.id, build(member.c.group_id))
            ),
        }

    @property
    def order(self) -> ColumnElement[Any]:
        """What makes an order certain."""
        return self._account.c.id

    async def shown(self, rows: Sequence[Row[Any]], wanted: SearchRequest[Any] | None = None) -> list[User]:
        """Rows of `statement` as resources, with their groups."""
        group, member = self._groups.table(), self._member
        statement = select(member.c.user_id, group.c.id, group.c.name).where(
            group.c.id == member.c.group_id, member.c.user_id.in_([row.id for row in rows])
        )
        groups: dict[UUID, list[Membership]] = {}
        for row in await self._ctx.session.execute(statement.order_by(group.c.name)):
            of_group: Reference[Any] = Reference(f"{self._base}/Groups/{row.id}")
            joined = Membership(value=str(row.id), ref=of_group, display=row.name, type="direct")
            groups.setdefault(row.user_id, []).append(joined)
        return [self._user(row, groups.get(row.id)) for row in rows]

    def _user(self, row: Row[Any], groups: list[Membership] | None) -> User:
        emails = [Email(**each) for each in row.emails or []] or [Email(type="work", primary=True)]
        next((each for each in emails if each.primary), emails[0]).value = row.email
        named = row.given_name is not None or row.family_name is not None
        return User(
            id=str(row.id),
            external_id=row.external_id,
            user_name=row.user_name,
            name=Name(given_name=row.given_name, family_name=row.family_name) if named else None,
            display_name=row.display_name,
            preferred_language=row.preferred_language,
            locale=row.scim_locale,
            timezone=row.scim_time_zone,
            active=row.active,
            emails=emails,
            groups=groups,
            meta=Meta(resource_type="User", created=row.created_at, location=f"{self._base}/Users/{row.id}"),
        )

    async def read(self, user_id: UUID) -> User:
        """A person; raises `NotFoundException`."""
        row = (await self._ctx.session.execute(self.statement.where(self._account.c.id == user_id))).one_or_none()
        if row is None:
            raise NotFoundException(detail=f"There is no person {user_id}.")
        return (await self.shown([row]))[0]

    async def create(self, user: User) -> User:
        """Make an account; one that was removed by SCIM comes back. Raises `UniquenessException` and what core says."""
        await self._demand_free(user, None)
        gone = await self._removed(user)
        if gone is not None:
            await self._ctx.session.execute(update(Person).where(Person.user_id == gone).values(removed_at=None))
            return await self.write(await self.read(gone), user)
        settings = await self._ctx.settings(ScimSettings)
        user_id = await self._accounts.create(
            NewAccount(
                email=primary_of(user).value or "",
                display_name=user.display_name or "",
                given_name=user.name.given_name if user.name else None,
                family_name=user.name.family_name if user.name else None,
                locale=language_of(user) or "en",
                time_zone=time_zone_of(user) or "UTC",
                role=settings.role,
                external_id=user.external_id,
            )
        )
        if user.active is False:
            await self._accounts.change(user_id, AccountChanges(active=False))
        await self._keep(user_id, user)
        return await self.read(user_id)

    async def write(self, before: User, user: User) -> User:
        """Change an account to what a client wants it to be; raises `UniquenessException` and what core says."""
        user_id = UUID(before.id)
        await self._demand_free(user, user_id)
        language, zone = language_of(user), time_zone_of(user)
        await self._accounts.change(
            user_id,
            AccountChanges(
                email=primary_of(user).value or "",
                display_name=user.display_name or "",
                given_name=user.name.given_name if user.name else None,
                family_name=user.name.family_name if user.name else None,
                # What people chose themselves stays until their directory says something new.
                locale=language if language and language != language_of(before) else UNSET,
                time_zone=zone if zone and zone != time_zone_of(before) else UNSET,
                external_id=user.external_id,
                active=UNSET if user.active is None else user.active,
            ),
        )
        await self._keep(user_id, user)
        return await self.read(user_id)

    async def remove(self, user_id: UUID) -> None:
        """Suspend an account and forget it for SCIM, with the memberships that SCIM made; raises what core says."""
        user = await self.read(user_id)
        await self._accounts.change(user_id, AccountChanges(active=False))
        await self._keep(user_id, user)
        gone = update(Person).where(Person.user_id == user_id).values(removed_at=self._ctx.now)
        await self._ctx.session.execute(gone)
        kept = select(self._member.c.group_id).where(self._member.c.user_id == user_id, self._member.c.source == SOURCE)
        for group_id in (await self._ctx.session.scalars(kept)).all():
            await self._groups.remove(group_id, [user_id])
        await self._ctx.audit("scim.person.removed", subject=("user", user_id))

    async def _keep(self, user_id: UUID, user: User) -> None:
        values = {
            "user_name": user.user_name,
            "name_key": (user.user_name or "").lower(),
            "emails": [{"value": each.value, "type": each.type, "primary": each.primary} for each in user.emails or []],
            "preferred_language": user.preferred_language,
            "locale": user.locale,
            "time_zone": user.timezone,
        }
        statement = insert(Person).values(user_id=user_id, **values)
        await self._ctx.session.execute(
            statement.on_conflict_do_update(index_elements=["tenant_id", "user_id"], set_=values)
        )

    async def _demand_free(self, user: User, own: UUID | None) -> None:
        """Demand that nobody else has the user name, be it given by SCIM or the address of an account."""
        key = (user.user_name or "").lower()
        taken = self.statement.where(func.lower(self._name) == key, self._account.c.id.is_distinct_from(own))
        if (await self._ctx.session.execute(taken.limit(1))).first() is not None:
            raise UniquenessException(detail=f"Somebody else has the user name {user.user_name}.")

    async def _removed(self, user: User) -> UUID | None:
        """The account that SCIM removed and now names again, by user name or address."""
        statement = (
            select(Person.user_id)
            .join(self._account, self._account.c.id == Person.user_id)
            .where(
                Person.removed_at.is_not(None),
                (Person.name_key == (user.user_name or "").lower())
                | (self._account.c.email == (primary_of(user).value or "").strip().lower()),
            )
        )
        return await self._ctx.session.scalar(statement.limit(1))
