"""A download: choose, check the room, fetch file after file, say where it all came from."""

import collections
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import UserError
from engine.hub.connection import Connection
from engine.hub.listing import Repository, free_bytes, present_bytes, read_repository
from engine.hub.selection import chosen_variants, files_of
from engine.hub.transfer import WAITS_S, Transfer
from engine.library.hub_origin import HubOrigin, write_hub_origin
from engine.output import write_error
from engine.protocol.hub import SPEED_MARK, Downloaded, DownloadJob, HubFile, HubVariant
from engine.protocol.jobs import JobEvent, JobNotice, JobStep

Tell = Callable[[JobEvent], None]
_SPARE_BYTES = 64 << 20
_PERIOD_S = 0.25
_SPEED_WINDOW_S = 8.0


def run_download(job: DownloadJob, tell: Tell, waits: Sequence[float] = WAITS_S) -> Downloaded:
    """Raises `UserError` hub.*, output.*; `Cancelled`."""
    started = time.perf_counter()
    tell(JobStep(0.0, job.repo))
    connection = Connection(job.endpoint, "hub_download", job.repo)
    found = read_repository(connection, job.repo, job.revision)
    variants = chosen_variants(found, job.files)
    files, folder = files_of(variants), Path(job.folder)
    total = sum(file.size for file in files)
    _make_room(folder, total - present_bytes(folder, files))
    progress = _Progress(total, tell)

    def waiting(seconds: float, reason: str) -> None:
        progress.stand_still()
        what = {"host": connection.host, "seconds": f"{seconds:.0f}", "reason": reason}
        tell(JobNotice("hub.trying_again", what))

    transfer = Transfer(connection, found.repo, found.revision, progress.arrived, waiting, waits)
    sums: dict[str, str] = {}
    try:
        for file in files:
            progress.begin(file)
            sums[file.path] = transfer.fetch(file, folder / file.path)
            _record(folder, found, connection.endpoint, sums)
    except UserError:
        _remove_empty(folder)
        raise
    path = _to_load(folder, variants)
    names = tuple(file.path for file in files)
    spent = time.perf_counter() - started
    return Downloaded(str(path), found.repo, found.revision, found.license, names, total, spent)


class _Progress:
    """Tells the share of all bytes, the speed of the last seconds, and the time that the rest will take."""

    def __init__(self, total: int, tell: Tell) -> None:
        self._total, self._tell = max(total, 1), tell
        self._done = 0
        self._name = ""
        self._told = 0.0
        self._marks: collections.deque[tuple[float, int]] = collections.deque()

    def begin(self, file: HubFile) -> None:
        self._name = file.path.rpartition("/")[2]

    def arrived(self, count: int, fresh: bool) -> None:
        self._done += count
        if not fresh:
            self._marks.clear()
        now = time.monotonic()
        if now - self._told >= _PERIOD_S or self._done >= self._total:
            self._say(now)

    def stand_still(self) -> None:
        """Nothing arrives for a while: the speed until now says nothing about what follows."""
        self._marks.clear()
        self._tell(JobStep(self._done / self._total, self._name))

    def _say(self, now: float) -> None:
        self._told = now
        self._marks.append((now, self._done))
        while now - self._marks[0][0] > _SPEED_WINDOW_S:
            self._marks.popleft()
        since, before = self._marks[0]
        speed = (self._done - before) / (now - since) if now > since else 0.0
        label = f"{self._name}{SPEED_MARK}{_rate(speed)}" if speed > 0 else self._name
        left = (self._total - self._done) / speed if speed > 0 else -1.0
        self._tell(JobStep(min(max(self._done / self._total, 0.0), 1.0), label, left))


def _make_room(folder: Path, needed: int) -> None:
    """Raises `UserError` output.no_space, output.unwritable."""
    free = free_bytes(folder)
    if free < needed + _SPARE_BYTES:
        raise UserError("output.no_space", path=folder, needed=_size(needed), free=_size(free))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("output.unwritable", path=folder, reason=error.strerror or str(error)) from error


def _remove_empty(folder: Path) -> None:
    """What a download left that brought nothing: the repository's folder and its owner's."""
    for each in (folder, folder.parent):
        try:
            each.rmdir()
        except OSError:
            return


def _record(folder: Path, found: Repository, endpoint: str, sums: dict[str, str]) -> None:
    """After each file: a download that is broken off leaves files that are good by themselves."""
    origin = HubOrigin(
        repo=found.repo,
        revision=found.revision,
        endpoint=endpoint,
        license=found.license,
        base_models=found.base_models,
        downloaded=datetime.now(UTC).isoformat(timespec="seconds"),
        files=dict(sums),
    )
    try:
        write_hub_origin(folder, origin)
    except OSError as error:
        raise write_error(folder / "lathe-origin.json", error) from error


def _to_load(folder: Path, variants: Sequence[HubVariant]) -> Path:
    """The first part of the first model, or the folder of a safetensors model."""
    first = next((each for each in variants if each.kind != "projector"), variants[0])
    return folder if first.kind == "safetensors" else folder / first.files[0].path


def _rate(speed: float) -> str:
    return f"{speed / 2**20:.1f} MiB/s" if speed >= 1 << 20 else f"{speed / 2**10:.0f} KiB/s"


def _size(count: int) -> str:
    return f"{count / 2**30:.2f} GiB" if count >= 1 << 30 else f"{count / 2**20:.0f} MiB"
