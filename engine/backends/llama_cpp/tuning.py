"""Remembered measurements: which way of running a model is fastest here, and which way crashes."""

import json
import os
import subprocess
import time
from pathlib import Path

import msgspec

from engine.backends.backend import Control
from engine.errors import Cancelled
from engine.launch import model_environment, worker_command

FILE_NAME = "measurements.json"
_LIMIT_S = 120.0
# Loading twice costs more than it gives for files beyond this size; the safe choice is taken instead.
LARGEST_PROBED_BYTES = 8 * 1024**3


class Tuning(msgspec.Struct, frozen=True):
    """The choice for a model on this machine. Figures are 0 where nothing was measured."""

    flash: bool
    extra_buffers: bool
    prompt_tps: float = 0.0
    decode_ms: float = 0.0


SAFE = Tuning(flash=False, extra_buffers=False)


class Figures(msgspec.Struct, frozen=True):
    """One line of the probe."""

    flash: bool
    prompt_tps: float
    decode_ms: float


def remembered(home: Path, key: str) -> Tuning | None:
    """An earlier choice."""
    return _read(home).get(key)


def probe(home: Path, key: str, path: str, n_threads: int, control: Control) -> Tuning:
    """Measure and remember; a few seconds for a small model. Raises `Cancelled`."""
    plain = _run(home, path, n_threads, "plain", "0,1", control)
    if not plain:
        return SAFE
    best = min(plain, key=_cost)
    extra = _run(home, path, n_threads, "extra", "1" if best.flash else "0", control)
    choice = Tuning(best.flash, False, best.prompt_tps, best.decode_ms)
    if extra and _better(extra[0], best):
        choice = Tuning(best.flash, True, extra[0].prompt_tps, extra[0].decode_ms)
    _remember(home, key, choice)
    return choice


def _cost(figures: Figures) -> float:
    """Time of a token. Within the noise flash attention stays off: attention can be watched then."""
    return figures.decode_ms * (1.03 if figures.flash else 1.0)


def _better(new: Figures, old: Figures) -> bool:
    """Clearly faster at one of the two, and not clearly slower at the other."""
    prompt, decode = new.prompt_tps / old.prompt_tps, old.decode_ms / new.decode_ms
    return max(prompt, decode) > 1.1 and min(prompt, decode) > 0.97


def _run(home: Path, path: str, n_threads: int, buffers: str, flash: str, control: Control) -> list[Figures]:
    command = [*worker_command(), "probe", path, str(n_threads), buffers, flash]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,  # its end tells the probe that nobody waits any more
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=model_environment(home),
    ) as process:
        ended = time.monotonic() + _LIMIT_S
        while process.poll() is None:
            if control.cancelled or time.monotonic() > ended:
                process.kill()
            time.sleep(0.05)
        output = process.stdout.read().decode() if process.stdout else ""
    if control.cancelled:
        raise Cancelled
    return [msgspec.json.decode(line, type=Figures) for line in output.splitlines() if line.startswith("{")]


def _read(home: Path) -> dict[str, Tuning]:
    try:
        return msgspec.json.decode((home / FILE_NAME).read_bytes(), type=dict[str, Tuning])
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return {}


def _remember(home: Path, key: str, choice: Tuning) -> None:
    known = {**_read(home), key: choice}
    partial = home / f"{FILE_NAME}.{os.getpid()}.part"
    try:
        home.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(msgspec.to_builtins(known), indent=1))
        partial.replace(home / FILE_NAME)
    except OSError:
        partial.unlink(missing_ok=True)  # it will be measured again
