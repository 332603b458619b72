"""What nobody may do for somebody else."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from questline_sdk import Forbidden

READING = {"GET", "HEAD"}
ONE_OF_OWN = ("identity.", "tenant.")
"""Permissions whose changes are about accounts, their keys, their privacy, and the tenant."""


def refuse_for_others(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Refuse what only the user themselves may do: changes of their account, and routes marked `own_only`.

    Raises:
        Forbidden: Whoever asks acts for the user (`impersonating`).
    """
    changes = connection.scope.get("method") not in READING
    if handler.opt.get("own_only") or (changes and str(handler.opt.get("permission")).startswith(ONE_OF_OWN)):
        raise Forbidden("Nobody may do this for somebody else.", code="impersonating")
