"""One scan for somebody who watches: what is known already at once, what is new as it is found."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.library.catalog import UniqueNames, scan
from engine.library.entries import ModelEntry
from engine.library.index import read_index

FIRST_BATCH_S = 0.08
BATCH_S = 0.4


@dataclass(frozen=True)
class ScanNews:
    """`all`: these are the models, in the order of finding; `more`: these were found besides."""

    kind: Literal["all", "more"]
    entries: tuple[ModelEntry, ...]


def scan_watched(
    home: Path,
    folders: Sequence[Path],
    known: Sequence[ModelEntry],
    tell: Callable[[ScanNews], None],
) -> None:
    """Run a scan and tell its news.

    `known`: what the listener has from a scan before; without any the index stands in for it. New files are
    told in batches; what is gone or different, at the end.
    """
    index = read_index(home)
    if not known:
        names = UniqueNames()
        known = [names.give(entry) for entry in index.entries()]
        if known:
            tell(ScanNews("all", tuple(known)))
    told = list(known)
    paths = {entry.path for entry in told}
    found: list[ModelEntry] = []
    fresh: list[ModelEntry] = []
    due = time.monotonic() + FIRST_BATCH_S
    for entry in scan(home, folders, index):
        found.append(entry)
        if entry.path not in paths:
            fresh.append(entry)
        now = time.monotonic()
        if fresh and now >= due:
            due = now + BATCH_S
            told += fresh
            tell(ScanNews("more", tuple(fresh)))
            fresh = []
    if found[: len(told)] == told:
        if fresh:
            tell(ScanNews("more", tuple(fresh)))
    else:
        tell(ScanNews("all", tuple(found)))
    index.write(home)
