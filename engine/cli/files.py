"""Reading text that the user names: a file, or stdin for “-”."""

import sys
from pathlib import Path

from engine.errors import UserError


def read_text(path: Path) -> str:
    """UTF-8 text. Raises `UserError` file.unreadable, file.not_text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError("file.unreadable", path=path, reason=_reason(error)) from error
    except UnicodeDecodeError as error:
        raise UserError("file.not_text", path=path) from error
    except ValueError as error:  # a zero byte in the name
        raise UserError("file.unreadable", path=repr(str(path)), reason="that is no file name") from error


def read_stdin() -> str:
    """All of it. Raises `UserError` file.not_text."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("file.not_text", path="The standard input") from error


def valid_text(text: str) -> str:
    """Arguments can hold bytes that are no UTF-8; they become replacement characters."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _reason(error: OSError) -> str:
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]
