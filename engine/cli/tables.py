"""Tables and figures for people."""

import shutil
import sys
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from engine.cli.terminal import is_terminal, printable, write_line

_GAP = "  "
_SHORTEST_LAST = 16


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Aligned columns; those in `right` flush right. On a terminal the last one is cut to the width."""
    cells = [[" ".join(printable(cell).split()) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(head, *cells, strict=True)]
    last = len(head) - 1
    if is_terminal(sys.stdout):
        room = shutil.get_terminal_size().columns - sum(widths[:-1]) - len(_GAP) * last
        widths[last] = min(widths[last], max(room, _SHORTEST_LAST))
    for number, row in enumerate([list(head), *cells]):
        line = _GAP.join(
            _pad(_cut(cell, widths[index]), widths[index], flush_right=index in right)
            for index, cell in enumerate(row)
        ).rstrip()
        write_line(line, style="" if number else "dim")


def display_width(text: str) -> int:
    """Columns on a terminal: East Asian wide characters take two, combining marks none."""
    return sum(_columns(character) for character in text)


def count(number: float) -> str:
    """A number of parameters in the field's way: 135 M, 7.2 B."""
    for unit, size in (("T", 1e12), ("B", 1e9), ("M", 1e6), ("K", 1e3)):
        if number >= size:
            short = number / size
            return f"{short:.1f} {unit}" if short < 10 else f"{short:.0f} {unit}"
    return str(int(number))


def size(count_bytes: int) -> str:
    """Bytes in binary units."""
    if count_bytes >= 1 << 30:
        return f"{count_bytes / (1 << 30):.2f} GiB"
    if count_bytes >= 1 << 20:
        return f"{count_bytes / (1 << 20):.0f} MiB"
    return f"{count_bytes / (1 << 10):.0f} KiB"


def iso_time(ms: int) -> str:
    """ISO 8601 in UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_time(ms: int) -> str:
    """For people, in their time zone."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def figures(output_tps: float, ttft_ms: float, tokens: int) -> str:
    """The line under a reply."""
    noun = "token" if tokens == 1 else "tokens"
    waited = f"{ttft_ms:.0f} ms" if ttft_ms < 1000 else f"{ttft_ms / 1000:.1f} s"
    parts = [f"{waited} to first token"]
    if output_tps > 0:
        parts.insert(0, f"{output_tps:.1f} tok/s")
    return " · ".join([*parts, f"{tokens} {noun}"])


def duration(seconds: float) -> str:
    """About how long: 8 s, 3 min, 2 h."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _cut(text: str, width: int) -> str:
    if display_width(text) <= width:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def _pad(text: str, width: int, *, flush_right: bool) -> str:
    blank = " " * (width - display_width(text))
    return blank + text if flush_right else text + blank
