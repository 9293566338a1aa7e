"""How long rows are in tokens, and what a limit would do to them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import BadRow, Dataset
from engine.datasets.rendering import Objective, RowTemplate, Tokenize, TrainingRow, render_row
from engine.errors import UserError
from engine.protocol.data import DataMeasured


class LimitEffect(NamedTuple):
    """Of the measured rows: how many a length cuts, and how many keep nothing that would be trained."""

    cut: int
    masked: int
    rows: int


def measure_lengths(
    dataset: Dataset,
    template: RowTemplate,
    tokenize: Tokenize,
    *,
    objective: Objective = "sft",
    answer_only: bool = True,
    sample: int = 0,
    report: Callable[[float], None] | None = None,
) -> DataMeasured:
    """Without a limit of the length. `sample`: at most so many rows, evenly spread; 0 for all.

    Rows that cannot be read or rendered are left out. Raises `UserError` data.changed, template.limit.
    """
    count = len(dataset)
    wanted = np.unique(np.linspace(0, count - 1, min(sample or count, count)).astype(np.int64))
    rows, tokens, prompts = list[int](), list[int](), list[int]()
    for done, (number, example) in enumerate(dataset.walk(wanted.tolist())):
        if report is not None and not done % 16:
            report(done / len(wanted))
        if isinstance(example, BadRow):
            continue
        try:
            row = render_row(example, template, tokenize, objective=objective, answer_only=answer_only)
        except UserError as error:
            if error.code != "template.broken":  # it refuses this conversation
                raise
            continue
        rows.append(number)
        tokens.append(_longest(row))
        prompts.append(row.prompt_tokens)
    return DataMeasured(tuple(rows), tuple(tokens), tuple(prompts), count)


def effect_of_limit(measured: DataMeasured, max_length: int) -> LimitEffect:
    """`max_length` in tokens, 0 for no limit."""
    tokens, prompts = np.array(measured.tokens), np.array(measured.prompt_tokens)
    limit = max_length or (int(tokens.max()) if len(tokens) else 0)
    masked = int(np.count_nonzero(prompts >= np.minimum(tokens, limit)))
    return LimitEffect(int(np.count_nonzero(tokens > limit)), masked, len(tokens))


def histogram(measured: DataMeasured, bins: int = 48) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Counts, and the bins' edges in tokens, from 0 to a length that 99.5 % of the rows do not exceed; longer
    rows are in the last bin."""
    tokens = np.array(measured.tokens or (0,))
    top = max(8.0, float(np.percentile(tokens, 99.5)) * 1.02)
    counts, edges = np.histogram(np.minimum(tokens, top), bins=bins, range=(0.0, top))
    return counts.astype(np.int64), edges


def _longest(row: TrainingRow) -> int:
    other = len(row.rejected.token_ids) if row.rejected is not None else 0
    return max(len(row.token_ids), other)
