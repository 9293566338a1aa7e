"""Work on model files against llama.cpp's own loops on the same library, as ratios. Prints one JSON line.

`quantize`: Q4_K_M through a job's process against the library call alone (`quantize_inside` leaves out the
start of the process, a fixed 0.2 s). `compare`: tokens a second of the first model of a comparison, which
keeps its distributions, and of the second, which is compared with them, against reading the same chunks and
looking at nothing. `imatrix`: against reading the same chunks. Each is the best of some runs, taken in turn.

    python -m tests.benchmarks.bench_models [MODEL.gguf] [--runs 3]
"""

import argparse
import json
import queue
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine.backends.llama_cpp.quantizing import QuantizeCall, quantize
from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.backends.llama_cpp.threads import default_threads
from engine.client.job_process import JobProcess
from engine.evaluate.job import run_compare
from engine.evaluate.texts import default_text
from engine.protocol.jobs import (
    CompareJob,
    FileWritten,
    ImatrixJob,
    JobEnd,
    JobEvent,
    ModelCompared,
    QuantizeJob,
)
from engine.quantize.imatrix import measure
from engine.quantize.types import FILE_TYPES
from tests.support.starter import installed_starter

N_CTX, N_TOKENS = 512, 1536


def best(runs: int, *works: Callable[[], float]) -> list[float]:
    """The least of each, taken in turn so that all meet the same weather."""
    return [min(column) for column in zip(*([work() for work in works] for _ in range(runs)), strict=True)]


def bench_quantize(source: Path, folder: Path, runs: int) -> dict[str, float]:
    inside: list[float] = []

    def library() -> float:
        call = QuantizeCall(
            str(source), str(folder / "a.gguf"), FILE_TYPES["Q4_K_M"].number, default_threads()
        )
        started = time.perf_counter()
        assert quantize(call, lambda _: None)
        return time.perf_counter() - started

    def job() -> float:
        events: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
        started = time.perf_counter()
        process = JobProcess(folder, QuantizeJob(str(source), str(folder / "b.gguf"), "Q4_K_M"), events.put)
        while not isinstance(event := events.get(), JobEnd):
            pass
        seconds = time.perf_counter() - started
        assert isinstance(event, FileWritten)
        inside.append(event.seconds)
        process.wait()
        return seconds

    alone, through = best(runs, library, job)
    assert (folder / "a.gguf").read_bytes() == (folder / "b.gguf").read_bytes()
    return {"quantize": alone / through, "quantize_inside": alone / min(inside)}


def bench_reading(source: Path, folder: Path, runs: int) -> dict[str, float]:
    text = default_text().read_text(encoding="utf-8")
    job = CompareJob(
        (str(source),) * 2, ("a", "b"), str(default_text()), str(folder / "c.npz"), N_CTX, N_TOKENS
    )
    second: list[float] = []

    def plain(first_output: int) -> float:
        with ChunkReader(source, N_CTX) as reader:
            tokens = reader.tokenize(text, N_TOKENS)
            started = time.perf_counter()
            for start in range(0, len(tokens), N_CTX):
                reader.read(tokens[start : start + N_CTX], first_output)
            return time.perf_counter() - started

    def compared() -> float:
        told: list[JobEvent] = []
        run_compare(job, told.append)
        first, other = (one for one in told if isinstance(one, ModelCompared))
        second.append(N_TOKENS / other.input_tps)
        return N_TOKENS / first.input_tps

    def important() -> float:
        steps: list[float] = []
        measure(
            source, text, ImatrixJob("", "", "", N_CTX, N_TOKENS), lambda _: steps.append(time.perf_counter())
        )
        chunks = N_TOKENS // N_CTX  # the first step is told after a chunk
        return (steps[-1] - steps[0]) / (chunks - 1) * chunks

    half, comparing, whole, imatrix = best(
        runs, lambda: plain(N_CTX // 2), compared, lambda: plain(0), important
    )
    return {
        "compare_first": half / comparing,
        "compare_second": half / min(second),
        "imatrix": whole / imatrix,
        "read_tokens_per_s": N_TOKENS / half,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("model", nargs="?", type=Path, default=installed_starter())
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = bench_quantize(args.model, folder, args.runs) | bench_reading(args.model, folder, args.runs)
    print(json.dumps({key: round(value, 3) for key, value in figures.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
