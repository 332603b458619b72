"""The page that stands in for the site of a tenant that is closed."""

from html import escape

from questline_core.tenancy.schemas import TenantInfo

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
TEXTS = {
    "en": {
        "suspended": ("This site is suspended", "Nothing has been lost. Ask whoever runs it when it opens again."),
        "deleting": ("This site is being deleted", "It will not come back."),
    },
    "de": {
        "suspended": ("Diese Seite ist gesperrt", "Nichts ist verloren. Wer sie betreibt, kann sie wieder öffnen."),
        "deleting": ("Diese Seite wird gelöscht", "Sie kommt nicht wieder."),
    },
}
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 1.0625rem/1.6 system-ui, sans-serif; display: grid; place-items: center; min-height: 90vh; margin: 1rem }}
main {{ max-width: 32rem; text-align: center }} h1 {{ font-size: 1.75rem; line-height: 1.25; text-wrap: balance }}
small {{ opacity: .8 }}
</style></head><body><main><small>{name}</small><h1>{title}</h1><p>{text}</p></main></body></html>
"""


def closed_page(tenant: TenantInfo, accepted: str) -> str:
    """The page in the reader's language."""
    language = "de" if accepted.strip().lower().startswith("de") else "en"
    title, text = TEXTS[language]["deleting" if tenant.state == "deleting" else "suspended"]
    return PAGE.format(language=language, title=title, text=text, name=escape(tenant.name))
