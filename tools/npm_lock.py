"""Writes package-lock.json anew: complete for every platform, and without the addresses packages were fetched from."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Resolve in an empty folder, since npm leaves out other platforms' packages where some are installed."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for name in ("package.json", ".npmrc"):
            shutil.copy(ROOT / name, scratch / name)
        for manifest in ROOT.glob("**/package.json"):
            place = manifest.relative_to(ROOT)
            if "node_modules" not in place.parts and not place.parts[0].startswith("."):
                (scratch / place.parent).mkdir(parents=True, exist_ok=True)
                shutil.copy(manifest, scratch / place)
        command = [
            "npm",
            "install",
            "--package-lock-only",
            "--ignore-scripts",
            "--omit-lockfile-registry-resolved=false",
        ]
        subprocess.run([*command, "--loglevel=error"], cwd=scratch, check=True)
        lock = json.loads((scratch / "package-lock.json").read_text())
    for package in lock["packages"].values():
        if str(package.get("resolved", "")).startswith("http"):
            del package["resolved"]
    (ROOT / "package-lock.json").write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
