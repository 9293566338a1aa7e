"""Reads text files that are attached to a message. Runs off the GUI thread."""

import mimetypes
from pathlib import Path

from engine.errors import UserError
from engine.messages import AttachmentPart

MAX_BYTES = 2 * 1024 * 1024
_BINARY_PROBE = 8192


def read_attachment(path: str) -> AttachmentPart:
    """The file's text. Raises `UserError` file.not_text, file.too_large, file.unreadable."""
    place = Path(path)
    try:
        size = place.stat().st_size
        if size > MAX_BYTES:
            raise UserError("file.too_large", path=place.name, size=_size(size), limit=_size(MAX_BYTES))
        data = place.read_bytes()
    except OSError as error:
        raise UserError("file.unreadable", path=path, reason=error.strerror or error) from error
    return AttachmentPart(place.name, _decode(data, place.name), media_type(place.name))


def media_type(name: str) -> str:
    """By the ending; plain text where it says nothing."""
    guessed, _ = mimetypes.guess_type(name)
    return guessed or "text/plain"


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UserError("file.not_text", path=name) from error
            if "\0" in text[:_BINARY_PROBE]:
                raise UserError("file.not_text", path=name)
            return text.replace("\r\n", "\n")
    raise UserError("file.not_text", path=name)


def _size(count: int) -> str:
    return f"{count / (1024 * 1024):.1f} MiB"
