"""Measures rows with a model's vocabulary, which only a worker may load."""

from collections.abc import Callable
from pathlib import Path
from typing import get_args

from engine.datasets.dataset import open_dataset
from engine.datasets.lengths import measure_lengths
from engine.datasets.model_template import read_row_template
from engine.datasets.preparing import Tell, decoded, steps
from engine.datasets.rendering import Objective
from engine.errors import BugError
from engine.protocol.data import DataMeasured, MeasureDataJob


def run_measure_data(job: MeasureDataJob, tell: Tell) -> DataMeasured:
    """Raises `UserError` data.*, model.*, template.*."""
    if job.objective not in get_args(Objective):
        raise BugError(job.objective)
    dataset = open_dataset(Path(job.source), Path(job.home), decoded(job.mapping) if job.mapping else None)
    template = read_row_template(Path(job.model), job.template)
    return measure_lengths(
        dataset,
        template,
        _tokenize_with(job.model),
        objective=job.objective,  # type: ignore[arg-type] # one of them, as checked
        answer_only=job.answer_only,
        sample=job.sample,
        report=steps(tell, "measure"),
    )


def _tokenize_with(model: str) -> Callable[[str, bool], tuple[int, ...]]:
    if Path(model).is_dir():
        from engine.backends.torch.vocabularies import cut  # noqa: PLC0415 - one of two

        return lambda text, special: cut(model, text, special).ids
    from engine.backends.llama_cpp.vocabularies import tokenize  # noqa: PLC0415

    return lambda text, special: tokenize(model, text, special).ids
