"""The ledger: every connection that the program has made, when, to whom, and why.

`HOME/network.jsonl`, one line when a connection begins, written before anything is sent, and one when its
answer has been read. Nothing of what was sent or received is in it.
"""

import logging
import os
import secrets
import time
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from engine.network.offline import is_this_machine

FILE_NAME = "network.jsonl"
OLD_NAME = "network.old.jsonl"
LIMIT_BYTES = 2_000_000
"""Then the file becomes the old one, and the one before that is gone: some 30,000 connections are kept."""

Purpose = Literal["endpoint", "hub_search", "hub_files", "hub_download", "addon", "update", "cluster"]
_log = logging.getLogger(__name__)


class _Line(Struct, frozen=True, omit_defaults=True):
    """Begins (`host`, `purpose`) or ends (`received` or `failure`) the connection `id`."""

    id: str
    ms: int
    host: str = ""
    purpose: Purpose | Literal[""] = ""
    subject: str = ""
    received: int = -1
    status: int = 0


class Entry(Struct, frozen=True):
    """One connection. `ms`: milliseconds since the epoch. `subject`: a repository, where there is one.

    `received`: bytes of the answer's body, -1 where no answer was read to its end. `status`: HTTP's.
    """

    ms: int
    host: str
    purpose: Purpose
    subject: str = ""
    received: int = -1
    status: int = 0

    @property
    def local(self) -> bool:
        """Whether it stayed on this machine."""
        return is_this_machine(self.host)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Line)


class Ledger:
    """Any number of processes append to the file; each line is one write."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE_NAME

    def begin(self, host: str, purpose: Purpose, subject: str = "") -> str:
        """Note a connection that is about to be made; its id."""
        entry_id = secrets.token_hex(6)
        self._make_room()
        self._append(_Line(entry_id, _now(), host[:200], purpose, subject[:200]))
        return entry_id

    def end(self, entry_id: str, received: int, status: int) -> None:
        """Its answer was read, or given up."""
        self._append(_Line(entry_id, _now(), received=received, status=status))

    def read(self) -> list[Entry]:
        """Newest first. Lines that cannot be read are left out. Raises `OSError`."""
        begun: dict[str, Entry] = {}
        for path in (self.path.with_name(OLD_NAME), self.path):
            for line in _lines(path):
                if line.purpose:
                    begun[line.id] = Entry(line.ms, line.host, line.purpose, line.subject)
                elif line.id in begun:
                    begun[line.id] = msgspec.structs.replace(
                        begun[line.id], received=line.received, status=line.status
                    )
        return list(reversed(begun.values()))

    def clear(self) -> None:
        """Raises `OSError`."""
        for name in (OLD_NAME, FILE_NAME):
            self.path.with_name(name).unlink(missing_ok=True)

    def _make_room(self) -> None:
        try:
            if self.path.stat().st_size > LIMIT_BYTES:
                self.path.replace(self.path.with_name(OLD_NAME))
        except OSError:
            return  # there is none yet, or another process has just done it

    def _append(self, line: _Line) -> None:
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(descriptor, _encoder.encode(line) + b"\n")
            finally:
                os.close(descriptor)
        except OSError as error:
            # A full disk is no reason to lose a reply.
            _log.warning("the network ledger cannot be written: %s", error)


def to_csv(entries: list[Entry]) -> str:
    """For a spreadsheet: UTC times, one line a connection."""
    import csv  # noqa: PLC0415 - only for an export
    import io  # noqa: PLC0415

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("time_utc", "host", "purpose", "subject", "status", "received_bytes"))
    for each in entries:
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(each.ms / 1000))
        received = each.received if each.received >= 0 else ""
        row = (when, each.host, each.purpose, each.subject, each.status or "", received)
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue()


def _plain(cell: object) -> object:
    """A host or repository that begins like a formula stays a text in a spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _lines(path: Path) -> list[_Line]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    found = []
    for raw in data.splitlines():
        try:
            found.append(_decoder.decode(raw))
        except msgspec.DecodeError:
            continue  # cut off by a full disk
    return found


def _now() -> int:
    return time.time_ns() // 1_000_000
