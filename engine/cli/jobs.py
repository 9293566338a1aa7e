"""What the commands that run a job share: the model's path, progress, signals, the end."""

import logging
import queue
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.cli.files import read_stdin
from engine.cli.interrupts import Interrupted, Interrupts
from engine.cli.progress import Progress
from engine.cli.runtime import POLL_S, opened_store
from engine.cli.terminal import note, write_json
from engine.errors import BugError, Cancelled, UserError
from engine.protocol.events import JobProgress
from engine.protocol.jobs import AnyJob, JobEnd, JobEvent, JobFailed, JobNotice, JobStep

_log = logging.getLogger(__name__)


def find_gguf(home: Path, name: str) -> str:
    """The path of a GGUF model by its name or path. Raises `UserError` model.*."""
    from engine.chat.models import resolve_model  # noqa: PLC0415 - brings the engine's client

    with opened_store(home) as store:
        spec = resolve_model(store, name)
    if spec.backend != "llama_cpp":
        raise UserError("model.not_gguf", path=spec.path or spec.name)
    return spec.path


def find_model_path(home: Path, name: str) -> str:
    """The path of a GGUF file or a safetensors folder by its name or path. Raises `UserError` model.*."""
    from engine.chat.models import model_folders  # noqa: PLC0415 - brings the engine's client
    from engine.library.catalog import find_model  # noqa: PLC0415

    with opened_store(home) as store:
        entry = find_model(name, store.home, model_folders(store))
    if entry.format == "lora":
        raise UserError("model.is_adapter", path=entry.path)
    return entry.path


def text_or_bundled(name: str | None) -> str:
    """What `named_text` gets: the user's choice, else the text that comes with the program."""
    if name is not None:
        return name
    from engine.evaluate.texts import default_text  # noqa: PLC0415

    return str(default_text())


def absolute(path: Path) -> str:
    """As the job's process has to know it."""
    return str(path.expanduser().absolute())


@contextmanager
def named_text(name: str) -> Iterator[str]:
    """The path of a text file; “-” puts stdin into a temporary one. Raises `UserError` file.not_text."""
    if name != "-":
        yield absolute(Path(name))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stdin.txt"
        path.write_text(read_stdin(), encoding="utf-8")
        yield str(path)


def checked(name: str, value: int, minimum: int, maximum: int) -> int:
    """A number within its range. Raises `UserError` params.invalid."""
    if not minimum <= value <= maximum:
        raise UserError(
            "params.invalid",
            name=name,
            value=value,
            reason="it is out of range",
            minimum=minimum,
            maximum=maximum,
        )
    return value


def run_job(
    home: Path,
    job: AnyJob,
    words: str,
    *,
    json_lines: bool,
    on_event: Callable[[JobEvent], None] | None = None,
) -> JobEnd:
    """Start a job and wait for its end, showing progress; a signal cancels it. Never a `JobFailed`.

    `on_event` hears what is neither progress nor notice nor the end. Raises `UserError`, `Cancelled`,
    `BugError`.
    """
    from engine.client.job_process import JobProcess  # noqa: PLC0415

    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    shown = _Shown(words, json_lines)
    with Interrupts(inbox.put):
        process = JobProcess(home, job, inbox.put)
        try:
            while True:
                item = _take(inbox)
                if isinstance(item, Interrupted):
                    process.cancel()
                elif isinstance(item, JobFailed):
                    raise _failure(item)
                elif isinstance(item, JobEnd):
                    return item
                elif isinstance(item, JobStep | JobNotice):
                    shown.take(item)
                elif on_event is not None:
                    shown.progress.clear()
                    on_event(item)  # type: ignore[arg-type] # nothing else is put there
        finally:
            shown.progress.clear()
            process.cancel()
            process.wait()


class _Shown:
    """Progress for people on stderr, for programs on stdout; notices on stderr."""

    def __init__(self, words: str, json_lines: bool) -> None:
        self.progress = Progress()
        self._words, self._json_lines = words, json_lines
        self._last = -1.0

    def take(self, event: JobStep | JobNotice) -> None:
        if isinstance(event, JobNotice):
            self.progress.clear()
            note(UserError(event.code, **event.params).one_line())
            return
        self.progress.job(
            self._words, JobProgress(job=0, fraction=event.fraction, seconds_left=event.seconds_left)
        )
        if self._json_lines and event.fraction - self._last >= 0.01:
            self._last = event.fraction
            write_json(
                {
                    "event": "progress",
                    "fraction": round(event.fraction, 4),
                    "label": event.label,
                    "seconds_left": round(event.seconds_left, 1) if event.seconds_left >= 0 else None,
                }
            )


def _take(inbox: "queue.SimpleQueue[object]") -> object:
    while True:
        try:
            return inbox.get(timeout=POLL_S)
        except queue.Empty:
            continue


def _failure(event: JobFailed) -> Exception:
    if event.report:
        _log.debug("the job ended, and had said:\n%s", event.report)
    if event.code == "cancelled":
        return Cancelled()
    return UserError(event.code, **event.params) if event.code else BugError(event.report)
