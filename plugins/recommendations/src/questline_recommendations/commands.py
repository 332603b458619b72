"""`questline recommendations`: evaluate offline, and train."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from questline_sdk import Invalid
from questline_sdk.commands import tenant_context

if TYPE_CHECKING:
    from questline_recommendations.evaluation import Evaluation

app = typer.Typer(help="Evaluate and make recommendations.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def evaluate(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="A CSV file of interactions, or a folder of such; the tenant's own completions if left out."
        ),
    ] = None,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Measure how often the next item is among the suggestions, against popularity and item-kNN.

    Files have one learner a row: `uid`, and `concepts`, the skills in order. What each learner came to in the first
    four fifths of their history is known; the skill they came to next is wanted. A tenant's completions are cut at one
    moment instead, after four fifths of them.
    """
    from questline_recommendations import evaluation, interactions

    if path is not None:
        rows, size = interactions.read_interactions(path)
        found = evaluation.evaluate(evaluation.split_each(rows, size))
    else:
        found = asyncio.run(_of_tenant(tenant))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    typer.echo(f"{found.asked} of {found.learners} learners, {found.items} items, {found.known} steps known")
    typer.echo(f"{'model':<12} {'recall@10':>10} {'NDCG@10':>10} {'coverage@10':>12}")
    for each in found.results:
        typer.echo(f"{each.model:<12} {each.recall:>10.4f} {each.ndcg:>10.4f} {each.coverage:>12.2f}")


@app.command()
def train(tenant: Tenant = None) -> None:
    """Queue a training; the worker makes all recommendations anew."""

    async def begin() -> None:
        from questline_recommendations.service import train as start

        async with tenant_context(tenant) as ctx:
            await start(ctx)

    asyncio.run(begin())
    typer.echo("The training is queued.")


async def _of_tenant(tenant: str | None) -> "Evaluation":
    from questline_recommendations import evaluation, rows
    from questline_recommendations.texts import similar_words

    async with tenant_context(tenant) as ctx:
        lessons = await rows.lesson_texts(ctx)
        numbers = {lesson.id: number for number, lesson in enumerate(lessons)}
        split = evaluation.split_at_moment(await rows.steps(ctx, numbers), len(lessons))
    if not len(split.asked):
        raise Invalid("There are not enough completions to evaluate with.")
    return evaluation.evaluate(split, similar_words([lesson.text for lesson in lessons]))
