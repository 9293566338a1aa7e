"""What the window needs before the database is open: its place on the screen, its regions, its looks.

One small JSON file, `HOME/window.json`. It is a convenience: a missing or damaged file means the defaults.
"""

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

FILE_NAME = "window.json"

_log = logging.getLogger(__name__)


@dataclass
class WindowMemory:
    """`geometry` is x, y, width, height of the normal (not maximized) window; empty the first time."""

    geometry: list[int] = field(default_factory=list)
    maximized: bool = False
    page: str = "chat"
    region_sizes: dict[str, int] = field(default_factory=dict)
    collapsed: list[str] = field(default_factory=list)
    theme: str = "system"
    language: str = "system"
    size_step: int = 0
    reduced_motion: bool = False
    menu_bar: bool = False
    recent_commands: list[str] = field(default_factory=list)


def read_memory(home: Path) -> WindowMemory:
    """What the last window left. Never raises."""
    path = home / FILE_NAME
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return WindowMemory()
    except (OSError, ValueError) as error:
        _log.warning("%s is ignored: %s", path.name, error)
        return WindowMemory()
    return _checked(found if isinstance(found, dict) else {})


def write_memory(home: Path, memory: WindowMemory) -> None:
    """Keep it for the next start; a failure is logged, nothing more."""
    path = home / FILE_NAME
    try:
        home.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".json.new")
        temporary.write_text(json.dumps(asdict(memory), indent=1), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        _log.warning("%s cannot be written: %s", path.name, error)


def _checked(found: dict[str, Any]) -> WindowMemory:
    """Only entries whose type is that of the default."""
    memory = WindowMemory()
    for item in fields(memory):
        value = found.get(item.name)
        if type(value) is type(getattr(memory, item.name)):
            setattr(memory, item.name, value)
    if len(memory.geometry) != 4 or not all(type(number) is int for number in memory.geometry):
        memory.geometry = []
    memory.region_sizes = {str(key): size for key, size in memory.region_sizes.items() if type(size) is int}
    return memory
