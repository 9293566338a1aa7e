"""From what is chosen to jobs in the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.controllers.jobs import JobsController
from app.panels.quantize.imatrix_choice import imatrix_path
from app.panels.quantize.overrides import Rule
from engine.errors import UserError
from engine.evaluate.texts import default_text
from engine.output import check_target, write_error
from engine.protocol.jobs import ImatrixJob, QuantizeJob


@dataclass(frozen=True)
class Order:
    """`targets`: (type name, file). `imatrix`: a file to use; `measure`: measure one first, on `text` ("" for
    the bundled one).
    """

    source: str
    base: str
    folder: str
    targets: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...] = ()
    imatrix: str = ""
    measure: bool = False
    text: str = ""
    n_tokens: int = 0


def prepare(order: Order, own_folder: Path) -> Order:
    """Make Lathe's own folder if need be, look at the targets; not on the window's thread.

    Raises `UserError` output.*.
    """
    if Path(order.folder) == own_folder:
        try:
            own_folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_error(own_folder, error) from error
    for _, target in order.targets:
        check_target(Path(target), (Path(order.source),))
    if not order.measure or order.text:
        return order
    return Order(**{**order.__dict__, "text": str(default_text())})


def submit(order: Order, jobs: JobsController) -> list[str]:
    """Queue a prepared order; the ids of the quantizing jobs. Raises `UserError` output.busy."""
    imatrix, first = order.imatrix, ""
    if order.measure:
        imatrix = imatrix_path(order.folder, order.base)
        title = QCoreApplication.translate("QuantizeJobs", "{model}: importance matrix")
        job = ImatrixJob(order.source, imatrix, order.text, n_tokens=order.n_tokens)
        first = jobs.start(job, title.format(model=order.base))
    return [
        jobs.start(
            QuantizeJob(order.source, target, kind, imatrix, order.rules),
            f"{order.base} → {kind}",
            after=first,
        )
        for kind, target in order.targets
    ]


def existing(targets: Sequence[str]) -> set[str]:
    """Those that are there already."""
    return {target for target in targets if Path(target).exists()}


def size_of(path: str) -> int:
    """Bytes of a model with all its parts; 0 where it cannot be read."""
    from engine.library.shards import part_paths  # noqa: PLC0415

    try:
        return sum(part.stat().st_size for part in part_paths(Path(path)))
    except (OSError, UserError):
        return 0
