"""The packages a new user interface is built with, linked from the checkout that this command runs from."""

from pathlib import Path

KIT = Path("node_modules/@questline/vite-plugin")


def checkout() -> Path | None:
    """The checkout of Questline that this package lies in, with its front-end packages installed; None outside one."""
    for folder in Path(__file__).resolve().parents:
        if (folder / KIT / "package.json").is_file():
            return folder
    return None


def link_packages(ui: Path) -> bool:
    """Let a folder use the checkout's packages, so that it builds without a download; says whether it can.

    Without a checkout `npm install` fetches them. A folder inside the checkout finds them by itself.
    """
    root = checkout()
    if root is None:
        return False
    if not ui.resolve().is_relative_to(root):
        (ui / "node_modules").symlink_to(root / "node_modules", target_is_directory=True)
    return True
