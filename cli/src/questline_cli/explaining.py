"""Why somebody may do something, for people."""

from questline_cli.output import console
from questline_core.access.schemas import Explanation, Reason

OBSTACLES = {
    "suspended": "the account is suspended",
    "second_factor": "they have to set up a second factor first",
    "plugin_off": "the plugin is switched off",
    "unknown_permission": "there is no such permission",
    "no_role": "no role of theirs holds it there",
}


def show_explanation(said: Explanation) -> None:
    """Print an explanation."""
    where = "" if said.scope.kind == "tenant" else f" in {said.scope.name}"
    verdict = "[bold green]may[/]" if said.allowed else "[bold red]may not[/]"
    console.print(f"{said.user.name} {verdict}: {said.title} ({said.permission}){where}")
    for obstacle in said.obstacles:
        console.print(f"  because {OBSTACLES[obstacle]}")
    for reason in said.reasons:
        console.print(f"  {'+' if reason.covers else '-'} {_reason(reason)}")
    if not said.allowed and said.held_by:
        console.print(f"  These roles hold it: {', '.join(each.slug for each in said.held_by)}")


def _reason(reason: Reason) -> str:
    place = "everywhere" if reason.scope.kind == "tenant" else f"in the {reason.scope.kind} {reason.scope.name}"
    by = reason.given_by.name if reason.given_by else "the system"
    since = f", since {reason.given_at:%Y-%m-%d %H:%M} by {by}" if reason.given_at else ""
    source = {"built_in": "", "custom": " (a role of this site)", "pack": f" (through the pack {reason.pack})"}
    return f"role {reason.role}{source[reason.source]}, {place}{since}"
