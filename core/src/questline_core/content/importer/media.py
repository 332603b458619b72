"""The media files of a course: what they are by their content, and the addresses they will have."""

import hashlib
import posixpath
from pathlib import Path

import msgspec

from questline_core.content.importer.folder import CourseFolder
from questline_core.content.importer.problems import Problems
from questline_core.content.importer.svg import check_svg
from questline_core.content.queries import MEDIA_PREFIX

CONTENT_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".webm": "video/webm",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
}
IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
VIDEOS = (".webm", ".mp4")


class MediaFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file to store; `name` is its SHA-256 with its extension."""

    path: Path
    name: str
    content_type: str


class MediaLibrary:
    """Looks media up by reference, reads each once, and remembers which are used."""

    def __init__(self, folder: CourseFolder, problems: Problems) -> None:
        self._folder = folder
        self._problems = problems
        self._known: dict[str, MediaFile | None] = {}

    @property
    def used(self) -> dict[str, MediaFile]:
        """The files that something refers to, by path."""
        return {path: media for path, media in self._known.items() if media}

    def exists(self, reference: str) -> bool:
        """Say whether a file is there, without using it."""
        return self._folder.has(posixpath.normpath(reference))

    def use(self, reference: str, kinds: tuple[str, ...], *, file: str, line: int) -> MediaFile | None:
        """Take a media file into the course; None, with a problem reported, where it cannot be."""
        path = self._folder.refer(reference, file=file, line=line)
        if path is None:
            return None
        suffix = posixpath.splitext(path)[1].lower()
        if suffix not in kinds:
            self._problems.add(file, line, f"{reference!r} must be one of {', '.join(sorted(kinds))} here")
            return None
        if path not in self._known:
            self._known[path] = self._read(path, suffix)
        return self._known[path]

    def url(self, reference: str) -> str:
        """The address of a file in use; raises `LookupError` for any other."""
        media = self._known.get(posixpath.normpath(reference))
        if media is None:
            raise LookupError(f"{reference!r} is not a media file of this course")
        return MEDIA_PREFIX + media.name

    def _read(self, path: str, suffix: str) -> MediaFile | None:
        data = self._folder.read(path)
        if data is None:
            return None
        if suffix == ".svg":
            check_svg(data, path, self._problems)
        elif not _is(suffix, data):
            self._problems.add(path, 1, f"the file's content is not {CONTENT_TYPES[suffix].partition(';')[0]}")
        name = hashlib.sha256(data).hexdigest() + suffix
        return MediaFile(path=self._folder.files[path], name=name, content_type=CONTENT_TYPES[suffix])


def _is(suffix: str, data: bytes) -> bool:
    """Compare the first bytes with the signature of the type (WHATWG MIME Sniffing, section 6)."""
    return {
        ".png": data.startswith(b"\x89PNG\r\n\x1a\n"),
        ".jpg": data.startswith(b"\xff\xd8\xff"),
        ".jpeg": data.startswith(b"\xff\xd8\xff"),
        ".gif": data.startswith((b"GIF87a", b"GIF89a")),
        ".webp": data[:4] == b"RIFF" and data[8:12] == b"WEBP",
        ".webm": data.startswith(b"\x1a\x45\xdf\xa3"),
        ".mp4": data[4:8] == b"ftyp",
        ".vtt": data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"),
    }[suffix]
