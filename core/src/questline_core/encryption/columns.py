"""Sealed columns of ORM objects: sealed when they are flushed, opened when they are loaded."""

from typing import Any, NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import event, text
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from questline_core.encryption.envelope import key_of, place
from questline_core.encryption.vault import Vault
from questline_sdk.db.sealed import Ciphertext, Lost, Sealed, SealedError

VAULT, KEYS, PLAIN = "questline.vault", "questline.data_keys", "questline.plain"
"""Keys of a session's `info`."""
TENANT_COLUMN = "tenant_id"
log = structlog.get_logger()


class SealedAttribute(NamedTuple):
    """An attribute whose column is sealed."""

    name: str
    table: str
    column: str
    kind: Sealed


class SealingSession(Session):
    """A session that seals on the way out; `use_vault` says with what."""


def use_vault(session: Session, vault: Vault, tenant_id: UUID) -> None:
    """Let a session seal and open a tenant's columns."""
    session.info[VAULT] = (vault, tenant_id)


_sealed: dict[Mapper[Any], list[SealedAttribute]] = {}


@event.listens_for(Mapper, "mapper_configured")
def _find_sealed(mapper: Mapper[Any], class_: type[Any]) -> None:
    found = [
        SealedAttribute(each.key, str(column.table), column.name, column.type)
        for each in mapper.column_attrs
        for column in each.columns[:1]
        if isinstance(column.type, Sealed)
    ]
    if not found:
        return
    if TENANT_COLUMN not in {column.name for column in mapper.primary_key}:
        raise TypeError(f"{class_.__name__}: a sealed column needs a table of tenants' rows (TenantMixin)")
    _sealed[mapper] = found
    event.listen(class_, "load", _loaded, propagate=True)
    event.listen(class_, "refresh", _refreshed, propagate=True)


@event.listens_for(SealingSession, "before_flush")
def _seal(session: Session, _context: Any, _instances: Any) -> None:
    if not _sealed:
        return
    for target in [*session.new, *session.dirty]:
        attributes = _sealed.get(instance_state(target).mapper)
        if attributes:
            _seal_object(session, target, attributes)


def _seal_object(session: Session, target: Any, attributes: list[SealedAttribute]) -> None:
    state, given = instance_state(target), target.__dict__
    changed = [
        each
        for each in attributes
        if given.get(each.name) is not None
        and not isinstance(given[each.name], Ciphertext)
        and state.attrs[each.name].history.has_changes()
    ]
    if not changed:
        return
    vault, tenant_id = _vault_of(session)
    connection = session.connection()
    if hasattr(target, "id") and target.id is None:
        target.id = connection.execute(text("SELECT uuidv7()")).scalar_one()
    key, row = vault.sealing_key(connection, tenant_id), _row_of(target)
    for name, table, column, kind in changed:
        plain = given[name]
        of = place(tenant_id, table, column, row)
        session.info.setdefault(PLAIN, []).append((target, name, plain))
        setattr(target, name, vault.seal(tenant_id, key, kind.to_bytes(plain), of))


@event.listens_for(SealingSession, "after_flush_postexec")
def _restore(session: Session, _context: Any) -> None:
    for target, name, plain in session.info.pop(PLAIN, ()):
        set_committed_value(target, name, plain)


def _loaded(target: Any, context: Any) -> None:
    _open(context.session, target, None)


def _refreshed(target: Any, context: Any, names: Any) -> None:
    _open(context.session, target, names)


def _open(session: Session, target: Any, names: Any) -> None:
    state = instance_state(target)
    for name, table, column, kind in _sealed[state.mapper]:
        sealed = target.__dict__.get(name)
        if not isinstance(sealed, Ciphertext) or (names is not None and name not in names):
            continue
        try:
            vault, tenant_id = _vault_of(session)
            keys = session.info.get(KEYS, {})
            if key_of(sealed) not in keys:
                keys = session.info[KEYS] = vault.read_keys(session.connection())
            of = place(tenant_id, table, column, _row_of(target))
            value = kind.from_bytes(vault.open(tenant_id, keys, sealed, of))
        except SealedError as error:
            log.warning("a sealed value does not open", table=table, column=column, reason=str(error))
            value = Lost(f"{table}.{column} does not open: {error}")
        set_committed_value(target, name, value)


def _row_of(target: Any) -> dict[str, Any]:
    mapper = instance_state(target).mapper
    values = zip(mapper.primary_key, mapper.primary_key_from_instance(target), strict=True)
    return {column.name: value for column, value in values if column.name != TENANT_COLUMN}


def _vault_of(session: Session) -> tuple[Vault, UUID]:
    found: tuple[Vault, UUID] | None = session.info.get(VAULT)
    if found is None:
        raise SealedError("this session has no keys")
    return found
