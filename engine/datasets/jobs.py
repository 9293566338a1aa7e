"""The work on data sets that is done in a process of its own: reading all rows, and measuring them."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import msgspec

from engine.datasets.checks import load_checks, run_checks, save_checks
from engine.datasets.dataset import Dataset, check_mapping, first_rows, open_dataset, open_or_build
from engine.datasets.lengths import measure_lengths
from engine.datasets.mapping import ColumnMapping, recognise
from engine.datasets.model_template import read_row_template
from engine.datasets.rendering import Objective
from engine.errors import BugError, UserError
from engine.protocol.data import DataChecked, DataMeasured, DataRead, MeasureDataJob, PrepareDataJob
from engine.protocol.jobs import JobEvent, JobStep

Tell = Callable[[JobEvent], None]


def run_prepare_data(job: PrepareDataJob, tell: Tell) -> DataChecked:
    """Tells `DataRead` when rows can be shown. Raises `UserError` data.*, file.unreadable."""
    source = Path(job.source)
    index = open_or_build(source, Path(job.home), _steps(tell, "read"))
    mapping = _decoded(job.mapping) if job.mapping else recognise(first_rows(index))
    tell(DataRead(len(index), index.summary.broken, _encoded(mapping) if mapping else ""))
    if mapping is None:
        raise UserError("data.columns", path=source, columns=", ".join(index.summary.columns))
    check_mapping(mapping, index)
    dataset = Dataset(index, mapping)
    checked = load_checks(dataset)
    if checked is None:
        checked = run_checks(dataset, _steps(tell, "check"))
        save_checks(checked, index.folder)
    return DataChecked(checked.report.rows, checked.report.usable)


def run_measure_data(job: MeasureDataJob, tell: Tell) -> DataMeasured:
    """Raises `UserError` data.*, model.*, template.*."""
    if job.objective not in get_args(Objective):
        raise BugError(job.objective)
    dataset = open_dataset(Path(job.source), Path(job.home), _decoded(job.mapping) if job.mapping else None)
    template = read_row_template(Path(job.model), job.template)
    return measure_lengths(
        dataset,
        template,
        _tokenize_with(job.model),
        objective=job.objective,  # type: ignore[arg-type] # one of them, as checked
        answer_only=job.answer_only,
        sample=job.sample,
        report=_steps(tell, "measure"),
    )


def _tokenize_with(model: str) -> Callable[[str, bool], tuple[int, ...]]:
    if Path(model).is_dir():
        from engine.backends.torch.vocabularies import cut  # noqa: PLC0415 - one of two

        return lambda text, special: cut(model, text, special).ids
    from engine.backends.llama_cpp.vocabularies import tokenize  # noqa: PLC0415

    return lambda text, special: tokenize(model, text, special).ids


def _steps(tell: Tell, label: str) -> Callable[[float], None]:
    """At most ten a second, with the time left."""
    began = last = time.monotonic()

    def report(fraction: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= 0.1:
            last = now
            left = (now - began) / fraction * (1 - fraction) if fraction > 0.02 else -1.0
            tell(JobStep(fraction, label, left))

    return report


def _decoded(mapping: str) -> ColumnMapping:
    return msgspec.json.decode(mapping, type=ColumnMapping)


def _encoded(mapping: ColumnMapping) -> str:
    return msgspec.json.encode(mapping).decode()
