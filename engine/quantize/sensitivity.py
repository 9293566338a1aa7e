"""Measuring a sensitivity map: first every tensor alone in every type, then, with a text, whole groups."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.backends.llama_cpp.codec import dequantize_rows, quantize_rows
from engine.backends.llama_cpp.threads import default_threads
from engine.errors import UserError
from engine.evaluate.comparison import now_ms
from engine.library.fingerprint import model_hash
from engine.library.ggml_types import GGML_TYPES
from engine.library.gguf_header import TensorInfo, read_header
from engine.library.shards import part_paths
from engine.output import check_target, writing
from engine.protocol.jobs import (
    FileWritten,
    JobEvent,
    JobNotice,
    JobStep,
    Planned,
    QuantizeJob,
    SensitivityJob,
    TensorPlan,
)
from engine.quantize.imatrix_file import read_imatrix
from engine.quantize.job import prepare
from engine.quantize.sensitivity_map import (
    SensitivityMap,
    TensorSensitivity,
    TypeChoice,
    layer_and_kind,
    write_map,
)
from engine.quantize.types import TENSOR_TYPES

Tell = Callable[[JobEvent], None]
Floats = NDArray[np.float32]
WIDE_LADDER = ("Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "Q8_0")
NARROW_LADDER = ("IQ4_NL", "Q5_0", "Q5_1", "Q8_0")
"""For rows that are no multiple of 256."""
SUPER_BLOCK = 256
_SAMPLE = 1 << 20
"""Values of a tensor that are looked at: the error of a tensor is known to a thousandth from far fewer."""
_WEIGHTS_SHARE = 0.25
"""Part of the progress bar for the weights, where divergences follow."""


class StoredTensor(NamedTuple):
    """A tensor and the file that has it."""

    path: Path
    info: TensorInfo

    def packed(self) -> NDArray[np.uint8]:
        """All rows as they are stored, [rows, bytes of a row]: a map of the file, nothing is read yet."""
        rows = self.info.values // self.info.shape[0]
        shape = (rows, self.info.nbytes // rows)
        return np.memmap(self.path, np.uint8, "r", self.info.offset, shape)

    def rows(self, chosen: Sequence[int] | slice = slice(None), threads: int = 1) -> Floats:
        """Some of its rows as numbers."""
        return dequantize_rows(self.packed()[chosen], self.info.type.name, self.info.shape[0], threads)


def run_sensitivity(job: SensitivityJob, tell: Tell) -> FileWritten:
    """Raises `UserError` model.*, sensitivity.*, quantize.unknown_tensor_type, imatrix.*, text.too_short,
    output.*.
    """
    started = time.perf_counter()
    source, target = Path(job.source), Path(job.target)
    check_target(target, (source,))
    check_types((*job.types, job.probe))
    if job.text:
        from engine.quantize.sensitivity_kl import check_text  # noqa: PLC0415 - loads the vocabulary

        check_text(job)
    found = measure_weights(job, tell, _WEIGHTS_SHARE if job.text else 1.0)
    if job.text:
        from engine.quantize.sensitivity_kl import with_divergence  # noqa: PLC0415 - loads the model

        found = with_divergence(found, job, _shifted(tell, _WEIGHTS_SHARE))
    kept = set(job.types) or {*WIDE_LADDER, *NARROW_LADDER}
    found = replace(found, tensors=tuple(_offered(tensor, kept) for tensor in found.tensors))
    with writing(target) as part:
        write_map(part, found)
    return FileWritten(str(target), target.stat().st_size, 0.0, time.perf_counter() - started)


def check_types(names: Sequence[str]) -> None:
    """Raises `UserError` quantize.unknown_tensor_type."""
    for name in names:
        if name not in TENSOR_TYPES:
            raise UserError("quantize.unknown_tensor_type", name=name, known=", ".join(TENSOR_TYPES))


def stored_tensors(source: Path) -> dict[str, StoredTensor]:
    """By name, of all parts of a model. Raises `UserError` model.*."""
    return {
        info.name: StoredTensor(part, info)
        for part in part_paths(source)
        for info in read_header(part).tensors
    }


def measure_weights(job: SensitivityJob, tell: Tell, share: float = 1.0) -> SensitivityMap:
    """Every tensor that llama.cpp would quantize, in each type that fits its width."""
    source = Path(job.source)
    stored = stored_tensors(source)
    plan = _plan(source)
    chosen = [one for one in plan.tensors if _can_be_quantized(one)]
    if not chosen:
        raise UserError("sensitivity.no_tensors", path=source)
    importance = importance_of(job, stored)
    threads = job.n_threads or default_threads()
    total = sum(min(_SAMPLE, stored[one.name].info.values) for one in chosen)
    done, began, tensors = 0, time.perf_counter(), []
    for one in chosen:
        tensors.append(_measure_tensor(stored[one.name], importance.get(one.name), job, threads))
        done += min(_SAMPLE, stored[one.name].info.values)
        left = (time.perf_counter() - began) / done * (total - done) if share == 1.0 else -1.0
        tell(JobStep(share * done / total, one.name, left))
    header = plan.size_bytes - sum(one.nbytes for one in chosen)
    return SensitivityMap(
        source=str(source),
        source_hash=model_hash(source),
        source_bytes=sum(part.stat().st_size for part in part_paths(source)),
        fixed_bytes=header,
        tensors=tuple(tensors),
        imatrix=Path(job.imatrix).name,
        created_ms=now_ms(),
    )


def relative_error(
    rows: Floats, kind: str, importance: Floats | None = None, threads: int = 1
) -> tuple[float, float]:
    """Sums of squares of the error and of the rows themselves, each column weighed by its importance."""
    back = dequantize_rows(quantize_rows(rows, kind, importance, threads), kind, rows.shape[1], threads)
    back -= rows
    errors, sizes = (np.einsum("ij,ij->j", each, each).astype(np.float64) for each in (back, rows))
    if importance is not None:
        weights = importance.astype(np.float64)
        errors, sizes = errors * weights, sizes * weights
    return float(errors.sum()), float(sizes.sum())


def types_for(width: int, wanted: Sequence[str], probe: str) -> list[str]:
    """What a tensor with rows of that width is measured in: what fits, the probe included."""
    ladder = wanted or (WIDE_LADDER if width % SUPER_BLOCK == 0 else NARROW_LADDER)
    fitting = [name for name in ladder if width % TENSOR_TYPES[name].block == 0]
    fitting = fitting or [name for name in NARROW_LADDER if width % TENSOR_TYPES[name].block == 0]
    if probe not in fitting and width % TENSOR_TYPES[probe].block == 0:
        fitting.append(probe)
    return fitting


def _measure_tensor(
    tensor: StoredTensor, importance: Floats | None, job: SensitivityJob, threads: int
) -> TensorSensitivity:
    """Rows at even distances, of every matrix of a stack of experts."""
    info = tensor.info
    width = info.shape[0]
    matrices = info.shape[2] if len(info.shape) > 2 else 1
    height = info.values // width // matrices
    count = max(1, min(height, _SAMPLE // width // matrices))
    places = np.linspace(0, height - 1, count).astype(np.int64)
    kinds = types_for(width, job.types, job.probe)
    sums = {kind: [0.0, 0.0] for kind in kinds}
    for matrix in range(matrices):
        rows = tensor.rows((places + matrix * height).tolist(), threads)
        weights = None if importance is None else importance[min(matrix, len(importance) - 1)]
        for kind in kinds:
            error, size = relative_error(rows, kind, weights, threads)
            sums[kind][0] += error
            sums[kind][1] += size
    layer, name = layer_and_kind(info.name)
    choices = tuple(
        TypeChoice(
            kind, TENSOR_TYPES[kind].nbytes(info.values), float(np.sqrt(error / size)) if size else 0.0
        )
        for kind, (error, size) in sums.items()
    )
    return TensorSensitivity(info.name, layer, name, info.shape, info.type.name, choices)


def _offered(tensor: TensorSensitivity, kept: set[str]) -> TensorSensitivity:
    """Without the probe, where nobody asked for that type."""
    choices = tuple(one for one in tensor.choices if one.type in kept)
    return replace(tensor, choices=choices) if choices else tensor


def _plan(source: Path) -> Planned:
    """Which tensors llama.cpp quantizes at all: a dry run with a type that fits nearly every width."""
    return prepare(QuantizeJob(str(source), "", "Q4_0", plan_only=True), _ignore_notices).plan


def _ignore_notices(event: JobEvent) -> None:
    """The dry run speaks of a quantization that nobody asked for."""
    if not isinstance(event, JobNotice):
        raise TypeError(event)


def _can_be_quantized(one: TensorPlan) -> bool:
    return TENSOR_TYPES[one.after].block > 1 and one.shape[0] % GGML_TYPES[8].block == 0


def importance_of(job: SensitivityJob, stored: dict[str, StoredTensor]) -> dict[str, Floats]:
    """Mean squares [matrices, columns] by tensor. Raises `UserError` imatrix.*."""
    if not job.imatrix:
        return {}
    widths = {name: one.info.shape[0] for name, one in stored.items()}
    entries = read_imatrix(Path(job.imatrix), widths).entries
    fitting = {
        name: entry.means()
        for name, entry in entries.items()
        if name in stored and stored[name].info.shape[0] == entry.sums.shape[1]
    }
    if not fitting:
        raise UserError("imatrix.other_model", path=job.imatrix)
    return fitting


def _shifted(tell: Tell, start: float) -> Tell:
    """Progress of what comes after the first part."""

    def tell_rest(event: JobEvent) -> None:
        if isinstance(event, JobStep):
            event = replace(event, fraction=start + event.fraction * (1 - start))
        tell(event)

    return tell_rest
