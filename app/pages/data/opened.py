"""The data set that is open, as the page's parts see it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.datasets.checks import Checked, CheckKind
from engine.datasets.dataset import Dataset
from engine.datasets.index import RowIndex
from engine.datasets.mapping import ColumnMapping
from engine.datasets.shelf import DataSet
from engine.datasets.split import Split
from engine.protocol.data import DataMeasured


@dataclass(frozen=True)
class OpenData:
    """What is known so far. `mapping` None: nobody can tell the format; `checked`, `measured`: not yet."""

    record: DataSet
    index: RowIndex
    mapping: ColumnMapping | None
    split: Split
    new_rows: NDArray[np.int64]
    checked: Checked | None = None
    measured: DataMeasured | None = None

    @property
    def dataset(self) -> Dataset | None:
        """Rows as examples, where the format is known."""
        return Dataset(self.index, self.mapping) if self.mapping is not None else None


@dataclass(frozen=True)
class RowFilter:
    """Which rows the table shows. `kind`: all, train, held_out, new, or a kind of check."""

    kind: str = "all"
    text: str = ""

    def base(self, data: OpenData) -> NDArray[np.int64]:
        """The rows of the kind, before the text is searched."""
        match self.kind:
            case "train":
                return data.split.train
            case "held_out":
                return data.split.held_out
            case "new":
                return data.new_rows
            case kind if data.checked is not None and kind in CHECK_KINDS:
                return data.checked.rows(kind)
        return np.arange(len(data.index), dtype=np.int64)


CHECK_KINDS: tuple[CheckKind, ...] = (
    "unreadable",
    "no_answer",
    "empty_answer",
    "roles",
    "special_tokens",
    "duplicate",
    "near_duplicate",
)
