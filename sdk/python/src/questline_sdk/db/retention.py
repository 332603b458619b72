"""How long a table's rows are kept, in a form that the host can carry out."""

import msgspec


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """A table's rows are deleted some days after a time that they hold; give it to `Table.info` with `keep_for`.

    Args:
        days: How many days.
        after: The column that holds the time from which they count.
    """

    days: int
    after: str


KEY = "questline.retention"
"""The key of the declaration in a table's `info`."""


def keep_for(days: int, *, after: str) -> dict[str, Retention]:
    """Declare that a table's rows are deleted so many days after the time in a column.

    The host does it each night, for every tenant, in the plugin's tables too. A tenant may shorten it.

    Raises:
        ValueError: Less than a day.

    Example:
        __table_args__ = {"info": keep_for(90, after="created_at")}
    """
    if days < 1:
        raise ValueError("rows are kept for a day at least")
    return {KEY: Retention(days=days, after=after)}
