"""Writes a GGUF file anew with other metadata: changed keys encoded, all else copied, tensors untouched."""

import struct
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from engine.edit_gguf.kinds import KINDS, encode, text_bytes
from engine.edit_gguf.layout import Layout, StoredKey, read_layout
from engine.errors import UserError
from engine.jobs.control import obey
from engine.library.shards import shard_of
from engine.output import check_space, check_target, writing
from engine.protocol.gguf_edit import Change, EditGgufJob, RemoveKey, SetItem, SetKey
from engine.protocol.jobs import FileWritten, JobEvent, JobStep

Tell = Callable[[JobEvent], None]
_BLOCK = 4 << 20
_MAX_KEY = 65_535
FIXED = ("general.alignment", "split.no", "split.count", "split.tensors.count")
"""Keys on which the places of tensors depend."""


class _Plan(NamedTuple):
    replaced: Mapping[str, SetKey]
    items: Mapping[str, Mapping[int, SetItem]]
    removed: frozenset[str]
    added: Sequence[SetKey]


def run_edit(job: EditGgufJob, tell: Tell) -> FileWritten:
    """Raises `UserError` model.*, edit.*, output.*; `Cancelled`."""
    started = time.perf_counter()
    source, target = Path(job.source), Path(job.target)
    layout = read_layout(source)
    if shard_of(source) is not None or layout.header.metadata.get("split.count", 0) not in (0, 1):
        raise UserError("edit.split", path=source)
    plan = _plan(layout.keys, job.changes)
    check_target(target, (source,))
    check_space(target, layout.header.file_size + sum(len(_entry(each)) for each in job.changes))
    with source.open("rb") as old, writing(target) as part, part.open("rb+") as new:
        new.truncate(0)
        _write_header(old, new, layout, plan)
        _copy_data(old, new, layout, tell)
    header = layout.header
    values = sum(tensor.values for tensor in header.tensors)
    bits = sum(tensor.nbytes for tensor in header.tensors) * 8 / max(values, 1)
    return FileWritten(str(target), target.stat().st_size, bits, time.perf_counter() - started)


def _plan(keys: Sequence[StoredKey], changes: Sequence[Change]) -> _Plan:
    """The last change of a key counts. Raises `UserError` edit.*."""
    known = {stored.key: stored for stored in keys}
    replaced: dict[str, SetKey] = {}
    removed: set[str] = set()
    items: dict[str, dict[int, SetItem]] = {}
    for change in changes:
        check_key(change.key)
        if isinstance(change, SetKey):
            encode(change.kind, change.value, change.item_kind)
            replaced[change.key] = change
            removed.discard(change.key)
            items.pop(change.key, None)
        elif isinstance(change, RemoveKey):
            removed.add(change.key)
            replaced.pop(change.key, None)
            items.pop(change.key, None)
        else:
            stored = known.get(change.key)
            if stored is None or stored.kind != "array" or not 0 <= change.index < stored.length:
                raise UserError("edit.no_item", key=change.key, index=change.index)
            encode(stored.item_kind, change.value)
            items.setdefault(change.key, {})[change.index] = change
    added = [change for key, change in replaced.items() if key not in known]
    return _Plan(replaced, items, frozenset(removed), added)


def check_key(key: str) -> None:
    """Raises `UserError` edit.key, edit.fixed."""
    if key in FIXED:
        raise UserError("edit.fixed", key=key)
    plain = key.isascii() and key.isprintable() and " " not in key
    if not key or len(key) > _MAX_KEY or not plain:
        raise UserError("edit.key", key=key[:80])


def _entry(change: Change) -> bytes:
    """A key with its type and value."""
    if not isinstance(change, SetKey):
        return b""
    kind = struct.pack("<I", KINDS[change.kind].number)
    return text_bytes(change.key) + kind + encode(change.kind, change.value, change.item_kind)


def _write_header(old: BinaryIO, new: BinaryIO, layout: Layout, plan: _Plan) -> None:
    kept = [stored for stored in layout.keys if stored.key not in plan.removed]
    header = layout.header
    count = len(kept) + len(plan.added)
    new.write(struct.pack("<4sIQQ", b"GGUF", header.version, len(header.tensors), count))
    for stored in kept:
        if (change := plan.replaced.get(stored.key)) is not None:
            new.write(_entry(change))
        elif (items := plan.items.get(stored.key)) is not None:
            _copy(old, new, stored.start, stored.value)
            _write_items(old, new, stored, items)
        else:
            _copy(old, new, stored.start, stored.end)
    for change in plan.added:
        new.write(_entry(change))
    _copy(old, new, *layout.infos)
    new.write(bytes(-new.tell() % header.alignment))


def _write_items(old: BinaryIO, new: BinaryIO, stored: StoredKey, items: Mapping[int, SetItem]) -> None:
    """An array in which some items are others; what lies between them is copied."""
    size = KINDS[stored.item_kind].layout
    at = stored.value
    for index, (start, end) in _places(old, stored, set(items), size.size if size is not None else 0):
        _copy(old, new, at, start)
        new.write(encode(stored.item_kind, items[index].value))
        at = end
    _copy(old, new, at, stored.end)


def _places(
    old: BinaryIO, stored: StoredKey, wanted: set[int], size: int
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where the wanted items begin and end, in order."""
    if size:
        for index in sorted(wanted):
            start = stored.value + index * size
            yield index, (start, start + size)
        return
    at, last = stored.value, max(wanted)
    found: list[tuple[int, tuple[int, int]]] = []
    old.seek(at)
    for index in range(last + 1):
        (length,) = struct.unpack("<Q", old.read(8))
        old.seek(length, 1)
        end = at + 8 + length
        if index in wanted:
            found.append((index, (at, end)))
        at = end
    yield from found


def _copy_data(old: BinaryIO, new: BinaryIO, layout: Layout, tell: Tell) -> None:
    """All bytes of the tensors, in blocks."""
    start, total = layout.header.data_offset, layout.header.file_size - layout.header.data_offset
    began, told = time.monotonic(), 0.0
    old.seek(start)
    done = 0
    while done < total:
        block = old.read(min(_BLOCK, total - done))
        if not block:
            what = "its last tensor"
            raise UserError(
                "model.truncated", path=layout.header.path, what=what, expected_bytes=start + total
            )
        new.write(block)
        done += len(block)
        obey()
        now = time.monotonic()
        if now - told > 0.1 or done == total:
            told = now
            tell(JobStep(done / total, layout.header.path.name, (now - began) / done * (total - done)))


def _copy(old: BinaryIO, new: BinaryIO, start: int, end: int) -> None:
    old.seek(start)
    while start < end:
        block = old.read(min(_BLOCK, end - start))
        if not block:
            raise UserError("model.truncated", path=old.name, what="its header", expected_bytes=end)
        new.write(block)
        start += len(block)
