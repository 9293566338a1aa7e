"""Quantizing to a size or to a divergence: a type for each tensor by the sensitivity map, then the proof."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.errors import UserError
from engine.evaluate.divergence import DivergenceMeter
from engine.evaluate.scores import Divergence, summarize
from engine.library.fingerprint import model_hash
from engine.output import check_target, writing
from engine.protocol.jobs import (
    FileWritten,
    JobEvent,
    JobStep,
    QuantizeJob,
    TargetChosen,
    TargetJob,
    TargetMeasured,
)
from engine.quantize.allocate import Allocation, Walk, base_type, options_of, overrides_of
from engine.quantize.job import Prepared, prepare, write_prepared
from engine.quantize.sensitivity_map import SensitivityMap, read_map
from engine.text.file import read_text_file

Tell = Callable[[JobEvent], None]
_ATTEMPTS = 5
_NEAR = 0.9
"""A divergence from here to the wanted one is as good as met; below it the file could be smaller."""
_PASSES = 4
"""What the progress bar expects of a run with a text: the reference, a file, its text, a bit more."""


def run_target(job: TargetJob, tell: Tell) -> FileWritten:
    """Raises `UserError` sensitivity.*, target.*, and as `run_quantize` and `run_compare` do."""
    started = time.perf_counter()
    target = Path(job.target)
    check_target(target, (Path(job.source), Path(job.map)))
    found = read_map(Path(job.map))
    if found.source_hash != model_hash(Path(job.source)):
        raise UserError("sensitivity.other_model", path=job.map)
    with writing(target) as part, ExitStack() as stack:
        attempts = _Attempts(job, found, part, tell, stack)
        prepared = attempts.for_size() if job.size_bytes else attempts.for_divergence()
    bits = prepared.plan.bits_per_weight
    return FileWritten(str(target), target.stat().st_size, bits, time.perf_counter() - started)


class _Attempts:
    """Files that are written and measured until one is as wanted."""

    def __init__(
        self, job: TargetJob, found: SensitivityMap, part: Path, tell: Tell, stack: ExitStack
    ) -> None:
        self._job, self._map, self._part, self._tell = job, found, part, tell
        self._walk = Walk(options_of(found), found.fixed_bytes)
        self._began, self._passes = time.perf_counter(), 0
        self._meter: DivergenceMeter | None = None
        self._tokens: list[int] = []
        if job.text:
            self._read_reference(stack)

    def for_size(self) -> Prepared:
        """The most accurate file within the size: what a dry run says is the size that counts."""
        allocation = self._walk.within_bytes(self._job.size_bytes)
        if allocation is None:
            wanted, least = _size(self._job.size_bytes), _size(self._walk.smallest.nbytes)
            raise UserError("target.too_small", wanted=wanted, least=least)
        prepared = self._write(allocation)
        self._measure()
        return prepared

    def for_divergence(self) -> Prepared:
        """The smallest file within the divergence: predicted, and if there is a text also measured."""
        if not self._map.has_divergence:
            raise UserError("target.no_divergence")
        wanted = budget = self._job.kl
        kept: tuple[Allocation, Prepared] | None = None
        written: Allocation | None = None
        prepared: Prepared | None = None
        for _ in range(_ATTEMPTS):
            allocation = self._allocated(budget, has_other=kept is not None)
            if allocation is None or (written is not None and allocation.types == written.types):
                break
            written, prepared = allocation, self._write(allocation)
            measured = self._measure()
            if measured is None or _NEAR * wanted <= measured.mean <= wanted:
                return prepared
            if measured.mean <= wanted:
                if kept is not None and kept[0].nbytes <= allocation.nbytes:
                    break
                kept = allocation, prepared
            # Predictions are off by a factor that hardly depends on the budget. (From what was predicted for
            # this file, not from the budget: large tensors come in large steps.)
            budget = allocation.cost * 0.98 * wanted / max(measured.mean, 1e-9)
        if kept is None:
            # Nothing met it: the best that these types give, and what it has was told.
            best = self._walk.best
            if written is None or written.types != best.types:
                prepared = self._write(best)
                self._measure()
        elif written is None or written.types != kept[0].types:
            prepared = self._write(kept[0])
            self._measure()
        assert prepared is not None  # noqa: S101 - one of the branches above has written
        return prepared

    def _allocated(self, budget: float, *, has_other: bool) -> Allocation | None:
        found = self._walk.within_cost(budget)
        if found is None and not has_other and self._passes <= 1:
            wanted, least = f"{self._job.kl:.4g}", f"{self._walk.best.cost:.4g}"
            raise UserError("target.too_good", wanted=wanted, least=least)
        return found

    def _write(self, allocation: Allocation) -> Prepared:
        job = self._job
        counts: dict[str, int] = {}
        sizes = {
            (one.name, choice.type): choice.nbytes for one in self._map.tensors for choice in one.choices
        }
        for name, kind in allocation.types.items():
            counts[kind] = counts.get(kind, 0) + sizes[name, kind]
        call = QuantizeJob(
            source=job.source,
            target=job.target,
            type_name=base_type(allocation.types),
            imatrix=job.imatrix,
            overrides=overrides_of(allocation.types),
            n_threads=job.n_threads,
        )
        prepared = prepare(call, self._tell)
        cost = allocation.cost if self._map.has_divergence else -1.0
        self._tell(TargetChosen(prepared.plan.size_bytes, cost, counts))

        def tell(event: JobEvent) -> None:
            if isinstance(event, JobStep):
                event = self._step(event.fraction, event.label)
            self._tell(event)

        write_prepared(prepared, self._part, tell)
        self._passes += 1
        return prepared

    def _read_reference(self, stack: ExitStack) -> None:
        job = self._job
        text = read_text_file(Path(job.text))
        with ChunkReader(Path(job.source), job.n_ctx, n_threads=job.n_threads) as reader:
            self._tokens = reader.tokenize(text, job.n_tokens)
            folder = Path(job.target).parent
            self._meter = stack.enter_context(
                DivergenceMeter(folder, self._tokens, job.n_ctx, reader.vocab_size)
            )
            self._meter.read_reference(reader, lambda part: self._tell(self._step(part)))
        self._passes += 1

    def _measure(self) -> Divergence | None:
        """What the written file has lost; None where there is no text to tell."""
        if self._meter is None:
            return None
        with ChunkReader(self._part, self._job.n_ctx, n_threads=self._job.n_threads) as reader:
            found = summarize(self._meter.measure(reader, lambda part: self._tell(self._step(part))))
        self._passes += 1
        self._tell(TargetMeasured(self._part.stat().st_size, found.mean, found.error))
        return found

    def _step(self, part: float, label: str = "") -> JobStep:
        """As if four passes were enough; where more are needed the bar slows down, and never goes back."""
        done = self._passes + part
        expected = 1 if self._meter is None and not self._job.text else _PASSES - 1
        fraction = done / max(expected, done + (0 if done <= expected else 1))
        spent = time.perf_counter() - self._began
        left = spent / fraction * (1 - fraction) if fraction > 0.02 else -1.0
        return JobStep(min(fraction, 1.0), label, left)


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MiB"
