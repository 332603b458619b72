"""What the bank's pages say, in each of their languages."""

from decimal import Decimal

from iso4217 import Currency

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "test": "Test payment: no money moves here.",
        "title": "Test bank",
        "order": "Order",
        "total": "To pay",
        "pay": "Pay",
        "challenge": "Pay with a confirmation (3-D Secure)",
        "decline": "Let the card be declined",
        "late": "Pay, and let the bank tell the site late",
        "twice": "Pay, and let the bank tell the site twice",
        "once": "Pay, and let later renewals be declined",
        "asking": "Pay, and let later renewals ask for the buyer",
        "saved": "This card will be kept for renewals.",
        "leave": "Back without paying",
        "declined": "The card was declined. Nothing was paid; another try may work.",
        "confirm": "Confirm it is you",
        "confirm_text": "Your bank asks whether you want to make this payment.",
        "approve": "Approve",
        "reject": "Reject",
        "paid": "This order is paid.",
        "expired": "This page has expired. Nothing was paid.",
        "back": "Back to the site",
        "dispute": "Dispute the payment, as a buyer would at their bank",
        "dispute_won": "Decide the dispute for the site",
        "disputed": "The payment is disputed.",
    },
    "de": {
        "test": "Testzahlung: Hier fließt kein Geld.",
        "title": "Testbank",
        "order": "Bestellung",
        "total": "Zu zahlen",
        "pay": "Bezahlen",
        "challenge": "Mit Bestätigung bezahlen (3-D Secure)",
        "decline": "Karte ablehnen lassen",
        "late": "Bezahlen, die Bank meldet es verspätet",
        "twice": "Bezahlen, die Bank meldet es doppelt",
        "once": "Bezahlen, spätere Verlängerungen werden abgelehnt",
        "asking": "Bezahlen, spätere Verlängerungen brauchen eine Bestätigung",
        "saved": "Diese Karte wird für Verlängerungen gespeichert.",
        "leave": "Zurück, ohne zu bezahlen",
        "declined": "Die Karte wurde abgelehnt. Es wurde nichts bezahlt; ein neuer Versuch kann gelingen.",
        "confirm": "Bestätigung",
        "confirm_text": "Ihre Bank fragt, ob Sie diese Zahlung ausführen möchten.",
        "approve": "Freigeben",
        "reject": "Ablehnen",
        "paid": "Diese Bestellung ist bezahlt.",
        "expired": "Diese Seite ist abgelaufen. Es wurde nichts bezahlt.",
        "back": "Zurück zur Website",
        "dispute": "Zahlung anfechten, wie es eine Käuferin bei ihrer Bank täte",
        "dispute_won": "Anfechtung zugunsten der Website entscheiden",
        "disputed": "Die Zahlung ist angefochten.",
    },
}


def language_of(locale: str) -> str:
    """The language of the texts that comes closest."""
    language = locale.partition("-")[0].lower()
    return language if language in TEXTS else "en"


def shown(amount: int, currency: str, language: str) -> str:
    """An amount for people, with as many decimals as the currency has."""
    try:
        exponent = Currency(currency).exponent or 0
    except ValueError:
        exponent = 0
    text = f"{Decimal(amount).scaleb(-exponent):,.{exponent}f}"
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} {currency}"
