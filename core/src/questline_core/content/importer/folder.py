"""Reads a course folder without trusting it: nothing outside it, no links, nothing huge."""

import os
import posixpath
from pathlib import Path

from questline_core.content.importer.problems import Problems

MAX_FILES = 5_000
MAX_TEXT_BYTES = 1_000_000
MAX_MEDIA_BYTES = 200_000_000
COURSE_FILE = "course.yaml"


class CourseFolder:
    """The files of one course by their path from its root, such as `media/cover.svg`."""

    def __init__(self, root: Path, problems: Problems) -> None:
        self.root = root
        self._problems = problems
        self._refused: set[str] = set()
        self._used: set[str] = set()
        self.files: dict[str, Path] = {}
        self._scan()

    def has(self, path: str) -> bool:
        """Say whether there is such a file."""
        return path in self.files

    def refer(self, reference: str, *, base: str = "", file: str, line: int) -> str | None:
        """Turn a reference into the path of a file that exists; None, with a problem reported, for any other."""
        if not reference or "\\" in reference or "\0" in reference or reference.startswith("/"):
            self._problems.add(file, line, f"{reference!r} is not a path inside the course folder")
            return None
        path = posixpath.normpath(posixpath.join(base, reference))
        if path.startswith("..") or posixpath.normpath(reference).startswith(".."):
            self._problems.add(file, line, f"{reference!r} leads out of the course folder")
        elif path in self.files:
            self._used.add(path)
            return path
        elif path not in self._refused:
            self._problems.add(file, line, f"there is no file {path!r}{self._similar(path)}")
        return None

    def read_text(self, path: str) -> str | None:
        """The text of a file, with a problem reported where it is too large or not UTF-8."""
        self._used.add(path)
        data = self.read(path, MAX_TEXT_BYTES)
        if data is None:
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._problems.add(path, data.count(b"\n", 0, error.start) + 1, "this is not UTF-8 text")
            return None
        if "\0" in text:
            self._problems.add(path, text.count("\n", 0, text.index("\0")) + 1, "there is a NUL character")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def read(self, path: str, limit: int = MAX_MEDIA_BYTES) -> bytes | None:
        """The bytes of a file, with a problem reported where there are too many or they cannot be read."""
        try:
            with self.files[path].open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            self._problems.add(path, 1, f"the file cannot be read: {error.strerror}")
            return None
        if len(data) > limit:
            self._problems.add(path, 1, f"the file is larger than {limit:,} bytes")
            return None
        return data

    def report_unused(self) -> None:
        """Warn of every file that nothing referred to."""
        for path in sorted(self.files.keys() - self._used - {COURSE_FILE}):
            self._problems.warn(path, 1, "nothing refers to this file")

    def _scan(self) -> None:
        for folder, folders, names in os.walk(self.root):
            here = Path(folder)
            for name in [name for name in folders if (here / name).is_symlink()]:
                self._refuse(here / name)
            folders[:] = sorted(name for name in folders if name[0] != "." and not (here / name).is_symlink())
            for name in sorted(names):
                if not name.startswith("."):
                    self._take(here / name)
            if len(self.files) > MAX_FILES:
                self._problems.add(COURSE_FILE, 1, f"the folder holds more than {MAX_FILES:,} files")
                return

    def _take(self, path: Path) -> None:
        relative = path.relative_to(self.root).as_posix()
        if path.is_symlink() or not path.is_file():
            self._refuse(path)
        elif not relative.isprintable():
            self._problems.add(ascii(relative), 1, "the file's name has characters that cannot be shown")
        else:
            self.files[relative] = path

    def _refuse(self, path: Path) -> None:
        relative = path.relative_to(self.root).as_posix()
        self._refused.add(relative)
        kind = "a symbolic link" if path.is_symlink() else "not a regular file"
        self._problems.add(relative, 1, f"this is {kind}; put the file itself here")

    def _similar(self, path: str) -> str:
        name = posixpath.basename(path)
        same_name = [each for each in self.files if posixpath.basename(each) == name]
        return f"; did you mean {same_name[0]!r}?" if len(same_name) == 1 else ""
