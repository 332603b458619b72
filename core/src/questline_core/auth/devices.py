"""What a browser says of itself, in words: enough to tell one's own devices apart, no more."""

import re

import msgspec

# The first that fits: browsers name the ones they descend from too.
BROWSERS = (
    ("Edge", re.compile(r"Edg(?:e|A|iOS)?/")),
    ("Opera", re.compile(r"OPR/|Opera")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/")),
    ("Firefox", re.compile(r"Firefox/|FxiOS/")),
    ("Chrome", re.compile(r"Chrome/|CriOS/|Chromium/")),
    ("Safari", re.compile(r"Safari/")),
)
SYSTEMS = (
    ("iOS", re.compile(r"iPhone|iPad|iPod")),
    ("Android", re.compile(r"Android")),
    ("ChromeOS", re.compile(r"CrOS")),
    ("Windows", re.compile(r"Windows")),
    ("macOS", re.compile(r"Mac OS X|Macintosh")),
    ("Linux", re.compile(r"Linux|X11")),
)
MOBILE = {"iOS", "Android"}


class DeviceName(msgspec.Struct, frozen=True, kw_only=True):
    """A browser and what it runs on; None for what it does not say."""

    browser: str | None
    system: str | None
    mobile: bool


def device_name(user_agent: str | None) -> DeviceName:
    """Read a `User-Agent` header."""
    text = user_agent or ""
    system = next((name for name, pattern in SYSTEMS if pattern.search(text)), None)
    browser = next((name for name, pattern in BROWSERS if pattern.search(text)), None)
    return DeviceName(browser=browser, system=system, mobile=system in MOBILE)
