"""The API of AI, under `/api/v1/p/ai`."""

from typing import Any

from questline_ai.assistant.routes import ASSISTANT_ROUTES
from questline_ai.routes.operation import OPERATION_ROUTES
from questline_ai.routes.spending import SPENDING_ROUTES
from questline_ai.routes.writing import TEMPLATE_ROUTES
from questline_ai.suggestions.routes import SUGGESTION_ROUTES

ROUTES: list[Any] = [*OPERATION_ROUTES, *SPENDING_ROUTES, *TEMPLATE_ROUTES, *ASSISTANT_ROUTES, *SUGGESTION_ROUTES]
