"""The API of payments, under `/api/v1/p/payments`."""

from typing import Any

from questline_payments.routes.books import BOOKS
from questline_payments.routes.buying import BUYING
from questline_payments.routes.managing import MANAGING
from questline_payments.routes.seats import SEATS
from questline_payments.routes.selling import SELLING
from questline_payments.routes.subscribing import SUBSCRIBING

ROUTES: list[Any] = [*BUYING, *SELLING, *MANAGING, *SUBSCRIBING, *SEATS, *BOOKS]
