"""What looking inside costs, in one run: `python tests/benchmarks/bench_inspect.py [--rounds N]`.

Decoding with live attention against capture off (same kernel, same seed), and with `--torch-python PATH` the
whole attention of a 1,000-token text against transformers' eager attention, in time and in peak memory of
the process. Everything is measured in turns (A B A B …); medians of pairwise ratios are printed, one JSON
object a line. Run it on an otherwise idle machine.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec
import psutil

from engine.backends.llama_cpp.threads import default_threads
from engine.protocol.commands import Inspect, Tokenize
from engine.protocol.events import Failed, Inspected, TapFrame, Tokens
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import ContextParams, ModelSpec
from tests.benchmarks.bench_engine import TEXT, decode_rate, raw, report
from tests.support.engine import Driver, running_engine
from tests.support.starter import installed_starter

LENGTH = 1000
DECODED = 65
CONTEXT = ContextParams(n_ctx=2048, flash_attention="off")


class Eager:
    """Transformers in its own process and environment."""

    def __init__(self, python: str, path: Path, threads: int) -> None:
        script = Path(__file__).with_name("eager_attention.py")
        self._process = subprocess.Popen(
            [python, str(script), str(path), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._read()

    def look(self, ids: tuple[int, ...]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"ids": ids}) + "\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def bench_live(home: Path, model: ModelSpec, rounds: int) -> None:
    """One layer and all layers live, each beside the same reply without. To look or not to look exchanges the
    context, so of two equal replies in a row the second counts.
    """
    plain = raw("Once upon a time", seed=5, max_tokens=DECODED)
    one = msgspec.structs.replace(plain, taps=TapSpec(layers=(15,)))
    every = msgspec.structs.replace(plain, taps=TapSpec())
    pairs: dict[str, list[tuple[float, float]]] = {"one": [], "every": []}
    with running_engine(home) as driver:
        driver.load(model, CONTEXT)
        for request in (plain, one, every):
            _rate(driver, request)
        for _ in range(rounds):
            off, looked, all_looked = (_second_rate(driver, request) for request in (plain, one, every))
            pairs["one"].append((looked, off))
            pairs["every"].append((all_looked, off))
    names = {"one": ("one layer's attention", 0.90), "every": ("the attention of all layers", 0.80)}
    for key, (words, at_least) in names.items():
        report(
            f"decode tokens/s with {words} live, against capture off",
            statistics.median(ours for ours, _ in pairs[key]),
            statistics.median(off for _, off in pairs[key]),
            statistics.median(ours / off for ours, off in pairs[key]),
            at_least,
        )


def _second_rate(driver: Driver, request: Any) -> float:
    _rate(driver, request)
    return _rate(driver, request)


def _rate(driver: Driver, request: Any) -> float:
    frames: list[int] = []
    end = driver.client.subscribe(
        lambda event: frames.append(event.seq) if isinstance(event, TapFrame) else None
    )
    rate = decode_rate(driver, request)
    end()
    assert bool(frames) == (request.taps is not None), f"{len(frames)} frames for {request.taps}"
    return rate


def bench_full(home: Path, model: ModelSpec, python: str, rounds: int) -> None:
    """The same ids through all; ours is written to a file, which is part of its time. Eager attention keeps
    its float32 in memory.
    """
    threads = default_threads()
    eager = Eager(python, Path(model.path), threads)
    times: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    peaks = (1, 1)
    try:
        for _ in range(rounds):
            for half, pairs in times.items():
                # A fresh worker each time: its peak is then that of one look.
                with running_engine(home) as driver:
                    driver.load(model, CONTEXT)
                    ids, seconds, peak = _look(driver, home, half)
                theirs = eager.look(ids)
                pairs.append((seconds, theirs["seconds"]))
                assert theirs["shape"][-1] == len(ids)
                peaks = (max(peak, peaks[0]), theirs["peak_bytes"])
    finally:
        eager.close()
    for half, pairs in times.items():
        kind = "float16" if half else "float32"
        report(
            f"attention of {LENGTH} tokens as a {kind} file (s); ratio: how much faster than eager",
            statistics.median(ours for ours, _ in pairs),
            statistics.median(eager_s for _, eager_s in pairs),
            statistics.median(eager_s / ours for ours, eager_s in pairs),
            3.0,
        )
    report(
        "  peak memory of the process (MB); ratio: how much less",
        peaks[0] / 1e6,
        peaks[1] / 1e6,
        peaks[1] / peaks[0],
        1.0,
    )


def _look(driver: Driver, home: Path, half: bool) -> tuple[tuple[int, ...], float, int]:
    """(ids, seconds from the command to the answer, the worker's peak bytes)."""
    driver.send(Tokenize(job=driver.client.next_job(), text=TEXT * (LENGTH // 15)))
    tokens = driver.until(Tokens)
    assert isinstance(tokens, Tokens)
    out = home / "attention.npz"
    request = InspectRequest(
        reply=tokens.ids[: LENGTH - 1], taps=TapSpec(), out_path=str(out), half=half, limit_bytes=1 << 32
    )
    started = time.perf_counter()
    driver.send(Inspect(job=driver.client.next_job(), request=request))
    answer = driver.until(Inspected, Failed)
    seconds = time.perf_counter() - started
    assert isinstance(answer, Inspected), answer
    assert len(answer.token_ids) == LENGTH
    out.unlink()
    return answer.token_ids, seconds, _worker_peak()


def _worker_peak() -> int:
    """The most memory that the worker has had so far, as the system counts it."""
    (worker,) = [one for one in psutil.Process().children() if "engine.worker" in " ".join(one.cmdline())]
    status = Path(f"/proc/{worker.pid}/status")
    if not status.exists():
        return int(worker.memory_info().rss)
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--torch-python", metavar="PATH", help="an interpreter with torch and transformers")
    options = parser.parse_args()
    path = installed_starter()
    if path is None:
        sys.exit("The starter model is not installed: run python3 dev.py run once.")
    model = ModelSpec(backend="llama_cpp", name="starter", path=str(path))
    with tempfile.TemporaryDirectory() as folder:
        bench_live(Path(folder), model, options.rounds)
        if options.torch_python:
            bench_full(Path(folder), model, options.torch_python, max(2, options.rounds // 3))


if __name__ == "__main__":
    main()
