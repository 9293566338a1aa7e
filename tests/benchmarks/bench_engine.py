"""The engine against the bare library, in one run: `python tests/benchmarks/bench_engine.py [--rounds N]`.

Everything is measured in turns (A B A B …), so that a machine that drifts drifts for both; medians of
pairwise ratios are printed, one JSON object a line. Run it on an otherwise idle machine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec

from engine.backends.llama_cpp import tuning
from engine.backends.llama_cpp.threads import default_threads
from engine.protocol.commands import Generate
from engine.protocol.events import AnyEvent, Failed, GenerationDone, Token, WorkerDied
from engine.protocol.values import ChatRequest, ContextParams, ModelSpec, PromptOptions
from engine.sampling.params import SamplingParams
from tests.support.engine import Driver, ask, running_engine
from tests.support.starter import installed_starter

N_CTX = 4096
DEPTH = 1500
TEXT = "The lathe turns the work while the tool stands still, and the turner chooses the speed. "


class Reference:
    """The bare loop in its own process, with the environment that any program would have."""

    def __init__(self, path: str, buffers: str) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "GOMP_SPINCOUNT"}
        script = Path(__file__).with_name("bare_loop.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script), path, str(default_threads()), str(N_CTX), buffers],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def ask(self, **order: Any) -> float:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return float(self._read()["tps"])

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def raw(text: str, **sampling: Any) -> ChatRequest:
    """A prompt without template, so that its length is known."""
    request = ask(text, **sampling)
    return msgspec.structs.replace(request, prompt=PromptOptions(raw=True, reply_room=200))


def fill(driver: Driver, tokens: int, salt: str) -> ChatRequest:
    """A raw prompt of about `tokens` tokens that shares no beginning with others."""
    words = f"{salt} " + TEXT * (tokens // 18 + 1)
    return raw(words[: int(tokens * 4.72)], seed=1, max_tokens=2)


def paired(
    name: str, rounds: int, ours: Callable[[], float], reference: Callable[[], float], at_least: float
) -> None:
    """Print the median ratio ours / reference."""
    pairs = [(ours(), reference()) for _ in range(rounds)]
    report(
        name,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
        at_least,
    )


def report(name: str, ours: float, reference: float, ratio: float, at_least: float) -> None:
    line = {"name": name, "ours": round(ours, 2), "reference": round(reference, 2), "ratio": round(ratio, 3)}
    print(json.dumps({**line, "at_least": at_least}), flush=True)


def decode_rate(driver: Driver, request: ChatRequest) -> float:
    """Output tokens per second as they arrive at the client, listening the way the window does: the reader
    thread takes each event, nobody else is woken for it.
    """
    stamps: list[float] = []
    ends: list[GenerationDone] = []
    ended = threading.Event()

    def listen(event: AnyEvent) -> None:
        if isinstance(event, Token):
            stamps.append(time.perf_counter())
        elif isinstance(event, GenerationDone | Failed | WorkerDied):
            stamps.append(time.perf_counter())
            ends.extend([event] if isinstance(event, GenerationDone) else [])
            ended.set()

    end = driver.client.subscribe(listen)
    driver.client.send(Generate(job=driver.client.next_job(), request=request))
    assert ended.wait(120)
    end()
    driver.drain()
    # Everything after the first token up to the end counts; the token that ends a reply is not shown.
    decoded = len(stamps) - 2 + (ends[0].finish_reason == "stop")
    return decoded / (stamps[-1] - stamps[0])


def ttft(driver: Driver, request: ChatRequest) -> float:
    """Milliseconds from sending the command to the first token event at the client."""
    started = time.perf_counter()
    driver.start(request)
    driver.until(Token)
    elapsed = (time.perf_counter() - started) * 1000
    driver.until(GenerationDone)
    return elapsed


def bench_speed(driver: Driver, reference: Reference, rounds: int) -> None:
    short = raw("Once upon a time", seed=5, max_tokens=49, stop=())
    short = msgspec.structs.replace(short, sampling=msgspec.structs.replace(short.sampling, seed=5))
    decode_rate(driver, short)
    reference.ask(do="decode", tokens=48, depth=8, flash=False)
    paired(
        "decode tokens/s, default sampling, events at the client",
        rounds,
        lambda: decode_rate(driver, short),
        lambda: reference.ask(do="decode", tokens=48, depth=8, flash=False),
        0.97,
    )
    number = iter(range(10_000))
    counted: list[int] = []

    def prompt_rate() -> float:
        done = driver.generate(fill(driver, 512, f"{next(number)}"))
        counted.append(done.metrics.prompt_tokens - done.metrics.reused_tokens)
        return done.metrics.input_tps

    prompt_rate()
    paired(
        "prompt tokens/s",
        rounds,
        prompt_rate,
        lambda: reference.ask(do="prompt", tokens=counted[-1]),
        0.97,
    )


def bench_depth(driver: Driver, reference: Reference, rounds: int) -> None:
    deep = fill(driver, DEPTH, "deep")
    deep = msgspec.structs.replace(deep, sampling=SamplingParams(seed=5, max_tokens=65))
    driver.generate(deep)

    def bare(flash: bool) -> float:
        return reference.ask(do="decode", tokens=64, depth=DEPTH, flash=flash)

    bare(False), bare(True)
    rows = [(decode_rate(driver, deep), bare(False), bare(True)) for _ in range(rounds)]
    # The better setting, not the luckier run: one of the two for all rounds.
    better = max((1, 2), key=lambda column: statistics.median(row[column] for row in rows))
    report(
        f"decode tokens/s at {DEPTH} tokens, against the better of flash attention on and off",
        statistics.median(row[0] for row in rows),
        statistics.median(row[better] for row in rows),
        statistics.median(row[0] / row[better] for row in rows),
        0.97,
    )


def bench_busy(driver: Driver, reference: Reference, rounds: int) -> None:
    request = raw("Once upon a time", seed=5, max_tokens=120)

    def busy(measure: Callable[[], float]) -> float:
        spinner = subprocess.Popen([sys.executable, "-c", "while True: pass"])
        try:
            time.sleep(0.3)
            return measure()
        finally:
            spinner.kill()
            spinner.wait()

    ours = [(busy(lambda: decode_rate(driver, request)), decode_rate(driver, request)) for _ in range(rounds)]
    report(
        "decode beside one busy process, against the same quiet",
        statistics.median(a for a, _ in ours),
        statistics.median(b for _, b in ours),
        statistics.median(a / b for a, b in ours),
        0.4,
    )
    order = {"do": "decode", "tokens": 24, "depth": 8, "flash": False}
    theirs = [
        (busy(lambda: reference.ask(**order)), reference.ask(**order)) for _ in range(max(2, rounds // 3))
    ]
    report(
        "  the bare library in the same situation",
        statistics.median(a for a, _ in theirs),
        statistics.median(b for _, b in theirs),
        statistics.median(a / b for a, b in theirs),
        0.0,
    )


def bench_reuse(home: Path, model: ModelSpec, rounds: int) -> None:
    context = ContextParams(n_ctx=N_CTX)
    state = str(home / "states" / "bench.kv")
    history = TEXT * (DEPTH // 18)
    with running_engine(home) as driver:
        driver.load(model, context)
        first = ask(history + "Summarise.", seed=1, max_tokens=24, state_path=state)
        reply = driver.generate(first)
        follow = ask(history + "Summarise.", reply.text, "And why?", seed=2, max_tokens=2, state_path=state)
        follow = msgspec.structs.replace(follow, token_history=((1, reply.token_ids),))
        warm: list[float] = []
        cold: list[float] = []
        for number in range(rounds):
            driver.generate(first)
            warm.append(ttft(driver, follow))
            other = ask(f"{number} {history}", reply.text, "And why?", seed=2, max_tokens=2)
            cold.append(ttft(driver, other))
        driver.generate(follow)
    report(
        f"time to first token of a follow-up at {DEPTH} tokens (ms), without against with prefix reuse",
        statistics.median(cold),
        statistics.median(warm),
        statistics.median(c / w for c, w in zip(cold, warm, strict=True)),
        10.0,
    )
    reopened: list[float] = []
    again: list[float] = []
    for number in range(max(2, rounds // 2)):
        third = ask(
            history + "Summarise.", reply.text, f"Question {number}?", seed=2, max_tokens=2, state_path=state
        )
        third = msgspec.structs.replace(third, token_history=((1, reply.token_ids),))
        with running_engine(home) as driver:
            driver.load(model, context)
            reopened.append(ttft(driver, third))
        with running_engine(home) as driver:
            driver.load(model, context)
            again.append(ttft(driver, msgspec.structs.replace(third, state_path="")))
    report(
        "time to first token of a reopened session (ms), read again against state restored",
        statistics.median(again),
        statistics.median(reopened),
        statistics.median(a / r for a, r in zip(again, reopened, strict=True)),
        5.0,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", choices=("speed", "depth", "busy", "reuse"), help="one part of it")
    parser.add_argument("--model", type=Path, help="a GGUF file; default: the starter model")
    arguments = parser.parse_args()
    rounds, only = arguments.rounds, arguments.only
    path = arguments.model or installed_starter()
    if path is None:
        sys.exit("The starter model is not installed: run python3 dev.py run once.")
    model = ModelSpec(backend="llama_cpp", name=path.stem, path=str(path))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with running_engine(home) as driver:
            loaded = driver.load(model, ContextParams(n_ctx=N_CTX))
            choices = msgspec.json.decode(
                (home / tuning.FILE_NAME).read_bytes(), type=dict[str, tuning.Tuning]
            )
            (choice,) = choices.values()
            print(
                json.dumps(
                    {
                        "engine": loaded.engine_build,
                        "threads": loaded.n_threads,
                        "flash": choice.flash,
                        "extra_buffers": choice.extra_buffers,
                    }
                ),
                flush=True,
            )
            reference = Reference(str(path), "extra" if choice.extra_buffers else "plain")
            try:
                for name, part in (("speed", bench_speed), ("depth", bench_depth), ("busy", bench_busy)):
                    if only in (None, name):
                        part(driver, reference, rounds)
            finally:
                reference.close()
        if only in (None, "reuse"):
            bench_reuse(home, model, rounds)


if __name__ == "__main__":
    main()
