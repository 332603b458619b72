"""Decides by what a child found whether a generation may run."""

from collections.abc import Iterable

from questline_core.generations.errors import OperationError
from questline_core.generations.plan import Plan
from questline_core.generations.requests import Answer, PluginState


def refuse(answer: Answer, plan: Plan, before: Answer | None = None, *, everything: bool = True) -> None:
    """Raise `OperationError` for a plugin of the plan that does not work, or another one that did before.

    An answer without `everything` is about plugins only, not about themes and packs.
    """
    if answer.error:
        raise OperationError(answer.error)
    found = {each.id: each for each in answer.plugins}
    new = {change.id for change in plan.changes if change.after is not None}
    for plugin_id in sorted(each for each in new - found.keys() if everything or ":" not in each):
        raise OperationError(f"{plugin_id} is installed but not found")
    worked = {each.id for each in before.plugins if not problem_of(each)} if before else set()
    for each in answer.plugins:
        problem = problem_of(each)
        if problem and (each.id in new or each.id in worked):
            raise OperationError(f"{each.id} {problem}")


def has_problems(answer: Answer) -> bool:
    """Say whether any plugin does not work."""
    return any(problem_of(each) for each in answer.plugins)


def problem_of(state: PluginState) -> str | None:
    """What is wrong with a plugin, in words; None where it works."""
    if state.state != "active":
        return f"is {state.state}: {state.reason or 'no reason given'}"
    return f"works, but {state.pages}" if state.pages else None


def undeclared(answer: Answer, plan: Plan, declared: dict[str, Iterable[str]]) -> list[str]:
    """Permissions that plugins of the plan register although nothing of them was seen in their code."""
    new = {change.id for change in plan.changes if change.after is not None}
    return [
        name
        for each in answer.plugins
        if each.id in new
        for name in each.permissions
        if name not in declared.get(each.id, ())
    ]
