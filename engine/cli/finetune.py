"""`lathe finetune`: train a model further, as a recipe says."""

import argparse
import queue
from pathlib import Path

from engine.cli import tables
from engine.cli.files import read_stdin
from engine.cli.interrupts import Interrupted, Interrupts
from engine.cli.parser import LineParser, add_common
from engine.cli.progress import Progress
from engine.cli.runtime import POLL_S, opened_store
from engine.cli.terminal import note, tell, write_json, write_line
from engine.errors import BugError, Cancelled, UserError
from engine.finetune.recipe.reading import parse_recipe, read_recipe, with_absolute_paths, write_recipe
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder, find_run, new_run_id, runs_folder
from engine.protocol.finetune import (
    CheckpointSaved,
    Evaluated,
    FinetuneJob,
    ProbeAnswered,
    RowLosses,
    RunFinished,
    TrainStarted,
    TrainStep,
)
from engine.protocol.jobs import JobEnd, JobFailed, JobNotice

_DESCRIPTION = (
    "Trains a model further. The recipe is a TOML file; docs/user/finetune.md explains its settings. "
    "Everything about the run is kept in a folder of its own. Ctrl+C stops after the current step and keeps "
    "what was learned; a run that was stopped or killed goes on with --resume."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("recipe", metavar="RECIPE.toml", nargs="?", help="the recipe; - reads it from stdin")
    add("--resume", metavar="RUN", help="go on with a run: its id, the beginning or end of it, or last")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if (args.recipe is None) == (args.resume is None):
        raise UserError("cli.usage", reason="give a recipe, or --resume RUN", command="finetune")
    if args.resume is not None:
        folder = find_run(home, args.resume)
        recipe = folder.recipe()
        job = FinetuneJob(str(home), folder.id, base=base_path(home, recipe), resume=True)
    else:
        recipe = _recipe(args.recipe)
        folder = RunFolder(runs_folder(home) / new_run_id(recipe))
        job = FinetuneJob(str(home), folder.id, write_recipe(recipe), base_path(home, recipe))
    end = _follow(home, job, folder, _Shown(json_lines=args.json))
    _print_end(end, json_lines=args.json)
    return 0


def base_path(home: Path, recipe: Recipe) -> str:
    """The file or folder that a recipe's base means. Raises `UserError` model.*."""
    path = Path(recipe.base).expanduser()
    if path.exists() or len(path.parts) > 1:
        if not path.exists():
            raise UserError("model.missing", path=path)
        return str(path.absolute())
    from engine.chat.models import model_folders  # noqa: PLC0415 - brings the engine's client
    from engine.library.catalog import find_model  # noqa: PLC0415

    with opened_store(home) as store:
        return find_model(recipe.base, home, model_folders(store)).path


def _recipe(name: str) -> Recipe:
    if name == "-":
        return with_absolute_paths(parse_recipe(read_stdin(), "stdin"), Path.cwd())
    return read_recipe(Path(name).expanduser())


def _follow(home: Path, job: FinetuneJob, folder: RunFolder, shown: "_Shown") -> RunFinished:
    """To the end. The first signal asks the run to stop and keep, the second one kills it.

    Raises `UserError`, `Cancelled`, `BugError`.
    """
    from engine.client.job_process import JobProcess  # noqa: PLC0415

    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    with Interrupts(inbox.put):
        process = JobProcess(home, job, inbox.put)
        try:
            while True:
                item = _take(inbox)
                if isinstance(item, Interrupted):
                    _ask_to_stop(folder, process, shown)
                elif isinstance(item, JobFailed):
                    raise _failure(item)
                elif isinstance(item, RunFinished):
                    return item
                elif isinstance(item, JobEnd):
                    raise BugError(f"a training ended with {type(item).__name__}")
                else:
                    shown.take(item)
        finally:
            shown.progress.clear()
            process.cancel()
            process.wait()


def _take(inbox: "queue.SimpleQueue[object]") -> object:
    while True:
        try:
            return inbox.get(timeout=POLL_S)
        except queue.Empty:
            continue


def _ask_to_stop(folder: RunFolder, process: object, shown: "_Shown") -> None:
    shown.progress.clear()
    if not folder.path.is_dir():
        process.cancel()  # type: ignore[attr-defined] # a `JobProcess`, which is imported late
        return
    folder.ask("stop")
    note("Stopping after this step; what was learned is kept. Ctrl+C once more ends it at once.")


def _failure(event: JobFailed) -> Exception:
    if event.report:
        return BugError(event.report)
    if event.code == "cancelled":
        return Cancelled()
    return UserError(event.code, **event.params)


class _Shown:
    """Progress for people on stderr; events for programs on stdout."""

    def __init__(self, *, json_lines: bool) -> None:
        self.progress = Progress()
        self._json = json_lines

    def take(self, event: object) -> None:
        if isinstance(event, JobNotice):
            self.progress.clear()
            note(UserError(event.code, **event.params).one_line())
        elif isinstance(event, TrainStep):
            self._step(event)
        elif isinstance(event, (TrainStarted, Evaluated, ProbeAnswered, RowLosses, CheckpointSaved)):
            self._other(event)

    def _step(self, event: TrainStep) -> None:
        if self._json:
            write_json(
                {
                    "event": "step",
                    "step": event.step,
                    "steps": event.steps,
                    "loss": event.loss,
                    "lr": event.lr,
                    "grad_norm": event.grad_norm,
                    "tokens_per_s": round(event.tokens_per_s, 2),
                    "rss_bytes": event.rss_bytes,
                    "seconds_left": round(event.seconds_left, 1) if event.seconds_left >= 0 else None,
                    **event.figures,
                }
            )
        left = f" · {tables.duration(event.seconds_left)} left" if event.seconds_left >= 0 else ""
        self.progress.show(
            f"Step {event.step}/{event.steps} · loss {event.loss:.4f} · {event.tokens_per_s:.0f} tok/s"
            f" · {tables.size(event.rss_bytes)}{left}"
        )

    def _other(self, event: TrainStarted | Evaluated | ProbeAnswered | RowLosses | CheckpointSaved) -> None:
        self.progress.clear()
        match event:
            case TrainStarted():
                self._started(event)
            case Evaluated():
                self._say(
                    {
                        "event": "evaluation",
                        "step": event.step,
                        "held_out_loss": event.held_out_loss,
                        "best": event.best,
                    },
                    f"Step {event.step}: held-out loss {event.held_out_loss:.4f}",
                )
            case ProbeAnswered():
                self._say(
                    {
                        "event": "probe",
                        "step": event.step,
                        "prompt": event.prompt,
                        "answer": event.answer,
                        "drift": round(event.drift, 6),
                    },
                    f"Step {event.step}: “{event.prompt}” → “{' '.join(event.answer.split())}”",
                )
            case CheckpointSaved():
                if self._json:
                    write_json({"event": "checkpoint", "step": event.step, "size_bytes": event.nbytes})
            case RowLosses():
                pass  # for a window: a line for every token says nothing

    def _started(self, event: TrainStarted) -> None:
        memory = event.needed or sum(part.nbytes for part in event.memory)
        parts = ", ".join(f"{part.name} {tables.size(part.nbytes)}" for part in event.memory)
        self._say(
            {
                "event": "start",
                "run": event.run,
                "path": event.path,
                "steps": event.steps,
                "rows": event.rows,
                "held_out_rows": event.held_out_rows,
                "trainable": event.trainable,
                "parameters": event.parameters,
                "memory_needed": memory,
                "memory": {part.name: part.nbytes for part in event.memory},
                "resumed_from": event.resumed_from,
            },
            f"Run {event.run}: {event.rows:,} rows, {event.held_out_rows:,} held out, {event.steps:,} steps; "
            f"{tables.count(event.trainable)} of {tables.count(event.parameters)} weights are trained",
        )
        tell(f"About {tables.size(memory)} of memory: {parts}", style="dim")

    def _say(self, fields: dict[str, object], words: str) -> None:
        if self._json:
            write_json(fields)
        else:
            tell(words)


def _print_end(end: RunFinished, *, json_lines: bool) -> None:
    if json_lines:
        write_json(
            {
                "event": "done",
                "run": end.run,
                "status": end.status,
                "path": end.path,
                "step": end.step,
                "loss": end.loss,
                "held_out_loss": end.held_out_loss if end.held_out_loss >= 0 else None,
                "tokens": end.tokens,
                "tokens_per_s": round(end.tokens_per_s, 2),
                "peak_bytes": end.peak_bytes,
                "predicted_bytes": end.predicted_bytes,
                "seconds": round(end.seconds, 3),
            }
        )
        return
    words = {"done": "Done", "stopped": "Stopped and kept", "early_stopped": "Stopped early"}[end.status]
    losses = f"loss {end.loss:.4f}"
    if end.held_out_loss >= 0:
        losses += f", held-out loss {end.first_held_out_loss:.4f} before and {end.held_out_loss:.4f} after"
    write_line(
        f"{words} after {end.step:,} steps in {tables.duration(end.seconds)}: {losses}; "
        f"{end.tokens_per_s:.0f} tok/s, {tables.size(end.peak_bytes)} of memory "
        f"({tables.size(end.predicted_bytes)} were expected)"
    )
    write_line(end.path)
    write_line(f"lathe export {end.run} --to gguf --out adapter.gguf", style="dim")
