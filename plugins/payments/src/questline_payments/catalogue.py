"""What is sold: products, the courses they open, and prices whose amounts never change."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from questline_payments import schemas
from questline_payments.access import for_sale
from questline_payments.models import Entitlement, Price, Product, ProductCourse
from questline_payments.money import exponent
from questline_sdk import Context, Invalid, NotFound
from questline_sdk.learning import Learning


async def add_product(ctx: Context, data: schemas.ProductInput) -> schemas.Product:
    """Sell something new."""
    product = Product(kind=data.kind, title=data.title, summary=data.summary, active=data.active, created_at=ctx.now)
    ctx.session.add(product)
    await ctx.session.flush()
    await _set_courses(ctx, product.id, data)
    await ctx.audit("payments.product.added", subject=("product", product.id), after=_told(data))
    return (await products(ctx, [product]))[0]


async def change_product(ctx: Context, product_id: UUID, data: schemas.ProductInput) -> schemas.Product:
    """Change what is sold; what was ordered stays as it was."""
    product = await find(ctx, product_id)
    if product.kind != data.kind:
        raise Invalid.field("kind", "of a product never changes")
    before = {"title": product.title, "active": product.active}
    product.title, product.summary, product.active = data.title, data.summary, data.active
    await ctx.session.execute(delete(ProductCourse).where(ProductCourse.product_id == product_id))
    await _set_courses(ctx, product_id, data)
    await ctx.audit("payments.product.changed", subject=("product", product_id), before=before, after=_told(data))
    return (await products(ctx, [product]))[0]


def _told(data: schemas.ProductInput) -> dict[str, object]:
    return {"title": data.title, "active": data.active, "courses": [str(each) for each in data.course_ids]}


async def _set_courses(ctx: Context, product_id: UUID, data: schemas.ProductInput) -> None:
    wanted = set(data.course_ids)
    if data.kind == "course" and len(wanted) != 1:
        raise Invalid.field("course_ids", "of a course are exactly one")
    try:
        async with ctx.session.begin_nested():
            for course_id in sorted(wanted):
                ctx.session.add(ProductCourse(tenant_id=ctx.tenant_id, product_id=product_id, course_id=course_id))
    except IntegrityError as error:
        raise Invalid.field("course_ids", "name a course that does not exist") from error


async def find(ctx: Context, product_id: UUID) -> Product:
    """A product; raises `NotFound`."""
    found = await ctx.session.scalar(select(Product).where(Product.id == product_id))
    if found is None:
        raise NotFound("There is no such product.")
    return found


async def add_price(ctx: Context, product_id: UUID, data: schemas.PriceInput) -> schemas.Price:
    """Offer a product in a currency."""
    await find(ctx, product_id)
    exponent(data.currency)
    price = Price(
        product_id=product_id,
        currency=data.currency,
        amount=data.amount,
        tax_inclusive=data.tax_inclusive,
        interval=data.interval,
        trial_days=0,
        tiers=[],
        active=True,
        created_at=ctx.now,
    )
    ctx.session.add(price)
    await ctx.session.flush()
    after = {"product": str(product_id), "amount": data.amount, "currency": data.currency}
    await ctx.audit("payments.price.added", subject=("price", price.id), after=after)
    return view(price)


async def change_price(ctx: Context, price_id: UUID, *, active: bool) -> schemas.Price:
    """Offer a price, or offer it no longer."""
    price = await ctx.session.scalar(select(Price).where(Price.id == price_id))
    if price is None:
        raise NotFound("There is no such price.")
    before, price.active = price.active, active
    await ctx.session.flush()
    await ctx.audit(
        "payments.price.changed", subject=("price", price_id), before={"active": before}, after={"active": active}
    )
    return view(price)


def view(price: Price) -> schemas.Price:
    """A price as the API shows it."""
    return schemas.Price(
        id=price.id,
        product_id=price.product_id,
        currency=price.currency,
        exponent=exponent(price.currency),
        amount=price.amount,
        tax_inclusive=price.tax_inclusive,
        interval=price.interval,  # type: ignore[arg-type]
        active=price.active,
    )


async def prices_of(ctx: Context, product_ids: Sequence[UUID], *, active: bool) -> dict[UUID, list[schemas.Price]]:
    """The prices of products, oldest first."""
    statement = select(Price).where(Price.product_id.in_(product_ids)).order_by(Price.created_at, Price.id)
    if active:
        statement = statement.where(Price.active)
    found: dict[UUID, list[schemas.Price]] = {each: [] for each in product_ids}
    for price in await ctx.session.scalars(statement):
        found[price.product_id].append(view(price))
    return found


async def courses_of(ctx: Context, product_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """The courses that products open."""
    statement = select(ProductCourse.product_id, ProductCourse.course_id).where(
        ProductCourse.product_id.in_(product_ids)
    )
    found: dict[UUID, list[UUID]] = {each: [] for each in product_ids}
    for product_id, course_id in await ctx.session.execute(statement.order_by(ProductCourse.course_id)):
        found[product_id].append(course_id)
    return found


async def products(ctx: Context, rows: Sequence[Product]) -> list[schemas.Product]:
    """Products as admins see them."""
    ids = [row.id for row in rows]
    prices, courses = await prices_of(ctx, ids, active=False), await courses_of(ctx, ids)
    return [
        schemas.Product(
            id=row.id,
            kind=row.kind,
            title=row.title,
            summary=row.summary,
            course_ids=courses[row.id],
            active=row.active,
            prices=prices[row.id],
            created_at=row.created_at,
        )
        for row in rows
    ]


async def course_refs(ctx: Context, course_ids: set[UUID]) -> dict[UUID, schemas.CourseRef]:
    """Names of published courses."""
    lessons = ctx.service(Learning).lessons().subquery()
    statement = (
        select(lessons.c.course_id, lessons.c.course_slug, lessons.c.course_title)
        .where(lessons.c.course_id.in_(course_ids))
        .distinct()
    )
    rows = await ctx.session.execute(statement)
    return {row[0]: schemas.CourseRef(id=row[0], slug=row[1], title=row[2]) for row in rows}


async def offers(ctx: Context, course_id: UUID | None = None) -> list[schemas.Offer]:
    """What is sold now, with what opens one course only where it is named."""
    statement = select(Product).where(Product.active).order_by(Product.title, Product.id).limit(200)
    if course_id is not None:
        opens = select(ProductCourse.product_id).where(ProductCourse.course_id == course_id)
        statement = statement.where(Product.id.in_(opens))
    rows = list(await ctx.session.scalars(statement))
    ids = [row.id for row in rows]
    prices, courses = await prices_of(ctx, ids, active=True), await courses_of(ctx, ids)
    names = await course_refs(ctx, {course for each in courses.values() for course in each})
    mine = await held(ctx, ctx.user.id)
    return [
        schemas.Offer(
            product_id=row.id,
            kind=row.kind,
            title=row.title,
            summary=row.summary,
            courses=[names[each] for each in courses[row.id] if each in names],
            prices=prices[row.id],
            owned=row.kind != "seats" and bool(courses[row.id]) and set(courses[row.id]) <= mine,
        )
        for row in rows
        if prices[row.id]
    ]


async def held(ctx: Context, user_id: UUID) -> set[UUID]:
    """The courses that somebody holds by what they paid."""
    statement = select(Entitlement.course_id).where(Entitlement.user_id == user_id, Entitlement.held)
    return set(await ctx.session.scalars(statement))


async def access(ctx: Context, course_id: UUID) -> schemas.Access:
    """Whether a course is sold and the reader holds it."""
    if not await ctx.session.scalar(select(for_sale(course_id))):
        return schemas.Access(for_sale=False, entitled=True, offers=[])
    mine = await held(ctx, ctx.user.id)
    return schemas.Access(for_sale=True, entitled=course_id in mine, offers=await offers(ctx, course_id))
