"""The plugin's prebuilt pages: their texts, what they import, what they weigh."""

import base64
import gzip
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from questline_core.testing.conformance.subject import Subject
from questline_core.testing.conformance.verdict import Absent, Problem, Unchecked
from questline_core.ui.bundles import DIST, MANIFEST, BundleError, bundle, ui_folder

BARE_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"'./][^"']*)["']""")
PLURAL = re.compile(r"_(?:ordinal_)?(zero|one|two|few|many|other)$")
KILO = 1000


def built(subject: Subject) -> tuple[Path, dict[str, Any]]:
    """The folder of the plugin's pages and its `plugin.json`.

    Raises:
        Absent: It has no pages.
    """
    folder = ui_folder(subject.record)
    if folder is None:
        source = subject.record.package and (subject.record.package.parents[1] / "ui" / "package.json")
        if source and source.is_file():
            raise Unchecked("its pages are not built; run `npm run build` in its ui folder")
        raise Absent("it has no pages")
    try:
        manifest: dict[str, Any] = msgspec.json.decode((folder / MANIFEST).read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise Problem(f"{MANIFEST} cannot be read: {error}; build the pages again") from None
    return folder, manifest


async def translations(subject: Subject) -> None:
    """Every language has every text, with the same values in it."""
    _, manifest = built(subject)
    texts: dict[str, dict[str, list[str]]] | None = manifest.get("texts")
    if texts is None:
        raise Unchecked("its pages were built by a kit that does not list their texts; build them again")
    languages = sorted(texts)
    problems = [
        f"{where} is missing in {language}"
        for where, labels in _labels(manifest.get("contributions", {}))
        for language in languages
        if language not in labels
    ]
    if texts and "en" not in texts:
        raise Problem("there is no English (`locales/en.json`), which is shown where a language is missing")
    forms = {language: _without_plurals(texts[language]) for language in languages}
    for language in languages:
        for other in languages:
            problems += [
                f"{key} is missing in {language}" for key in sorted(forms[other].keys() - forms[language].keys())
            ]
        for key, values in forms[language].items():
            expected = forms["en"].get(key)
            if expected is not None and values != expected:
                problems.append(f"{key} has other values in {language} than in en")
    if problems:
        raise Problem(*list(dict.fromkeys(problems))[:8])


def _labels(contributions: Mapping[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """The translated labels among the contributions, each with where it is."""
    return [
        (f"the {name} of {group} {entry.get('path', entry.get('to', ''))!r}", entry[name])
        for group in ("routes", "navigation")
        for entry in contributions.get(group, ())
        for name in ("title", "label")
        if isinstance(entry.get(name), dict)
    ]


def _without_plurals(texts: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Keys less the endings of plural forms, of which each language has its own; with the values of all forms."""
    found: dict[str, frozenset[str]] = {}
    for key, values in texts.items():
        name = PLURAL.sub("", key)
        found[name] = found.get(name, frozenset()) | frozenset(values)
    return found


async def imports(subject: Subject) -> None:
    """The host takes the pages, they import only what it shares, and they are what the plugin's version says."""
    folder, manifest = built(subject)
    try:
        bundle(subject.record)
    except BundleError as error:
        raise Problem(f"its pages are left out: {error}") from None
    if not (DIST / "shared.json").is_file():
        raise Unchecked("the application's own pages are not built, so it is not known what they share")
    listed = manifest.get("imports", {})
    for script in sorted(folder.rglob("*.js")):
        for name in BARE_IMPORT.findall(script.read_text(encoding="utf-8")):
            if name not in listed and not name.startswith(("http:", "https:", "data:")):
                raise Problem(f"{script.name} imports {name}, which {MANIFEST} does not list; build it with the kit")
    entry = folder / manifest["entry"]
    digest = base64.b64encode(hashlib.sha384(entry.read_bytes()).digest()).decode()
    if manifest.get("integrity") not in (None, f"sha384-{digest}"):
        raise Problem(f"{entry.name} was changed after it was built; build the pages again")
    if manifest["version"] != subject.record.version:
        raise Problem(
            f"its pages are of version {manifest['version']}, the plugin of {subject.record.version}; "
            "give package.json the plugin's version and build again"
        )


async def budget(subject: Subject) -> None:
    """All code and styles, gzipped, weigh no more than the plugin may."""
    folder, _ = built(subject)
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in {".js", ".css"}]
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in files}
    limit = subject.record.manifest.conformance.ui_budget_kb * KILO
    total = sum(sizes.values())
    if total > limit:
        biggest = max(sizes, key=lambda name: sizes[name])
        raise Problem(
            f"its pages weigh {total / KILO:.1f} kB gzipped, {limit / KILO:.0f} kB is the budget; the largest file is "
            f"{biggest} ({sizes[biggest] / KILO:.1f} kB): leave something out, or set ui_budget_kb in plugin.toml"
        )
