"""Looking for models as a job: reading thousands of headers keeps an interpreter busy, which is not to be the
window's.
"""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from engine.library.entries import ModelEntry
from engine.library.scanning import ScanNews, scan_watched
from engine.protocol.jobs import JobEvent
from engine.protocol.library import ListModelsJob, ModelsListed, ModelsScanned

SLICE = 64
"""Entries in one line: the window takes a line apart in about a millisecond."""

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(tuple[ModelEntry, ...])


def encode_entries(entries: Sequence[ModelEntry]) -> msgspec.Raw:
    """As they travel."""
    return msgspec.Raw(_encoder.encode(entries))


def decode_entries(entries: msgspec.Raw) -> tuple[ModelEntry, ...]:
    """The opposite of `encode_entries`. Raises `msgspec.DecodeError`."""
    return _decoder.decode(entries)


def run_list_models(job: ListModelsJob, tell: Callable[[JobEvent], None]) -> ModelsScanned:
    """Tell what there is; see `scan_watched`. A file that cannot be read is an entry with its problem."""
    began = time.monotonic()

    def pass_on(news: ScanNews) -> None:
        for event in slices(news):
            tell(event)

    home = Path(os.environ["LATHE_HOME"])
    folders = [Path(folder) for folder in job.folders]
    scan_watched(home, folders, decode_entries(job.known), pass_on)
    return ModelsScanned(time.monotonic() - began)


def slices(news: ScanNews) -> list[ModelsListed]:
    """The entries of one piece of news, `SLICE` at a time; at least one where they replace others."""
    entries = news.entries
    starts = range(0, max(len(entries), 1 if news.kind == "all" else 0), SLICE)
    return [
        ModelsListed(
            encode_entries(entries[start : start + SLICE]),
            anew=news.kind == "all" and start == 0,
            left=max(len(entries) - start - SLICE, 0),
        )
        for start in starts
    ]
