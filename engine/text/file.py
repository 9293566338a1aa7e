"""Text files that the user names."""

from pathlib import Path

from engine.errors import UserError

_MOST_BYTES = 256 << 20


def read_text_file(path: Path) -> str:
    """UTF-8 text. Raises `UserError` file.unreadable, file.not_text, file.too_large."""
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            limit = f"{_MOST_BYTES >> 20} MiB"
            raise UserError("file.too_large", path=path, size=f"{size >> 20} MiB", limit=limit)
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        words = error.strerror or str(error)
        raise UserError("file.unreadable", path=path, reason=words[:1].lower() + words[1:]) from error
    except UnicodeDecodeError as error:
        raise UserError("file.not_text", path=path) from error
