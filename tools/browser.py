"""Makes sure that there is a Chromium for the end-to-end tests.

Debian's package where we may install it, else Playwright's.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

DEBIAN = Path("/usr/bin/chromium")


def main() -> int:
    """Find or install a browser; returns a process exit status."""
    if DEBIAN.exists() or _playwright_chromium():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium for the end-to-end tests ...", flush=True)
        commands = [
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in commands:
            if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
                return _explain()
        return 0
    print("Installing Playwright's chromium for the end-to-end tests ...", flush=True)
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return 0 if done.returncode == 0 else _explain()


def _playwright_chromium() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _explain() -> int:
    print("error: the end-to-end tests need Chromium; as root: apt install chromium", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
