"""Wheels of each released version, built once; and a site that runs with an overlay of them."""

from pathlib import Path

import pytest
from tests.compatibility.released import (
    RELEASED,
    NotInThisClone,
    build_wheel,
    extract,
    folders,
    install,
    is_repository,
    layered,
)

GUESTBOOK = Path(__file__).parent / "plugins" / "guestbook"


class Release:
    """The SDK and the plugins of one release, as wheels."""

    def __init__(self, version: str, folder: Path) -> None:
        self.version = version
        self.sdk_source = extract(version, "sdk/python", folder / "source")
        self.sdk = build_wheel(self.sdk_source, folder / "wheels")
        self.plugins = [
            build_wheel(extract(version, name, folder / "source"), folder / "wheels")
            for name in folders(version, "plugins")
        ]


@pytest.fixture(scope="session", params=RELEASED)
def release(request, tmp_path_factory) -> Release:
    """Each released version; a source tree without its history has none to build."""
    if not is_repository():
        pytest.skip("not a git repository: released versions are built from its history")
    try:
        return Release(request.param, tmp_path_factory.mktemp(f"sdk-{request.param}"))
    except NotInThisClone as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def guestbook(tmp_path_factory) -> Path:
    """The wheel of a plugin that somebody else wrote for the first release."""
    return build_wheel(GUESTBOOK, tmp_path_factory.mktemp("guestbook"))


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """Make an environment like the present one, with these wheels in front; returns its interpreter."""

    def make(*wheels: Path) -> Path:
        python = layered(tmp_path_factory.mktemp("environment") / "venv")
        install(python, *wheels)
        return python

    return make
