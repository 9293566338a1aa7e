"""Models split over several GGUF files (`name-00001-of-00003.gguf`), as gguf-split writes them."""

import re
from pathlib import Path
from typing import NamedTuple

from engine.errors import UserError
from engine.library.gguf_header import GgufHeader, read_header

_PATTERN = re.compile(r"^(?P<base>.+)-(?P<number>[0-9]{5})-of-(?P<count>[0-9]{5})$")
_MAX_SHARDS = 512


class Shard(NamedTuple):
    """Which part of which model a file is; `number` from 1."""

    base: str
    number: int
    parts: int

    def file_name(self, number: int, suffix: str) -> str:
        """What the part with this number is called."""
        return f"{self.base}-{number:05d}-of-{self.parts:05d}{suffix}"


def shard_of(path: Path) -> Shard | None:
    """None for a file that is no part of a split model."""
    match = _PATTERN.match(path.stem)
    if match is None or not 1 <= int(match["number"]) <= int(match["count"]) <= _MAX_SHARDS:
        return None
    return Shard(match["base"], int(match["number"]), int(match["count"]))


def part_paths(path: Path) -> list[Path]:
    """The files of a model in order: the path alone, or all parts of a split model.

    Raises `UserError` model.incomplete_split.
    """
    shard = shard_of(path)
    if shard is None:
        return [path]
    parts: list[Path] = []
    for number in range(1, shard.parts + 1):
        part = path.with_name(shard.file_name(number, path.suffix))
        if not part.is_file():
            raise UserError("model.incomplete_split", path=path, number=number, count=shard.parts)
        parts.append(part)
    return parts


def read_parts(path: Path) -> list[GgufHeader]:
    """The headers of all files of a model, the first part first. Raises `UserError` model.*."""
    return [read_header(part) for part in part_paths(path)]
