"""The page that tells a buyer where to send the money."""

from decimal import Decimal
from html import escape

from iso4217 import Currency

from questline_payments_manual.models import Transfer
from questline_payments_manual.settings import ManualSettings

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
STYLE = """
:root{color-scheme:light dark;--text:#1d2330;--muted:#545d6e;--page:#f3f4f7;--card:#fff;--line:#d5d9e2;--main:#1f4fd8}
@media (prefers-color-scheme:dark){
:root{--text:#eceff5;--muted:#a9b2c3;--page:#12151c;--card:#1b202b;--line:#343b4a;--main:#9db8ff}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
main{max-width:32rem;margin:1.5rem auto;padding:1.5rem;background:var(--card);border:1px solid var(--line);
border-radius:.75rem}
h1{margin:0 0 .5rem;font-size:1.375rem}p{margin:0 0 1rem}.muted{color:var(--muted)}.given{white-space:pre-line}
dl{margin:0 0 1rem}dt{color:var(--muted);font-size:.875rem}dd{margin:0 0 .75rem;font-weight:700;overflow-wrap:anywhere}
a{display:block;min-height:2.75rem;padding:.625rem 1rem;text-align:center;color:var(--text);
border:1px solid var(--line);border-radius:.5rem;text-decoration:none}
a:focus-visible{outline:3px solid var(--main);outline-offset:2px}
"""
TEXTS = {
    "en": {
        "title": "Pay by bank transfer",
        "lead": "Please send the money within {days} days. Your order is complete once it has arrived.",
        "holder": "Account holder",
        "amount": "Amount",
        "purpose": "Payment reference (write exactly this)",
        "bank": "Bank",
        "order": "Order",
        "paid": "This order is paid. Thank you!",
        "cancelled": "This order was cancelled. Please send no money for it.",
        "back": "Back to the site",
    },
    "de": {
        "title": "Per Überweisung bezahlen",
        "lead": "Bitte überweisen Sie innerhalb von {days} Tagen. Mit dem Eingang ist Ihre Bestellung abgeschlossen.",
        "holder": "Kontoinhaber",
        "amount": "Betrag",
        "purpose": "Verwendungszweck (bitte genau so angeben)",
        "bank": "Bank",
        "order": "Bestellung",
        "paid": "Diese Bestellung ist bezahlt. Vielen Dank!",
        "cancelled": "Diese Bestellung wurde storniert. Bitte überweisen Sie nichts dafür.",
        "back": "Zurück zur Website",
    },
}


def page(transfer: Transfer, settings: ManualSettings) -> str:
    """The page as HTML: one column, no scripts."""
    language = "de" if transfer.locale.partition("-")[0].lower() == "de" else "en"
    texts = TEXTS[language]
    if transfer.paid_at or transfer.cancelled_at:
        content = f"<p role=status>{texts['paid' if transfer.paid_at else 'cancelled']}</p>"
    else:
        rows = {
            texts["amount"]: shown(transfer.amount, transfer.currency, language),
            texts["purpose"]: transfer.purpose,
            texts["holder"]: settings.account_holder,
            "IBAN": settings.iban,
            "BIC": settings.bic,
            texts["bank"]: settings.bank,
            texts["order"]: ", ".join(transfer.titles),
        }
        details = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows.items() if value)
        more = f"<p class=given>{escape(settings.instructions)}</p>" if settings.instructions else ""
        content = f"<p class=muted>{texts['lead'].format(days=settings.days)}</p><dl>{details}</dl>{more}"
    return (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{texts['title']}</title>"
        f"<meta name=viewport content='width=device-width,initial-scale=1'><meta name=robots content=noindex>"
        f"<style>{STYLE}</style></head><body><main><h1>{texts['title']}</h1>{content}"
        f"<a href='{escape(transfer.return_url)}'>{texts['back']}</a></main></body></html>"
    )


def shown(amount: int, currency: str, language: str) -> str:
    """An amount for people, with as many decimals as the currency has."""
    exponent = Currency(currency).exponent or 0
    text = f"{Decimal(amount).scaleb(-exponent):,.{exponent}f}"
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} {currency}"
