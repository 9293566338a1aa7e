"""What a run that another process trains has told since one looked last."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from engine.finetune.run_folder import Event, RunFolder, decode_event
from engine.protocol.finetune import RunFinished, TrainStep
from engine.protocol.jobs import JobStep

_FILES = ("metrics.jsonl", "samples.jsonl")


class RunTail:
    """Begins at the end of what is there."""

    def __init__(self, run: RunFolder) -> None:
        self._places = {path: _size(path) for path in (run.path / name for name in _FILES)}

    def read(self) -> Iterator[Event | JobStep]:
        """Whole lines that are new; a `JobStep` after each step. Its end is for whoever started the run."""
        for path, place in self._places.items():
            try:
                with path.open("rb") as file:
                    file.seek(place)
                    whole = file.read().rpartition(b"\n")[0]
            except OSError:
                continue
            if not whole:
                continue
            self._places[path] = place + len(whole) + 1
            yield from _events(whole.splitlines())


def _events(lines: list[bytes]) -> Iterator[Event | JobStep]:
    for line in lines:
        try:
            event = decode_event(line)
        except msgspec.DecodeError:
            continue
        if not isinstance(event, RunFinished):
            yield event
        if isinstance(event, TrainStep):
            yield JobStep(event.step / event.steps, f"{event.step}/{event.steps}", event.seconds_left)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
