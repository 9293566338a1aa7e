"""The lab's job: one matrix, its real inputs, every method, and one file with what came out."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from engine.errors import UserError
from engine.lab import measures as m
from engine.lab.grids import Floats
from engine.lab.inputs import layer_inputs
from engine.lab.matrix import read_matrix
from engine.lab.methods import Rounded, apply_method, statistics
from engine.lab.results import LabResult, write_result
from engine.lab.rounding import block_levels
from engine.lab.tensors import LayerTensor
from engine.output import check_target
from engine.protocol.jobs import JobEvent, JobNotice, JobStep
from engine.protocol.lab import LabDone, LabJob, LabMeasure, LabMethod
from engine.text.file import read_text_file

Tell = Callable[[JobEvent], None]
_READING = 0.4
"""Share of the progress bar that the model's reading has."""
_MEASURED_EVERY = 4
_NOT_ROUNDED = ("F32", "F16", "BF16", "F64")


def run_lab(job: LabJob, tell: Tell) -> LabDone:
    """Raises `UserError` model.*, lab.*, text.too_short, file.*, output.*."""
    started = time.perf_counter()
    source, text, target = Path(job.source), Path(job.text), Path(job.target)
    check_target(target, (source, text))
    content = read_text_file(text)
    tensor, weights = read_matrix(source, job.tensor)
    _check_memory(tensor)
    if tensor.type not in _NOT_ROUNDED:
        tell(JobNotice("lab.quantized_source", {"name": tensor.name, "type": tensor.type}))

    def on_read(step: JobStep) -> None:
        tell(JobStep(step.fraction * _READING, step.label))

    inputs = layer_inputs(
        source, tensor, content, on_read, n_ctx=job.n_ctx, n_tokens=job.n_tokens, n_threads=job.n_threads
    )
    fitted = _fitted_rows(len(inputs), job.n_ctx)
    work = _Work(job, weights, inputs[fitted], inputs[~fitted])
    for number, method in enumerate(job.methods):
        tell(JobStep(_READING + (1 - _READING) * number / len(job.methods), method))
        tell(work.run(method))
    write_result(target, LabResult(job, tensor, tuple(work.measures), work.arrays))
    spent = time.perf_counter() - started
    return LabDone(str(target), tensor.name, len(inputs), int(fitted.sum()), spent)


class _Work:
    """What all methods share, and what has come out so far."""

    def __init__(self, job: LabJob, weights: Floats, fitted: Floats, measured: Floats) -> None:
        self._job, self._weights, self._fitted, self._measured = job, weights, fitted, measured
        self._seen = statistics(fitted)
        self.measures: list[LabMeasure] = []
        self.arrays: dict[str, NDArray[Any]] = {
            "weight_edges": m.bin_edges(weights),
            "input_edges": m.bin_edges(measured),
            "input_largest": self._seen.largest,
            "input_mean": self._seen.mean,
        }
        self.arrays["weights"] = m.histogram(weights, self.arrays["weight_edges"])
        self.arrays["inputs"] = m.histogram(measured, self.arrays["input_edges"])
        self._window: m.Window | None = None

    def run(self, method: LabMethod) -> LabMeasure:
        """Round, and measure on tokens that the method has not seen."""
        job = self._job
        began = time.perf_counter()
        result = apply_method(method, self._weights, self._seen, job)
        seconds = time.perf_counter() - began
        output = m.output_errors(self._measured, self._weights, result, job.input_bits)
        plain = output
        if job.input_bits:
            plain = m.output_errors(self._measured, self._weights, result, 0)
        difference = result.weights - self._weights
        measure = LabMeasure(
            method=method,
            bits_per_weight=result.bits_per_weight,
            weight_error=m.relative_error(difference, self._weights),
            output_error=output.whole,
            weights_only_error=plain.whole,
            fitted_error=m.output_errors(self._fitted, self._weights, result, job.input_bits).whole,
            exact_inputs=0 if result.exact is None else int(result.exact.sum()),
            strength=result.strength,
            seconds=seconds,
        )
        self.measures.append(measure)
        self._keep(method, result, difference, output.channels)
        return measure

    def _keep(self, method: LabMethod, result: Rounded, difference: Floats, channels: Floats) -> None:
        arrays = self.arrays
        coarse = m.coarse_map(difference)
        if self._window is None:
            # One place and one block for all methods, so that they can be compared.
            self._window = m.worst_window(coarse, *difference.shape)
            arrays["window"] = np.array(self._window, np.int32)
            self._keep_levels(int(channels.argmax()))
        inputs = m.rounded_inputs(self._measured, result, self._job.input_bits)
        arrays[f"{method}.weights"] = m.histogram(result.weights, arrays["weight_edges"])
        arrays[f"{method}.inputs"] = m.histogram(inputs, arrays["input_edges"])
        arrays[f"{method}.map"] = coarse
        arrays[f"{method}.region"] = np.abs(m.cut(difference, self._window))
        arrays[f"{method}.channels"] = channels
        if result.scales is not None:
            arrays[f"{method}.scales"] = result.scales
        if result.exact is not None:
            arrays[f"{method}.exact"] = result.exact

    def _keep_levels(self, row: int) -> None:
        """The levels of one block, and what is in it: those of a whole matrix would be a blur."""
        levels, columns = block_levels(self._weights, self._job.scheme, row)
        whole = self._job.scheme.granularity == "tensor"
        block = self._weights if whole else self._weights[row, columns]
        bins = m.BINS if block.size > m.BINS * m.BINS else m.FEW_BINS
        edges = m.bin_edges(np.concatenate([block.reshape(-1), levels]), bins)
        self.arrays["levels"] = levels
        self.arrays["levels_place"] = np.array((row, columns.start, columns.stop), np.int32)
        self.arrays["block_edges"] = edges
        self.arrays["block"] = m.histogram(block, edges)


def _fitted_rows(tokens: int, n_ctx: int) -> NDArray[np.bool_]:
    """Every fourth chunk is kept to measure on; of a text with fewer chunks, its last quarter."""
    places = np.arange(tokens)
    if tokens >= _MEASURED_EVERY * n_ctx:
        places = places // n_ctx % _MEASURED_EVERY
        return np.not_equal(places, _MEASURED_EVERY - 1)
    return np.less(places, tokens - tokens // _MEASURED_EVERY)


def _check_memory(tensor: LayerTensor) -> None:
    """Some copies of the weights and of the Gram matrix; the model itself is checked when it is loaded."""
    needed = 8 * 4 * tensor.inputs * tensor.outputs + 4 * 8 * tensor.inputs**2
    free = psutil.virtual_memory().available
    if needed > free:
        gib = 1 << 30
        raise UserError(
            "lab.memory", name=tensor.name, needed=f"{needed / gib:.1f} GiB", free=f"{free / gib:.1f} GiB"
        )
