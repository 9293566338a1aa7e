"""Remembering which steps are done, by what they were done with."""

import hashlib
import json
from pathlib import Path


def fingerprint(*parts: str | bytes | Path) -> str:
    """One short text that changes when any part does. A path stands for the file's content."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part
        data = data.encode() if isinstance(data, str) else data
        # Git may have changed the line ends of a lock; that is no other lock.
        data = data.replace(b"\r\n", b"\n")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:32]


class Stamps:
    """A small JSON file inside the environment, so that it goes when the environment goes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_done(self, step: str, key: str) -> bool:
        return self._read().get(step) == key

    def has(self, step: str) -> bool:
        """Whether the step was ever done, with whatever."""
        return step in self._read()

    def set_done(self, step: str, key: str) -> None:
        """Written at once and in one piece: an interrupted set-up repeats only the step it was in."""
        stamps = {**self._read(), step: key}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(stamps, indent=1, sort_keys=True), encoding="utf-8")
        draft.replace(self._path)

    def _read(self) -> dict[str, str]:
        try:
            stamps = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamps if isinstance(stamps, dict) else {}
