"""Stripe, played by a local server on its published shapes: Checkout Sessions, Payment Intents, refunds, disputes."""

import hashlib
import hmac
import re
import secrets
import time
from urllib.parse import parse_qsl

import msgspec

from questline_sdk.testing.local_service import Answer, LocalService

KEY = "sk_test_a_key_of_the_tests"
WEBHOOK_SECRET = "whsec_a_secret_of_the_tests"
DECLINING = "pm_card_chargeCustomerFail"


def unflatten(pairs):
    """`a[b][0]=c` as nested dicts; numbered ones as lists."""
    tree = {}
    for name, value in pairs:
        *path, last = re.findall(r"[^\[\]]+", name)
        node = tree
        for part in path:
            node = node.setdefault(part, {})
        node[last] = value
    return _lists(tree)


def _lists(node):
    if not isinstance(node, dict):
        return node
    values = {name: _lists(value) for name, value in node.items()}
    return list(values.values()) if values and all(name.isdigit() for name in values) else values


class Refused(Exception):
    def __init__(self, status, message, **more):
        super().__init__(message)
        self.answer = Answer({"error": {"type": "invalid_request_error", "message": message, **more}}, status)


class StripeService(LocalService):
    def __init__(self):
        super().__init__()
        self.sessions, self.intents, self.refunds, self.disputes, self.kept = {}, {}, [], [], {}

    def error(self, status):
        kind = {401: "invalid_request_error", 429: "rate_limit_error"}.get(status, "api_error")
        return {"error": {"type": kind, "message": f"status {status}"}}

    async def answer(self, request):
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return Answer({"error": {"type": "invalid_request_error", "message": "Invalid API Key provided"}}, 401)
        form = unflatten(parse_qsl(request.body.decode(), keep_blank_values=True))
        query = unflatten(request.query.items())
        key = request.headers.get("idempotency-key")
        if request.method == "POST" and key in self.kept:
            asked, answer = self.kept[key]
            if asked == (request.path, form):
                return answer
            text = "Keys for idempotent requests can only be used with the same parameters they were first used with."
            return Answer({"error": {"type": "idempotency_error", "message": text}}, 400)
        try:
            answer = self.route(request.method, request.path, form, query)
        except Refused as refused:
            answer = refused.answer
        if request.method == "POST" and key:
            self.kept[key] = ((request.path, form), answer)
        return answer

    def route(self, method, path, form, query):
        match (method, *path.removeprefix("/v1/").split("/")):
            case ("POST", "checkout", "sessions"):
                return Answer(self.open_session(form))
            case ("GET", "checkout", "sessions", some_id) if some_id in self.sessions:
                return Answer(self.session_of(some_id))
            case ("POST", "payment_intents"):
                return self.charge(form)
            case ("GET", "payment_intents"):
                return Answer(self.listed(query))
            case ("GET", "payment_intents", some_id) if some_id in self.intents:
                return Answer(self.intents[some_id])
            case ("POST", "refunds"):
                return Answer(self.give_back(form))
            case ("GET", "disputes"):
                found = [each for each in self.disputes if each["payment_intent"] == query["payment_intent"]]
                return Answer({"object": "list", "data": found, "has_more": False, "url": "/v1/disputes"})
            case ("POST", "billing_portal", "sessions"):
                url = f"https://billing.stripe.example/{form['customer']}"
                return Answer({"id": "bps_1", "object": "billing_portal.session", "url": url})
        raise Refused(404, f"No such object: '{path}'", code="resource_missing")

    def open_session(self, form):
        lines = form["line_items"]
        currencies = {each["price_data"]["currency"] for each in lines}
        total = sum(int(each["price_data"]["unit_amount"]) * int(each["quantity"]) for each in lines)
        if len(currencies) != 1 or form["mode"] != "payment" or not form["success_url"]:
            raise Refused(400, "This session makes no sense.")
        some_id = f"cs_test_{secrets.token_hex(12)}"
        self.sessions[some_id] = {
            "id": some_id,
            "object": "checkout.session",
            "status": "open",
            "payment_status": "unpaid",
            "mode": "payment",
            "created": int(time.time()),
            "expires_at": int(time.time()) + 86400,
            "currency": currencies.pop(),
            "amount_total": total,
            "client_reference_id": form["client_reference_id"],
            "customer": form.get("customer"),
            "url": f"https://checkout.stripe.example/c/pay/{some_id}",
            "payment_intent": None,
            "asked": form,
        }
        return self.session_of(some_id)

    def session_of(self, some_id):
        session = {name: value for name, value in self.sessions[some_id].items() if name != "asked"}
        return {**session, "payment_intent": self.intents.get(session["payment_intent"])}

    def intent(self, amount, currency, metadata, *, customer, method, failure=None, **more):
        some_id = f"pi_{secrets.token_hex(12)}"
        self.intents[some_id] = {
            "id": some_id,
            "object": "payment_intent",
            "amount": amount,
            "currency": currency,
            "created": int(time.time()),
            "metadata": metadata,
            "customer": customer,
            "setup_future_usage": None,
            "client_secret": None,
            **more,
        }
        self.settle(some_id, method, failure)
        return self.intents[some_id]

    def settle(self, some_id, method, failure=None):
        charge = {
            "id": f"ch_{secrets.token_hex(12)}",
            "object": "charge",
            "amount_refunded": 0,
            "disputed": False,
            "payment_intent": some_id,
        }
        error = {"type": "card_error", "code": "card_declined", "message": failure} if failure else None
        self.intents[some_id] |= {
            "status": "requires_payment_method" if failure else "succeeded",
            "payment_method": None if failure else method,
            "last_payment_error": error,
            "latest_charge": charge,
        }

    def pay(self, session_id, failure=None):
        session = self.sessions[session_id]
        asked = session["asked"]
        customer = session["customer"]
        if customer is None and asked["customer_creation"] == "always":
            customer = f"cus_{secrets.token_hex(7)}"
        if session["payment_intent"]:
            self.settle(session["payment_intent"], "pm_card_visa", failure)
        else:
            data = asked["payment_intent_data"]
            made = self.intent(
                session["amount_total"],
                session["currency"],
                data["metadata"],
                customer=customer,
                method="pm_card_visa",
                failure=failure,
                setup_future_usage=data.get("setup_future_usage"),
            )
            session["payment_intent"] = made["id"]
        if not failure:
            session |= {"status": "complete", "payment_status": "paid", "url": None}

    def charge(self, form):
        assert (form["off_session"], form["confirm"]) == ("true", "true")
        failure = "Your card was declined." if form["payment_method"] == DECLINING else None
        made = self.intent(
            int(form["amount"]),
            form["currency"],
            form["metadata"],
            customer=form["customer"],
            method=form["payment_method"],
            failure=failure,
        )
        if failure:
            error = {"type": "card_error", "code": "card_declined", "message": failure, "payment_intent": made}
            return Answer({"error": {**error, "charge": made["latest_charge"]["id"]}}, 402)
        return Answer(made)

    def give_back(self, form):
        intent = self.intents[form["payment_intent"]]
        amount, charge = int(form["amount"]), intent["latest_charge"]
        if amount > intent["amount"] - charge["amount_refunded"]:
            raise Refused(400, "Refund amount is greater than unrefunded amount on charge")
        charge["amount_refunded"] += amount
        refund = {"id": f"re_{len(self.refunds)}", "object": "refund", "amount": amount, "status": "succeeded"}
        self.refunds.append(refund)
        return refund

    def listed(self, query):
        since, limit = int(query["created"]["gte"]), min(int(query["limit"]), 100)
        found = [each for each in reversed(self.intents.values()) if each["created"] >= since]
        after = query.get("starting_after")
        start = next((place + 1 for place, each in enumerate(found) if each["id"] == after), 0)
        page = found[start : start + limit]
        return {"object": "list", "data": page, "has_more": start + limit < len(found), "url": "/v1/payment_intents"}

    def dispute(self, intent_id, status):
        charge = self.intents[intent_id]["latest_charge"]
        charge["disputed"] = True
        about = {"object": "dispute", "payment_intent": intent_id, "amount": self.intents[intent_id]["amount"]}
        self.disputes = [{"id": "du_1", "status": status, **about}]


def signed(value, at, secret=WEBHOOK_SECRET):
    """A message as Stripe signs it."""
    body = msgspec.json.encode(value)
    stamp = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"stripe-signature": f"t={stamp},v1={digest},v0=old"}, body
