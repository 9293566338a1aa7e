"""How much a text's predictions change when a part of the weights is quantized.

The model stays loaded; for each group of tensors (one layer, or one kind of tensor in all layers) the
weights in memory are replaced by their quantized values, the text is read, and the weights are put back.
From the divergences of layers and of kinds follows an estimate for every single tensor: the table layers ×
kinds is fitted to both (iterative proportional fitting, Deming and Stephan 1940), beginning with the squared
errors of the weights. One more reading has everything quantized at once: errors of several tensors add up to
more than their sum (a fifth to a third more), and the estimates are scaled to what the whole really loses.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.backends.llama_cpp.codec import dequantize_rows, quantize_rows
from engine.backends.llama_cpp.model import LlamaModel
from engine.backends.llama_cpp.quantizing import QuantizeCall, quantize
from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.backends.llama_cpp.threads import default_threads
from engine.backends.llama_cpp.weights import WeightTap
from engine.errors import UserError
from engine.evaluate.divergence import DivergenceMeter
from engine.library.gguf_header import read_header
from engine.output import check_space, part_path
from engine.protocol.jobs import GroupMeasured, JobEvent, JobStep, SensitivityJob
from engine.protocol.values import ContextParams
from engine.quantize.sensitivity import StoredTensor, importance_of, stored_tensors
from engine.quantize.sensitivity_map import Group, SensitivityMap, TensorSensitivity
from engine.quantize.types import FILE_TYPES, TENSOR_TYPES, is_lossy
from engine.text.file import read_text_file

Tell = Callable[[JobEvent], None]
LAYER, KIND, WHOLE = "layer", "kind", "whole"
_ROUNDS = 60
_LEAST = 1e-9
"""A divergence below what 16 bits of a reference can tell; the estimate needs something above zero."""


def check_text(job: SensitivityJob) -> None:
    """By the vocabulary alone, before anything is measured. Raises `UserError` text.too_short, model.*,
    file.*.
    """
    content = read_text_file(Path(job.text))
    read_header(Path(job.source))  # a damaged file is refused before native code sees it
    model = LlamaModel(job.source, ContextParams(), extra_buffers=False, vocab_only=True)
    try:
        found = len(model.vocab.tokenize(content, add_special=True, parse_special=False))
    finally:
        model.close()
    found = min(found, job.n_tokens or found)
    if found < job.n_ctx:
        raise UserError("text.too_short", found=found, needed=job.n_ctx)


def with_divergence(found: SensitivityMap, job: SensitivityJob, tell: Tell) -> SensitivityMap:
    """The map with measured groups and the weight of every tensor. Raises as `run_sensitivity`."""
    text = Path(job.text)
    content = read_text_file(text)
    names = {tensor.name for tensor in found.tensors}
    tap = WeightTap(names)
    with (
        _plain_model(found, job) as model,
        ChunkReader(model, job.n_ctx, n_threads=job.n_threads, tap=tap, writable=True) as reader,
    ):
        tokens = reader.tokenize(content, job.n_tokens)
        with DivergenceMeter(Path(job.target).parent, tokens, job.n_ctx, reader.vocab_size) as meter:
            groups = _Groups(found, job, tap, reader, meter).measure(tell)
    return replace(
        found,
        tensors=estimate(found.tensors, groups, job.probe),
        text=text.name,
        tokens=len(tokens),
        n_ctx=job.n_ctx,
        probe=job.probe,
        groups=tuple(groups),
    )


def estimate(
    tensors: Sequence[TensorSensitivity], groups: Sequence[Group], probe: str
) -> tuple[TensorSensitivity, ...]:
    """The `weight` of every tensor, so that the sums over layers and over kinds are as what was measured.

    Layers and kinds do not add up to quite the same, since divergences are not quite additive; both are
    scaled to their mean, and all of it to the divergence of the whole, where that was measured.
    """
    known = {(group.axis, group.name): max(group.kl, _LEAST) for group in groups}
    squares = {one.name: _square(one, probe) for one in tensors}
    cells: dict[tuple[int, str], float] = {}
    for one in tensors:
        if one.layer >= 0 and (KIND, one.kind) in known:
            place = (one.layer, one.kind)
            cells[place] = cells.get(place, 0.0) + squares[one.name]
    fitted = _fitted(cells, known)
    weights: dict[str, float] = {}
    for one in tensors:
        square = squares[one.name]
        if one.layer >= 0 and (one.layer, one.kind) in fitted and square > 0:
            place = (one.layer, one.kind)
            weights[one.name] = fitted[place] / max(cells[place], 1e-30)
        elif one.layer < 0 and (KIND, one.kind) in known and square > 0:
            weights[one.name] = known[KIND, one.kind] / square
    total = sum(weight * squares[name] for name, weight in weights.items())
    scale = known.get((WHOLE, ""), total) / total if total > 0 else 1.0
    weights = {name: weight * scale for name, weight in weights.items()}
    # What no group covers (a width the probe does not fit) counts like the middle of the others.
    middle = float(np.median(list(weights.values()))) if weights else 1.0
    return tuple(replace(one, weight=weights.get(one.name, middle)) for one in tensors)


def _square(one: TensorSensitivity, probe: str) -> float:
    choice = one.choice(probe)
    return choice.error**2 if choice is not None else 0.0


def _fitted(
    cells: Mapping[tuple[int, str], float], known: Mapping[tuple[str, str], float]
) -> dict[tuple[int, str], float]:
    """The table whose sums are the measured ones."""
    layers = sorted({layer for layer, _kind in cells if (LAYER, str(layer)) in known})
    kinds = sorted({kind for _layer, kind in cells})
    if not layers or not kinds:
        return {}
    table = np.array([[cells.get((layer, kind), 0.0) for kind in kinds] for layer in layers])
    rows = np.array([known[LAYER, str(layer)] for layer in layers])
    columns = np.array([known[KIND, kind] for kind in kinds])
    total = (rows.sum() + columns.sum()) / 2
    rows, columns = rows * total / rows.sum(), columns * total / columns.sum()
    for _ in range(_ROUNDS):
        table *= _ratio(rows, table.sum(axis=1))[:, None]
        table *= _ratio(columns, table.sum(axis=0))[None, :]
    return {
        (layer, kind): float(table[row, column])
        for row, layer in enumerate(layers)
        for column, kind in enumerate(kinds)
    }


def _ratio(wanted: NDArray[np.float64], found: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(wanted, found, out=np.zeros_like(wanted), where=found > 0)


class _Groups:
    """One run over all groups."""

    def __init__(
        self,
        found: SensitivityMap,
        job: SensitivityJob,
        tap: WeightTap,
        reader: ChunkReader,
        meter: DivergenceMeter,
    ) -> None:
        self._probe, self._tap, self._reader, self._meter = job.probe, tap, reader, meter
        self._threads = job.n_threads or default_threads()
        self._stored = stored_tensors(Path(job.source))
        self._importance = importance_of(job, self._stored)
        self._tensors = [one for one in found.tensors if one.choice(job.probe) is not None]

    def measure(self, tell: Tell) -> list[Group]:
        """The reference first, then group after group; each is told."""
        groups = list(_named(self._tensors))
        passes = len(groups) + 1
        began = time.perf_counter()

        def step(number: int, label: str, part: float) -> None:
            fraction = (number + part) / passes
            spent = time.perf_counter() - began
            tell(JobStep(fraction, label, spent / fraction * (1 - fraction)))

        self._meter.read_reference(self._reader, lambda part: step(0, "", part))
        self._tap.stop_searching()
        found: list[Group] = []
        for number, (axis, name, tensors) in enumerate(groups, 1):
            with self._changed(tensors) as count:
                if not count:
                    continue
                label = f"blk.{name}" if axis == LAYER else name

                def tell_part(part: float, number: int = number, label: str = label) -> None:
                    step(number, label, part)

                kl = float(self._meter.measure(self._reader, tell_part).mean())
            found.append(Group(axis, name, kl))
            tell(GroupMeasured(axis, name, kl))
        return found

    @contextmanager
    def _changed(self, names: Sequence[str]) -> Iterator[int]:
        """With these tensors quantized; how many of them the graph has."""
        present = [name for name in names if name in self._tap.found]
        for name in present:
            self._put(name, self._probe)
        try:
            yield len(present)
        finally:
            for name in present:
                self._put(name, "")

    def _put(self, name: str, probe: str) -> None:
        """The values of a tensor as the loaded model holds them, quantized in between if a probe is named."""
        stored: StoredTensor = self._stored[name]
        width = stored.info.shape[0]
        rows = stored.rows(threads=self._threads)
        if probe:
            weights = self._importance.get(name)
            matrices = 1 if weights is None else len(weights)
            height = len(rows) // matrices
            for number in range(matrices):
                part = rows[number * height : (number + 1) * height]
                importance = None if weights is None else weights[number]
                packed = quantize_rows(part, probe, importance, self._threads)
                part[:] = dequantize_rows(packed, probe, width, self._threads)
        held = self._tap.type_of(name)
        self._tap.replace(name, quantize_rows(rows, held, None, self._threads))


def _named(tensors: Sequence[TensorSensitivity]) -> Iterator[tuple[str, str, list[str]]]:
    """(axis, name, tensors) of everything, of all layers, then of all kinds."""
    yield WHOLE, "", [one.name for one in tensors]
    layers = sorted({one.layer for one in tensors if one.layer >= 0})
    for layer in layers:
        yield LAYER, str(layer), [one.name for one in tensors if one.layer == layer]
    for kind in dict.fromkeys(one.kind for one in tensors):
        yield KIND, kind, [one.name for one in tensors if one.kind == kind]


@contextmanager
def _plain_model(found: SensitivityMap, job: SensitivityJob) -> Iterator[Path]:
    """The model, or a copy in half precision while it is loaded: quantized weights cannot hold others."""
    if not any(is_lossy(one.before) for one in found.tensors):
        yield Path(job.source)
        return
    # Under the name that whoever kills this job cleans up.
    copy = part_path(Path(job.target))
    check_space(
        copy, found.fixed_bytes + sum(TENSOR_TYPES["F16"].nbytes(one.values) for one in found.tensors)
    )
    lines: list[str] = []
    call = QuantizeCall(job.source, str(copy), FILE_TYPES["F16"].number, job.n_threads or default_threads())
    try:
        if not quantize(call, lines.append):
            reason = lines[-1].strip() if lines else "llama.cpp gave no reason"
            raise UserError("quantize.failed", path=job.source, reason=reason)
        yield copy
    finally:
        copy.unlink(missing_ok=True)
