"""The page that explains an archive to the person it is about."""

TEXTS = {
    "en": """{site}: your data, {name}

core.json        your account, what you learned, your log-ins, your consents, what happened
plugins/*.json   what the site's extensions keep of you, one file each
files/           files of yours; the JSON files name them by their path
schemas/         JSON Schema (2020-12) of each JSON file, for programs
manifest.json    every file of this archive with its length and SHA-256
manifest.json.jws  the site's signature of the manifest (Ed25519; JWS with detached content, RFC 7515 appendix F)

Nothing in here is needed to use the site. It is yours: keep it in a safe place.
Whether the archive is whole and from the site, its operators can tell: questline privacy verify FILE
""",
    "de": """{site}: deine Daten, {name}

core.json        dein Konto, was du gelernt hast, deine Anmeldungen, deine Einwilligungen, was geschah
plugins/*.json   was die Erweiterungen der Seite von dir speichern, je eine Datei
files/           Dateien von dir; die JSON-Dateien nennen ihren Pfad
schemas/         JSON Schema (2020-12) jeder JSON-Datei, für Programme
manifest.json    jede Datei dieses Archivs mit Länge und SHA-256
manifest.json.jws  die Signatur der Seite über das Manifest (Ed25519; JWS ohne Inhalt, RFC 7515 Anhang F)

Nichts hiervon brauchst du, um die Seite zu benutzen. Es gehört dir: Bewahre es sicher auf.
Ob das Archiv vollständig und von der Seite ist, können ihre Betreiber prüfen: questline privacy verify DATEI
""",
}


def readme(locale: str, *, site: str, name: str) -> bytes:
    """The page in the person's language."""
    text = TEXTS.get(locale.partition("-")[0].lower(), TEXTS["en"])
    return text.format(site=site, name=name).encode()
