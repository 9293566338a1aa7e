"""Quantizing one model: look first, then write."""

import math
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.backends.llama_cpp.quantizing import Importance, QuantizeCall, quantize
from engine.backends.llama_cpp.threads import default_threads
from engine.errors import UserError
from engine.library.gguf_header import GgufHeader, TensorInfo, read_header
from engine.library.shards import part_paths
from engine.output import check_space, check_target, writing
from engine.protocol.jobs import FileWritten, JobEvent, JobNotice, JobStep, Planned, QuantizeJob, TensorPlan
from engine.quantize.imatrix_file import read_imatrix
from engine.quantize.imatrix_values import Imatrix
from engine.quantize.log import QuantizeLog
from engine.quantize.types import FILE_TYPES, TENSOR_TYPE_NUMBERS, TENSOR_TYPES, canonical, is_lossy

Tell = Callable[[JobEvent], None]
_MEGABYTE = 1 << 20
_TELLING = 1 << 18
"""Values after which the pace says something."""


class Prepared(NamedTuple):
    """What is going to be written, and the call that writes it."""

    call: QuantizeCall
    plan: Planned
    needs_imatrix: bool


def run_quantize(job: QuantizeJob, tell: Tell) -> Planned | FileWritten:
    """Raises `UserError` model.*, quantize.*, imatrix.*, output.*."""
    started = time.perf_counter()
    target = Path(job.target)
    prepared = prepare(job, tell)
    plan = prepared.plan
    if job.plan_only:
        return plan
    with writing(target) as part:
        write_prepared(prepared, part, tell)
    return FileWritten(
        str(target), target.stat().st_size, plan.bits_per_weight, time.perf_counter() - started
    )


def prepare(job: QuantizeJob, tell: Tell) -> Prepared:
    """Look before anything is written: sizes, notices, space. Raises as `run_quantize`."""
    source, target = Path(job.source), Path(job.target)
    parts = part_paths(source)
    headers = [read_header(part) for part in parts]
    _check_source(source, headers[0])
    if not job.plan_only:
        check_target(target, (*parts, *([Path(job.imatrix)] if job.imatrix else [])))
    tensors = [info for header in headers for info in header.tensors]
    call = _make_call(job, tensors)
    plan, needs_imatrix = _plan(call, headers, tensors)
    for notice in _notices(job, tensors, plan):
        tell(notice)
    if not job.plan_only:
        if needs_imatrix:
            raise UserError("quantize.needs_imatrix", type=canonical(job.type_name))
        check_space(target, plan.size_bytes)
    return Prepared(call, plan, needs_imatrix)


def write_prepared(prepared: Prepared, part: Path, tell: Tell) -> None:
    """Write to `part`, which is not yet the target. Raises `UserError` quantize.*, output.no_space."""
    _write(prepared.call._replace(target=str(part)), prepared.plan, tell)


def _check_source(path: Path, header: GgufHeader) -> None:
    if header.metadata.get("general.type") == "adapter":
        raise UserError("model.is_adapter", path=path)
    if not isinstance(header.metadata.get("general.architecture"), str) or not header.tensors:
        raise UserError("quantize.no_model", path=path)


def _make_call(job: QuantizeJob, tensors: Sequence[TensorInfo]) -> QuantizeCall:
    chosen = FILE_TYPES.get(canonical(job.type_name))
    if chosen is None:
        raise UserError("quantize.unknown_type", name=job.type_name, known=", ".join(FILE_TYPES))
    importance, metadata = _importance(Path(job.imatrix), tensors) if job.imatrix else (None, ())
    return QuantizeCall(
        source=job.source,
        target=job.target,
        file_type=chosen.number,
        n_threads=job.n_threads or default_threads(),
        overrides=[_override(pattern, kind) for pattern, kind in job.overrides],
        importance=importance,
        metadata=metadata,
    )


def _override(pattern: str, kind: str) -> tuple[str, int]:
    name = kind.upper()
    if name not in TENSOR_TYPES:
        raise UserError("quantize.unknown_tensor_type", name=kind, known=", ".join(TENSOR_TYPES))
    try:
        re.compile(pattern)
    except re.error as error:
        raise UserError("quantize.pattern", pattern=pattern, reason=str(error)) from None
    return pattern, TENSOR_TYPE_NUMBERS[name]


def _importance(
    path: Path, tensors: Sequence[TensorInfo]
) -> tuple[Importance, tuple[tuple[str, str | int], ...]]:
    """The weights of the columns, and what the file will say about them: the keys of llama-quantize."""
    widths = {info.name: info.shape[0] for info in tensors}
    imatrix: Imatrix = read_imatrix(path, widths)
    fitting = [name for name, entry in imatrix.entries.items() if widths.get(name) == entry.sums.shape[1]]
    wrong = [name for name in imatrix.entries if name in widths and name not in fitting]
    if wrong or not fitting:
        raise UserError("imatrix.other_model", path=path)
    said: list[tuple[str, str | int]] = [("quantize.imatrix.file", path.name)]
    if imatrix.datasets:
        said.append(("quantize.imatrix.dataset", imatrix.datasets[0]))
    said.append(("quantize.imatrix.entries_count", len(fitting)))
    if imatrix.chunk_count > 0:
        said.append(("quantize.imatrix.chunks_count", imatrix.chunk_count))
    return {name: imatrix.entries[name].means() for name in fitting}, tuple(said)


def _plan(
    call: QuantizeCall, headers: Sequence[GgufHeader], tensors: Sequence[TensorInfo]
) -> tuple[Planned, bool]:
    """A dry run: takes some hundredths of a second."""
    log = QuantizeLog()
    if not quantize(call._replace(dry_run=True), lambda text: _void(log.feed(text))):
        raise UserError("quantize.failed", path=call.source, reason=log.failure or "llama.cpp gave no reason")
    plans = tuple(_tensor_plan(info, log) for info in tensors)
    values = sum(info.values for info in tensors)
    alignment = headers[0].alignment
    size = headers[0].data_offset + sum(-(-one.nbytes // alignment) * alignment for one in plans)
    bits = sum(one.nbytes for one in plans) * 8 / max(values, 1)
    return Planned(size, bits, plans), log.needs_imatrix


def _void(_: object) -> None:
    """For callbacks that must return nothing."""


def _tensor_plan(info: TensorInfo, log: QuantizeLog) -> TensorPlan:
    after = log.becomes.get(info.name, info.type.name)
    nbytes = TENSOR_TYPES[after].nbytes(info.values) if after in TENSOR_TYPES else info.nbytes
    fallback = log.fallbacks.get(info.name)
    return TensorPlan(
        info.name, info.shape, info.type.name, after, nbytes, fallback.wanted if fallback else ""
    )


def _notices(job: QuantizeJob, tensors: Sequence[TensorInfo], plan: Planned) -> list[JobNotice]:
    notices = []
    changed = [one for one in plan.tensors if one.before != one.after]
    lossy = Counter(one.before for one in changed if is_lossy(one.before))
    if lossy:
        params = {"path": job.source, "types": ", ".join(lossy)}
        notices.append(JobNotice("quantize.requantizing", params))
    fallbacks = [one for one in plan.tensors if one.fallback_from]
    if fallbacks:
        params = {
            "count": str(len(fallbacks)),
            "total": str(len(plan.tensors)),
            "widths": ", ".join(str(width) for width in sorted({one.shape[0] for one in fallbacks})),
            "changes": ", ".join(
                f"{wanted} → {after}"
                for wanted, after in sorted({(one.fallback_from, one.after) for one in fallbacks})
            ),
        }
        notices.append(JobNotice("quantize.fallback", params))
    for pattern, _ in job.overrides:
        if not any(re.search(pattern, info.name) for info in tensors):
            notices.append(JobNotice("quantize.no_match", {"pattern": pattern}))
    return notices


def _write(call: QuantizeCall, plan: Planned, tell: Tell) -> None:
    """Progress by the values that are done, since tensors differ by a factor of thousands."""
    log = QuantizeLog()
    sizes = {one.name: math.prod(one.shape) for one in plan.tensors}
    total, done = sum(sizes.values()), 0
    began = time.perf_counter()

    def on_log(text: str) -> None:
        nonlocal done
        if not log.feed(text):
            return
        if len(log.started) > 1:
            done += sizes.get(log.started[-2], 0)
        spent = time.perf_counter() - began
        left = spent / done * (total - done) if done > _TELLING else -1.0
        tell(JobStep(done / max(total, 1), log.started[-1], left))

    if quantize(call, on_log):
        return
    if log.needs_imatrix:
        name = next(one.name for one in FILE_TYPES.values() if one.number == call.file_type)
        raise UserError("quantize.needs_imatrix", type=name)
    # llama.cpp does not say that a disk is full, only that a stream failed.
    check_space(Path(call.target), _MEGABYTE)
    raise UserError("quantize.failed", path=call.source, reason=log.failure or "llama.cpp gave no reason")
