"""Lines of progress for work whose length is not known."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from questline_cli.output import errors


@contextmanager
def counting(*, show: bool = True) -> Iterator[Callable[[str, int], None]]:
    """Say what is worked on and how much of it is done, on standard error."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed}"), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not (show and errors.is_terminal)) as progress:
        task = progress.add_task("", total=None)
        yield lambda title, count: progress.update(task, description=title, completed=count)
