"""The lab's result file: what a plot needs, and nothing that has to be computed to draw it.

An NPZ without pickles. Shared arrays: `weight_edges`, `weights` (counts), `input_edges`, `inputs` (counts),
`input_largest`, `input_mean` [inputs], `window` (row, column, rows, columns of the region), `levels`,
`levels_place` (output channel, first and last column + 1 of the block they are of), `block_edges`, `block`
(counts in it). For each method, under “method.”: `weights`, `inputs` (counts after), `map`, `region`
(magnitudes of errors), `channels` (relative error of each output), `scales` and `exact` where it has them.
`job`, `tensor` and `measures` are JSON.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from engine.lab.tensors import LayerTensor
from engine.output import writing
from engine.protocol.lab import LabJob, LabMeasure

Arrays = Mapping[str, NDArray[Any]]


class LabResult(NamedTuple):
    """A whole file. `measures` in the order of the job's methods."""

    job: LabJob
    tensor: LayerTensor
    measures: tuple[LabMeasure, ...]
    arrays: Arrays


def write_result(path: Path, result: LabResult) -> None:
    """Complete or not there. Raises `UserError` output.*."""
    texts = {
        "job": msgspec.json.encode(result.job),
        "tensor": msgspec.json.encode(result.tensor),
        "measures": msgspec.json.encode(result.measures),
    }
    named = {name: np.array(text.decode(), np.str_) for name, text in texts.items()}
    with writing(path) as part, part.open("wb") as file:
        np.savez(file, allow_pickle=False, **named, **result.arrays)


def read_result(path: Path) -> LabResult:
    """Raises `UserError` lab.no_result."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        return LabResult(
            msgspec.json.decode(str(arrays.pop("job")), type=LabJob),
            msgspec.json.decode(str(arrays.pop("tensor")), type=LayerTensor),
            msgspec.json.decode(str(arrays.pop("measures")), type=tuple[LabMeasure, ...]),
            arrays,
        )
    except (OSError, KeyError, ValueError, msgspec.DecodeError, zipfile.BadZipFile) as error:
        raise UserError("lab.no_result", path=path) from error
