"""The bank's pages as HTML: one column, no scripts, plainly a test."""

import datetime as dt
from html import escape
from urllib.parse import urlsplit

from questline_payments_sandbox.books import Order
from questline_payments_sandbox.texts import TEXTS, language_of, shown
from questline_sdk.payments import PaymentState

STYLE = """
:root{color-scheme:light dark;--text:#1d2330;--muted:#545d6e;--page:#f3f4f7;--card:#fff;--line:#d5d9e2;--main:#1f4fd8}
@media (prefers-color-scheme:dark){
:root{--text:#eceff5;--muted:#a9b2c3;--page:#12151c;--card:#1b202b;--line:#343b4a;--main:#9db8ff}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
.test{margin:0;padding:.75rem 1rem;background:#ffd84d;color:#241c00;font-weight:700;text-align:center}
main{max-width:30rem;margin:1.5rem auto;padding:1.5rem;background:var(--card);border:1px solid var(--line);
border-radius:.75rem}
h1{margin:0 0 1rem;font-size:1.375rem}ul{margin:0 0 1rem;padding:0 0 1rem;list-style:none;
border-bottom:1px solid var(--line)}
.total{display:flex;justify-content:space-between;margin:0 0 1.25rem;font-size:1.25rem;font-weight:700}
.note{padding:.75rem 1rem;border:1px solid var(--line);border-left:.25rem solid var(--main);border-radius:.375rem}
.muted{color:var(--muted)}
form{display:grid;gap:.625rem}
button,.back{display:block;width:100%;min-height:2.75rem;padding:.625rem 1rem;font:inherit;text-align:center;
cursor:pointer;color:var(--text);background:none;border:1px solid var(--line);border-radius:.5rem;text-decoration:none}
button.main{color:var(--card);background:var(--main);border-color:var(--main);font-weight:700}
button:focus-visible,.back:focus-visible{outline:3px solid var(--main);outline-offset:2px}
"""
CHOICES = ("pay", "challenge", "decline", "late", "twice")
SAVING_CHOICES = ("once", "asking")


def order_page(order: Order, now: dt.datetime) -> str:
    """Where the order is paid; or, once it is, what else can happen to it."""
    language = language_of(order.locale)
    texts = TEXTS[language]
    state = order.state(now)
    if state is PaymentState.EXPIRED:
        return _page(language, f"<p class=note>{texts['expired']}</p>" + _back(order, texts["back"]))
    if state is PaymentState.PAID:
        choice = "dispute_won" if order.disputed else "dispute"
        note = texts["disputed"] if order.disputed else texts["paid"]
        return _page(language, f"<p class=note role=status>{note}</p>" + _form(order, texts, (choice,), main=None))
    choices = CHOICES + (SAVING_CHOICES if order.save_method else ())
    parts = [_summary(order, language)]
    if order.failure:
        parts.append(f"<p class=note role=alert>{texts['declined']}</p>")
    if order.save_method:
        parts.append(f"<p class=muted>{texts['saved']}</p>")
    parts.append(_form(order, texts, (*choices, "leave"), main="pay"))
    return _page(language, "".join(parts))


def challenge_page(order: Order) -> str:
    """The confirmation that the buyer's bank asks for."""
    language = language_of(order.locale)
    texts = TEXTS[language]
    ask = f"<h2>{texts['confirm']}</h2><p>{texts['confirm_text']}</p>"
    return _page(language, _summary(order, language) + ask + _form(order, texts, ("approve", "reject"), main="approve"))


def policy(order: Order) -> str:
    """The content security policy: nothing but the page, and forms that lead back to the shop."""
    shop = urlsplit(order.return_url)
    target = f" {shop.scheme}://{shop.netloc}" if shop.netloc else ""
    return (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self'{target}"
    )


def _summary(order: Order, language: str) -> str:
    texts = TEXTS[language]
    lines = "".join(f"<li>{escape(each)}</li>" for each in order.titles)
    total = escape(shown(order.amount, order.currency, language))
    sum_up = f"<p class=total><span>{texts['total']}</span><span>{total}</span></p>"
    return f"<ul aria-label='{texts['order']}'>{lines}</ul>{sum_up}"


def _form(order: Order, texts: dict[str, str], choices: tuple[str, ...], *, main: str | None) -> str:
    buttons = "".join(
        f"<button name=choice value={each}{' class=main' if each == main else ''}>{texts[each]}</button>"
        for each in choices
    )
    return f"<form method=post action='{escape(order.id)}'>{buttons}</form>"


def _back(order: Order, text: str) -> str:
    return f"<a class=back href='{escape(order.cancel_url)}'>{text}</a>" if order.cancel_url else ""


def _page(language: str, content: str) -> str:
    texts = TEXTS[language]
    return (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{texts['title']}</title>"
        f"<meta name=viewport content='width=device-width,initial-scale=1'><meta name=robots content=noindex>"
        f"<style>{STYLE}</style></head><body><header class=test>{texts['test']}</header>"
        f"<main><h1>{texts['title']}</h1>{content}</main></body></html>"
    )
