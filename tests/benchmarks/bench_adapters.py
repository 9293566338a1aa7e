"""Switching an adapter in a chat against loading the model again. Prints one JSON line.

Both are measured through a worker, as the window does it, in a chat of some hundred tokens. `switch_ms`:
from a request with another adapter until the worker has it and is about to read the prompt, saving what it
had read included. `reload_ms`: loading the model again. `ratio` is of these two. `…_first_token_ms`: until
the first token of the reply, with the prompt read again in both cases. `set_us`: what
`llama_set_adapters_lora` alone takes. `first_use_ms`: an adapter whose file was not read yet.

    python -m tests.benchmarks.bench_adapters [MODEL.gguf] [--runs 5]
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.protocol.adapters import AdapterUse
from engine.protocol.events import Failed, GenerationDone, PromptReady, Token
from engine.protocol.values import ContextParams, ModelSpec
from tests.support.engine import Driver, ask, running_engine
from tests.support.starter import installed_starter
from tests.support.tiny_adapter import write_adapter

PROMPT = "Turning wood on a lathe needs a steady hand and a sharp gouge. " * 12 + "Name three trees."


class Times(NamedTuple):
    """Milliseconds."""

    ready: float
    first_token: float


def reply(engine: Driver, state: Path, *adapters: AdapterUse) -> Times:
    asked = ask(PROMPT, max_tokens=2, decoding="greedy", state_path=str(state))
    started = time.perf_counter()
    engine.start(replace(asked, adapters=adapters))
    times = []
    for kind in (PromptReady, Token):
        event = engine.until(kind, Failed)
        assert isinstance(event, kind), event
        times.append((time.perf_counter() - started) * 1000)
    engine.until(GenerationDone)
    return Times(*times)


def set_us(model: Path, adapter: Path, runs: int) -> float:
    """Alternating between on and off, so that there is always something to change."""
    taken = []
    with ChunkReader(model, 64) as reader:
        adapters = reader.model.adapters
        adapters.use([AdapterUse(str(adapter))])
        for number in range(20 * runs):
            adapters.use([AdapterUse(str(adapter), 1.0 + number % 2)])
            started = time.perf_counter()
            adapters.put_on(reader.context.handle)
            taken.append((time.perf_counter() - started) * 1e6)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    source = options.model or installed_starter()
    if source is None:
        sys.exit("no model")
    spec = ModelSpec(backend="llama_cpp", name="model", path=str(source))
    context = ContextParams(n_ctx=1024, flash_attention="off")
    with tempfile.TemporaryDirectory() as folder:
        paths = [write_adapter(Path(folder) / f"{n}.gguf", source, seed=n, rank=8, size=0.02) for n in (1, 2)]
        uses = [AdapterUse(str(path)) for path in paths]
        switched: list[Times] = []
        reloaded: list[Times] = []
        with running_engine(Path(folder)) as engine:
            state = Path(folder) / "chat.kv"
            engine.load(spec, context)
            reply(engine, state)
            first_use = [reply(engine, state, use).ready for use in uses]
            for run in range(options.runs):
                switched.append(reply(engine, state, uses[run % 2]))
                state.unlink(missing_ok=True)  # else the state on disk would spare the reading
                started = time.perf_counter()
                engine.load(spec, context)
                ready = (time.perf_counter() - started) * 1000
                state.unlink(missing_ok=True)
                reloaded.append(Times(ready, ready + reply(engine, state, uses[run % 2]).first_token))
                state.unlink(missing_ok=True)
        figures = {
            "switch_ms": round(statistics.median(one.ready for one in switched), 1),
            "reload_ms": round(statistics.median(one.ready for one in reloaded), 1),
            "switch_first_token_ms": round(statistics.median(one.first_token for one in switched), 1),
            "reload_first_token_ms": round(statistics.median(one.first_token for one in reloaded), 1),
            "first_use_ms": round(statistics.median(first_use), 1),
            "set_us": round(set_us(source, paths[0], options.runs), 1),
        }
        figures["ratio"] = round(figures["reload_ms"] / figures["switch_ms"], 1)
    print(json.dumps({"benchmark": "adapters", "model": source.name, **figures}))


if __name__ == "__main__":
    main()
