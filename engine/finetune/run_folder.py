"""The folder of a run: complete by itself, so that it can be copied, read and gone on with anywhere.

recipe.toml        what was asked for, every setting that had an effect
environment.json   versions, machine, base and data with their sizes
metrics.jsonl      one event a line, append-only: steps, evaluations, checkpoints
samples.jsonl      answers to probe prompts and losses of watched rows
status.json        what it is doing, and which process does it
control            what the user wants of it: a word a line
checkpoints/       step-00000120/ …
result/            what was learned
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import psutil
from msgspec import Struct

from engine.errors import UserError
from engine.finetune.recipe.reading import parse_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.protocol.finetune import (
    CheckpointSaved,
    Evaluated,
    ProbeAnswered,
    RowLosses,
    RunFinished,
    RunStatus,
    TrainStarted,
    TrainStep,
)
from engine.store.ids import new_id, now_ms

Event = TrainStarted | TrainStep | Evaluated | CheckpointSaved | ProbeAnswered | RowLosses | RunFinished
_event_decoder = msgspec.json.Decoder(Event)
_encoder = msgspec.json.Encoder()
_SAMPLES = (ProbeAnswered, RowLosses)


class FittingSettings(Struct, frozen=True):
    """Settings of [train] that leave the rows of a run and their number in each step as they are."""

    batch_size: int
    gradient_accumulation_steps: int
    gradient_checkpointing: bool


class RunState(Struct, frozen=True):
    """`status.json`. `pid` and `process_started` (seconds since the epoch) name the process that trains.
    `fitting`: with what a run that had no memory left can go on; None where there is nothing of the kind.
    """

    status: RunStatus
    base: str
    method: str
    objective: str
    name: str = ""
    step: int = 0
    steps: int = 0
    created_ms: int = 0
    updated_ms: int = 0
    pid: int = 0
    process_started: float = 0.0
    error_code: str = ""
    error_params: dict[str, str] = {}
    error_report: str = ""
    fitting: FittingSettings | None = None
    result: RunFinished | None = None


_state_decoder = msgspec.json.Decoder(RunState)


def runs_folder(home: Path) -> Path:
    return home / "runs"


def new_run_id(recipe: Recipe) -> str:
    """The time, the method, and some letters: sorts by time, and can be said aloud."""
    moment = time.strftime("%Y%m%d-%H%M%S", time.localtime())
    return f"{moment}-{recipe.method}-{recipe.objective}-{new_id()[-4:].lower()}"


class RunFolder:
    """Reads and writes the files of one run. Writing may raise `OSError`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._size = 0

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def checkpoints(self) -> Path:
        return self.path / "checkpoints"

    @property
    def result(self) -> Path:
        return self.path / "result"

    def create(self, recipe_text: str, recipe: Recipe) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        write_whole(self.path / "recipe.toml", recipe_text.encode())
        self.write_state(
            RunState(
                "running", recipe.base, recipe.method, recipe.objective, recipe.name, created_ms=now_ms()
            )
        )

    def recipe(self) -> Recipe:
        """Raises `UserError` run.damaged, recipe.*."""
        try:
            text = (self.path / "recipe.toml").read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise self.damaged(f"recipe.toml: {error}") from None
        return parse_recipe(text, self.path / "recipe.toml")

    def state(self) -> RunState:
        """As it is now: a run whose process is gone is “interrupted”, and where it ended is what its metrics
        say. Raises `UserError` run.damaged.
        """
        try:
            state = _state_decoder.decode((self.path / "status.json").read_bytes())
        except (OSError, msgspec.DecodeError) as error:
            raise self.damaged(f"status.json: {error}") from None
        if state.status in ("running", "paused") and not _lives(state.pid, state.process_started):
            state = msgspec.structs.replace(state, status="interrupted")
        if state.status in ("interrupted", "failed"):
            return msgspec.structs.replace(state, step=max(state.step, self._last_step()))
        return state

    def write_state(self, state: RunState) -> None:
        stamped = msgspec.structs.replace(state, updated_ms=now_ms())
        write_whole(self.path / "status.json", _encoder.encode(stamped))

    def environment(self) -> dict[str, Any]:
        """{} where there is none."""
        try:
            found: dict[str, Any] = msgspec.json.decode(
                (self.path / "environment.json").read_bytes(), type=dict
            )
        except (OSError, msgspec.DecodeError):
            return {}
        return found

    def write_environment(self, values: dict[str, Any]) -> None:
        text = msgspec.json.format(_encoder.encode(values), indent=2)
        write_whole(self.path / "environment.json", text)

    def append(self, event: Event) -> None:
        """One line; a line that a crash cut in half is closed first."""
        path = self.path / ("samples.jsonl" if isinstance(event, _SAMPLES) else "metrics.jsonl")
        with path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            file.write(_encoder.encode(event) + b"\n")

    def metrics(self) -> Iterator[Event]:
        """In the order of writing; lines that are damaged are left out. After a resume steps come again."""
        yield from _events(self.path / "metrics.jsonl")

    def samples(self) -> Iterator[Event]:
        yield from _events(self.path / "samples.jsonl")

    def steps(self) -> list[TrainStep]:
        """Each step once, as it was done last."""
        found: dict[int, TrainStep] = {}
        for event in self.metrics():
            if isinstance(event, TrainStep):
                found[event.step] = event
        return [found[step] for step in sorted(found)]

    def evaluations(self) -> list[Evaluated]:
        found = {event.step: event for event in self.metrics() if isinstance(event, Evaluated)}
        return [found[step] for step in sorted(found)]

    def ask(self, word: str) -> None:
        """“pause”, “resume” or “stop”."""
        with (self.path / "control").open("a", encoding="utf-8") as file:
            file.write(word + "\n")

    def asked(self) -> str:
        """The last word, "" for none."""
        try:
            words = (self.path / "control").read_text("utf-8").split()
        except OSError:
            return ""
        return words[-1] if words else ""

    def forget_asked(self) -> None:
        (self.path / "control").unlink(missing_ok=True)

    def damaged(self, reason: str) -> UserError:
        return UserError("run.damaged", run=self.id, reason=" ".join(reason.split())[:200], path=self.path)

    def _last_step(self) -> int:
        return max((step.step for step in self.steps()), default=0)


def list_runs(home: Path) -> list[RunFolder]:
    """Newest first."""
    try:
        folders = [one for one in runs_folder(home).iterdir() if (one / "recipe.toml").is_file()]
    except OSError:
        return []
    return [RunFolder(one) for one in sorted(folders, key=lambda one: one.name, reverse=True)]


def find_run(home: Path, text: str) -> RunFolder:
    """By its id, by the beginning or end of one, by its name, or “last”. Raises `UserError` run.unknown,
    run.similar.
    """
    runs = list_runs(home)
    if text == "last" and runs:
        return runs[0]
    exact = [run for run in runs if run.id == text]
    if exact:
        return exact[0]
    fitting = [run for run in runs if len(text) >= 4 and (run.id.startswith(text) or run.id.endswith(text))]
    fitting = fitting or [run for run in runs if text and _name_of(run) == text]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UserError("run.similar", run=text, names=", ".join(run.id for run in fitting[:5]))
    raise UserError("run.unknown", run=text)


def decode_event(line: bytes) -> Event:
    """One line of its files. Raises `msgspec.DecodeError`."""
    event: Event = _event_decoder.decode(line)
    return event


def write_whole(path: Path, data: bytes) -> None:
    """Complete or not there, also after a power cut."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def this_process() -> tuple[int, float]:
    """`pid` and `process_started` of a `RunState`."""
    return os.getpid(), psutil.Process().create_time()


def _name_of(run: RunFolder) -> str:
    try:
        return run.state().name
    except UserError:
        return ""


def _lives(pid: int, started: float) -> bool:
    try:
        return pid > 0 and abs(psutil.Process(pid).create_time() - started) < 1.0
    except psutil.Error:
        return False


def _events(path: Path) -> Iterator[Event]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            yield decode_event(line)
        except msgspec.DecodeError:
            continue
