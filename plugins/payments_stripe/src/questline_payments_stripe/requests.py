"""What is asked of Stripe for an order."""

from typing import Any

from questline_payments_stripe.amounts import to_stripe
from questline_payments_stripe.shapes import REFERENCE
from questline_sdk.payments import CheckoutRequest

LOCALES = {
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fil", "fr", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv",
    "ms", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh",
}  # fmt: skip
REGIONAL = {
    "en-gb": "en-GB",
    "es-419": "es-419",
    "fr-ca": "fr-CA",
    "pt-br": "pt-BR",
    "zh-hk": "zh-HK",
    "zh-tw": "zh-TW",
}
LONGEST_NAME = 250


def session_params(request: CheckoutRequest, *, collect_tax_ids: bool) -> dict[str, Any]:
    """The parameters of a Checkout Session."""
    about = {REFERENCE: request.reference}
    intent: dict[str, Any] = {"metadata": about}
    params: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": request.reference,
        "metadata": about,
        "line_items": _line_items(request),
        "success_url": request.return_url,
        "cancel_url": request.cancel_url,
        "locale": _locale(request.locale),
        "payment_intent_data": intent,
        "expand": ["payment_intent"],
    }
    if request.save_method:
        intent["setup_future_usage"] = "off_session"
    if request.customer_id:
        params["customer"] = request.customer_id
    else:
        params["customer_email"] = request.customer_email
        params["customer_creation"] = "always" if request.save_method or collect_tax_ids else "if_required"
    if collect_tax_ids:
        params["tax_id_collection"] = {"enabled": True}
        if request.customer_id:
            params["customer_update"] = {"name": "auto", "address": "auto"}
    return params


def _line_items(request: CheckoutRequest) -> list[dict[str, Any]]:
    """The order's lines; or one for all, where a discount or a tax is not within them, or a line is free."""
    total, currency = to_stripe(request.total)
    amounts = [each.total.amount for each in request.lines]
    whole = sum(amounts) == request.total.amount and all(amount > 0 for amount in amounts)
    if not whole or any(each.total.currency != request.total.currency for each in request.lines):
        return [_line(", ".join(_name(each.title, each.quantity) for each in request.lines), total, currency)]
    return [_line(_name(each.title, each.quantity), to_stripe(each.total)[0], currency) for each in request.lines]


def _line(name: str, amount: int, currency: str) -> dict[str, Any]:
    shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "\u2026"
    data = {"currency": currency, "unit_amount": amount, "product_data": {"name": shown}}
    return {"quantity": 1, "price_data": data}


def _name(title: str, quantity: int) -> str:
    return title if quantity == 1 else f"{quantity} \u00d7 {title}"


def _locale(tag: str) -> str:
    tag = tag.lower()
    language = tag.partition("-")[0]
    return REGIONAL.get(tag, language if language in LOCALES else "auto")
