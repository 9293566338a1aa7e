"""Reads a data set whole: the index, then the checks."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.datasets.checks import load_checks, run_checks, save_checks
from engine.datasets.dataset import Dataset, check_mapping, first_rows, open_or_build
from engine.datasets.mapping import ColumnMapping, recognise
from engine.errors import UserError
from engine.protocol.data import DataChecked, DataRead, PrepareDataJob
from engine.protocol.jobs import JobEvent, JobStep

Tell = Callable[[JobEvent], None]


def run_prepare_data(job: PrepareDataJob, tell: Tell) -> DataChecked:
    """Tells `DataRead` when rows can be shown. Raises `UserError` data.*, file.unreadable."""
    source = Path(job.source)
    index = open_or_build(source, Path(job.home), steps(tell, "read"))
    mapping = decoded(job.mapping) if job.mapping else recognise(first_rows(index))
    tell(DataRead(len(index), index.summary.broken, _encoded(mapping) if mapping else ""))
    if mapping is None:
        raise UserError("data.columns", path=source, columns=", ".join(index.summary.columns))
    check_mapping(mapping, index)
    dataset = Dataset(index, mapping)
    checked = load_checks(dataset)
    if checked is None:
        checked = run_checks(dataset, steps(tell, "check"))
        save_checks(checked, index.folder)
    return DataChecked(checked.report.rows, checked.report.usable)


def steps(tell: Tell, label: str) -> Callable[[float], None]:
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


def decoded(mapping: str) -> ColumnMapping:
    """A mapping as jobs write it."""
    return msgspec.json.decode(mapping, type=ColumnMapping)


def _encoded(mapping: ColumnMapping) -> str:
    return msgspec.json.encode(mapping).decode()
