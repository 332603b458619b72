"""PayPal, played by a local server on its published shapes: orders, captures, refunds, disputes, reports, webhooks."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
import zlib
from urllib.parse import parse_qsl

import msgspec

from questline_sdk.testing.local_service import Answer, LocalService

CLIENT, SECRET, WEBHOOK = "client-of-the-tests", "secret-of-the-tests", "WH1JE4291016473214C"
SIGNING = b"PayPal's own key"


def new_id():
    return secrets.token_hex(9)[:17].upper()


def declined(issue, description="It was declined."):
    details = [{"issue": issue, "description": description}]
    return Answer({"name": "UNPROCESSABLE_ENTITY", "message": "It was not done.", "details": details}, 422)


def signature(transmission, at, body, key=SIGNING):
    text = f"{transmission}|{at}|{WEBHOOK}|{zlib.crc32(body)}".encode()
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


class Verification(msgspec.Struct):
    transmission_id: str
    transmission_sig: str
    transmission_time: str
    webhook_id: str
    webhook_event: msgspec.Raw


class PayPalService(LocalService):
    def __init__(self):
        super().__init__()
        self.orders, self.captures, self.disputes, self.kept, self.tokens = {}, {}, {}, {}, set()
        self.page_size = 100
        self.clock = dt.datetime.now(dt.UTC)

    def now(self):
        return self.clock.strftime("%Y-%m-%dT%H:%M:%SZ")

    def error(self, status):
        return {"name": "ERROR", "message": f"status {status}", "debug_id": "d1"}

    async def answer(self, request):
        if request.path == "/v1/oauth2/token":
            return self.token(request)
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return Answer({"error": "invalid_token"}, 401)
        key = request.headers.get("paypal-request-id")
        if request.method == "POST" and key and (request.path, key) in self.kept:
            return self.kept[request.path, key]
        answer = self.route(request)
        if request.method == "POST" and key and answer.status < 400:
            self.kept[request.path, key] = answer
        return answer

    def token(self, request):
        given = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        if given != f"{CLIENT}:{SECRET}" or dict(parse_qsl(request.body.decode())) != {
            "grant_type": "client_credentials"
        }:
            return Answer({"error": "invalid_client"}, 401)
        token = f"A21AA{secrets.token_hex(20)}"
        self.tokens.add(token)
        return Answer({"access_token": token, "token_type": "Bearer", "expires_in": 32400, "scope": ""})

    def route(self, request):
        match (request.method, *request.path.strip("/").split("/")):
            case ("POST", "v2", "checkout", "orders"):
                return Answer(self.open(msgspec.json.decode(request.body)), 201)
            case ("GET", "v2", "checkout", "orders", some_id) if some_id in self.orders:
                return Answer(self.orders[some_id])
            case ("POST", "v2", "checkout", "orders", some_id, "capture") if some_id in self.orders:
                return self.capture(self.orders[some_id])
            case ("GET", "v2", "payments", "captures", some_id) if some_id in self.captures:
                return Answer(self.captures[some_id])
            case ("POST", "v2", "payments", "captures", some_id, "refund"):
                return self.give_back(some_id, msgspec.json.decode(request.body))
            case ("GET", "v1", "customer", "disputes"):
                found = self.disputes.get(request.query["disputed_transaction_id"])
                return Answer({"items": [found] if found else [], "links": []})
            case ("GET", "v1", "customer", "disputes", some_id):
                return Answer(next(each for each in self.disputes.values() if each["dispute_id"] == some_id))
            case ("GET", "v1", "reporting", "transactions"):
                return Answer(self.report(request.query))
            case ("POST", "v1", "notifications", "verify-webhook-signature"):
                return Answer({"verification_status": self.verify(request.body)})
        return Answer({"name": "RESOURCE_NOT_FOUND", "message": "It does not exist.", "details": []}, 404)

    def open(self, body):
        some_id = new_id()
        (unit,) = body["purchase_units"]
        links = [
            {"rel": "self", "href": f"{self.url}/v2/checkout/orders/{some_id}", "method": "GET"},
            {"rel": "payer-action", "href": f"https://www.paypal.example/checkoutnow?token={some_id}", "method": "GET"},
        ]
        self.orders[some_id] = {
            "id": some_id,
            "intent": body["intent"],
            "status": "PAYER_ACTION_REQUIRED",
            "create_time": self.now(),
            "purchase_units": [dict(unit)],
            "links": links,
            "asked": body,
        }
        return self.orders[some_id]

    def approve(self, some_id, instrument="good"):
        order = self.orders[some_id]
        order |= {"status": "APPROVED", "instrument": instrument, "update_time": f"{self.now()}-{secrets.token_hex(2)}"}

    def capture(self, order):
        if order["status"] == "COMPLETED":
            return declined("ORDER_ALREADY_CAPTURED")
        if order["status"] != "APPROVED":
            return declined("ORDER_NOT_APPROVED")
        if order["instrument"] != "good":
            return declined("INSTRUMENT_DECLINED", "The instrument presented was declined by the bank.")
        self.settle(order)
        return Answer(order, 201)

    def settle(self, order):
        (unit,) = order["purchase_units"]
        capture = {
            "id": new_id(),
            "status": "COMPLETED",
            "amount": unit["amount"],
            "custom_id": unit["custom_id"],
            "create_time": self.now(),
            "supplementary_data": {"related_ids": {"order_id": order["id"]}},
        }
        self.captures[capture["id"]] = capture
        order["status"] = "COMPLETED"
        unit["payments"] = {"captures": [capture], "refunds": []}

    def give_back(self, capture_id, body):
        capture = self.captures[capture_id]
        order = self.orders[capture["supplementary_data"]["related_ids"]["order_id"]]
        payments = order["purchase_units"][0]["payments"]
        amount = float(body["amount"]["value"])
        before = sum(float(each["amount"]["value"]) for each in payments["refunds"])
        if round(before + amount, 2) > float(capture["amount"]["value"]):
            return declined("REFUND_AMOUNT_EXCEEDED", "The refund amount must be less than what is left.")
        refund = {"id": new_id(), "status": "COMPLETED", "amount": body["amount"], "create_time": self.now()}
        payments["refunds"].append(refund)
        capture["status"] = "PARTIALLY_REFUNDED"
        return Answer(refund, 201)

    def dispute(self, capture_id, status, outcome=None):
        amount = self.captures[capture_id]["amount"]
        found = {"dispute_id": "PP-D-1", "status": status, "dispute_amount": amount}
        self.disputes[capture_id] = found | ({"dispute_outcome": {"outcome_code": outcome}} if outcome else {})

    def report(self, query):
        start, end = query["start_date"], query["end_date"]
        found = [each for each in self.captures.values() if start <= each["create_time"] <= end]
        size, page = min(int(query["page_size"]), self.page_size), int(query["page"])
        entries = [
            {
                "transaction_info": {
                    "transaction_id": each["id"],
                    "transaction_event_code": "T0006",
                    "custom_field": each["custom_id"],
                }
            }
            for each in found[(page - 1) * size : page * size]
        ]
        if page == 1:  # a withdrawal, which is nobody's payment
            entries.append({"transaction_info": {"transaction_id": "W1", "transaction_event_code": "T0400"}})
        return {"transaction_details": entries, "page": page, "total_pages": -(-len(found) // size) or 1}

    def verify(self, body):
        asked = msgspec.json.decode(body, type=Verification)
        wanted = signature(asked.transmission_id, asked.transmission_time, bytes(asked.webhook_event))
        good = hmac.compare_digest(wanted.encode(), asked.transmission_sig.encode()) and asked.webhook_id == WEBHOOK
        return "SUCCESS" if good else "FAILURE"


def message(kind, resource, at, key=SIGNING):
    """A message as PayPal signs it."""
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    about = {"id": "WH-1", "event_type": kind, "create_time": stamp, "resource_type": "capture"}
    body = msgspec.json.encode({**about, "resource": resource})
    headers = {
        "paypal-auth-algo": "SHA256withRSA",
        "paypal-cert-url": "https://api.paypal.com/v1/notifications/certs/CERT-1",
        "paypal-transmission-id": "69cd13f0-d67a-11e5-baa3-778b53f4ae55",
        "paypal-transmission-sig": signature("69cd13f0-d67a-11e5-baa3-778b53f4ae55", stamp, body, key),
        "paypal-transmission-time": stamp,
    }
    return headers, body
