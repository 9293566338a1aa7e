"""Whether a restore was interrupted after it was ready: a look that costs a start nothing."""

from pathlib import Path

STAGE = "restore.part"
"""Where a backup is unpacked, in the home folder."""
READY = "ready.json"
"""In there, once everything is unpacked and right."""


def is_unfinished(home: Path) -> bool:
    return (home / STAGE / READY).exists()
