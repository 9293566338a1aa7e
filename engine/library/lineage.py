"""What a model was made from: one line for each file that Lathe made, in `HOME/lineage.jsonl`.

Files are known by a fingerprint of their content, so that the chain holds when they are moved or renamed. The
record lies beside the models, not in them: it is there for every format, and no file is changed for it.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.errors import UserError
from engine.library.fingerprint import content_hash

LINEAGE_NAME = "lineage.jsonl"
_MAX_BYTES = 64 << 20
_MAX_DEPTH = 32


class Ancestor(Struct, frozen=True):
    """A file or folder that took part. `role`: "model", "imatrix", "adapter", "data"…"""

    role: str
    name: str
    path: str
    fingerprint: str = ""


class LineageStep(Struct, frozen=True):
    """One operation. `operation` is the kind of job: "quantize", "convert"…; settings are for people."""

    operation: str
    target: Ancestor
    sources: tuple[Ancestor, ...]
    settings: dict[str, str]
    made_ms: int
    program: str = ""


_decoder = msgspec.json.Decoder(LineageStep)


def ancestor(path: Path, role: str = "model") -> Ancestor:
    """A file as it is now; without a fingerprint where it cannot be read."""
    try:
        fingerprint = content_hash(path)
    except (UserError, OSError):
        fingerprint = ""
    return Ancestor(role, path.name, str(path.absolute()), fingerprint)


def add_step(home: Path, step: LineageStep) -> None:
    """Append a line. Raises `OSError`."""
    line = msgspec.json.encode(step) + b"\n"
    descriptor = os.open(home / LINEAGE_NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line)  # one write, so that lines of two processes do not mix
    finally:
        os.close(descriptor)


def read_steps(home: Path) -> list[LineageStep]:
    """Oldest first; lines that are none are passed over."""
    path = home / LINEAGE_NAME
    try:
        if path.stat().st_size > _MAX_BYTES:
            return []
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    steps: list[LineageStep] = []
    for line in lines:
        try:
            steps.append(_decoder.decode(line))
        except msgspec.DecodeError:
            continue
    return steps


def chain(steps: Sequence[LineageStep], path: Path) -> tuple[LineageStep, ...]:
    """How the file at `path` came to be, the last operation first.

    Of several sources the first one is followed: the model; adapters, texts and matrices are named in the
    step. Raises nothing: a file that cannot be read has no chain.
    """
    fingerprint = ancestor(path).fingerprint
    if not fingerprint:
        return ()
    made: Mapping[str, LineageStep] = {step.target.fingerprint: step for step in steps}
    found: list[LineageStep] = []
    while fingerprint in made and len(found) < _MAX_DEPTH:
        step = made[fingerprint]
        if step in found:
            break
        found.append(step)
        fingerprint = next((each.fingerprint for each in step.sources if each.fingerprint), "")
    return tuple(found)


def descendants(steps: Iterable[LineageStep], fingerprint: str) -> tuple[LineageStep, ...]:
    """What was made from a file, newest first."""
    if not fingerprint:
        return ()
    made = [step for step in steps if any(each.fingerprint == fingerprint for each in step.sources)]
    return tuple(reversed(made))
