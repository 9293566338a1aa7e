"""Values of data sets: reading a file whole, and measuring how long its rows are for a model.

`mapping` is a `engine.datasets.mapping.ColumnMapping` as JSON, "" to find it out by the columns' names.
"""

from msgspec import Struct


class PrepareDataJob(Struct, frozen=True, tag="prepare_data"):
    """Write the index of `source` under `home`, where it is missing, then check every row."""

    source: str
    home: str
    mapping: str = ""


class DataRead(Struct, frozen=True, tag="data_read"):
    """The index is complete: rows can be shown. `mapping` is empty where nobody can tell the format."""

    rows: int
    broken: int
    mapping: str


class DataChecked(Struct, frozen=True, tag="data_checked"):
    """Done: the report of the checks lies beside the index."""

    rows: int
    usable: int


class MeasureDataJob(Struct, frozen=True, tag="measure_data"):
    """Cut up to `sample` rows, evenly spread, into the tokens of `model` (a GGUF file or safetensors folder).

    `template` replaces the model's own; `objective` and `answer_only` as in `engine.datasets.rendering`.
    """

    source: str
    home: str
    model: str
    mapping: str
    template: str = ""
    objective: str = "sft"
    answer_only: bool = True
    sample: int = 2000


class DataMeasured(Struct, frozen=True, tag="data_measured"):
    """Parallel: which rows, their tokens, and how many of those come before the first that is trained."""

    rows: tuple[int, ...]
    tokens: tuple[int, ...]
    prompt_tokens: tuple[int, ...]
    of: int
    """How many rows there are in all."""
