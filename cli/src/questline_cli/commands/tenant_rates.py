"""`tenant rates`: how many requests a tenant may make, where that is not the site's own."""

from typing import Annotated, Any, get_args

import msgspec
import typer
from sqlalchemy import update

from questline_cli.output import Json, fail, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.audit.service import record
from questline_core.edge.classes import ROUTE_CLASSES, RouteClass
from questline_core.edge.policy import EdgePolicy
from questline_core.edge.rates import ClassRates, Subject
from questline_core.plugins.enablement import announce
from questline_core.tenancy.models import Tenant

SUBJECTS: tuple[str, ...] = (*get_args(Subject), "when_down")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """The rates of one class."""

    route_class: RouteClass
    address: str | None
    user: str | None
    key: str | None
    tenant: str | None
    when_down: str | None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rates")(rates)


def rates(
    slug: Annotated[str, typer.Argument(help="Slug of the tenant.")],
    route_class: Annotated[str | None, typer.Argument(help=f"One of {', '.join(ROUTE_CLASSES)}.")] = None,
    subject: Annotated[str | None, typer.Argument(help=f"One of {', '.join(SUBJECTS)}.")] = None,
    rate: Annotated[str | None, typer.Argument(help="E.g. 600/minute, off, or `site` for the site's own.")] = None,
    as_json: Json = False,
) -> None:
    """Show a tenant's rates, or set one."""
    change = _change(route_class, subject, rate) if route_class or subject or rate else None

    async def work() -> list[Row]:
        async with opened() as site:
            tenant = await site.tenant(slug)
            policy = tenant.edge
            if change is not None:
                policy = _changed(policy, *change)
                async with site.host.context(tenant.id) as ctx:
                    values: dict[str, Any] = msgspec.to_builtins(policy)
                    await ctx.session.execute(update(Tenant).where(Tenant.id == tenant.id).values(edge=values))
                    after = {"class": change[0], "subject": change[1], "rate": change[2]}
                    await record(ctx, "tenant.rates.changed", subject=("tenant", tenant.id), after=after)
                    await announce(ctx.session, "tenants")
            limits = site.host.rates.effective(policy)
            return [Row(route_class=name, **msgspec.structs.asdict(limits.of(name))) for name in ROUTE_CLASSES]

    found = run(work())
    if as_json:
        show_json(found)
    else:
        show_rows(found, Row.__struct_fields__, as_json=False, empty="")


def _change(route_class: str | None, subject: str | None, rate: str | None) -> tuple[str, str, str | None]:
    if route_class not in ROUTE_CLASSES or subject not in SUBJECTS or rate is None:
        fail(f"give a class ({', '.join(ROUTE_CLASSES)}), what it is for ({', '.join(SUBJECTS)}), and the rate")
    if rate == "site":
        return route_class, subject, None
    try:
        msgspec.convert({subject: rate}, ClassRates)
    except msgspec.ValidationError:
        wanted = "open or closed" if subject == "when_down" else "such as 600/minute, 10/second or off"
        fail(f"{rate!r} is not accepted: use {wanted}")
    return route_class, subject, rate


def _changed(policy: EdgePolicy, route_class: str, subject: str, rate: str | None) -> EdgePolicy:
    own: ClassRates = getattr(policy.rate_limits, route_class)
    changed = msgspec.structs.replace(own, **{subject: rate})
    limits = msgspec.structs.replace(policy.rate_limits, **{route_class: changed})
    return msgspec.structs.replace(policy, rate_limits=limits)
