"""Switching an adapter in a chat against loading the model again. Prints one JSON line.

Both are measured through a worker, as the window does it: from the wish to the first token of a reply to the
same short prompt. `switch_ms`: another adapter with the next request. `reload_ms`: load the model again, then
ask. `set_us`: what `llama_set_adapters_lora` alone takes. `first_use_ms`: an adapter that was not read yet.

    python -m tests.benchmarks.bench_adapters [MODEL.gguf] [--runs 5]
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.protocol.events import Failed, GenerationDone, Token
from engine.protocol.values import AdapterUse, ContextParams, ModelSpec
from tests.support.engine import Driver, ask, running_engine
from tests.support.starter import installed_starter
from tests.support.tiny_adapter import write_adapter

PROMPT = "Name three trees."


def first_token_ms(engine: Driver, started: float, *adapters: AdapterUse) -> float:
    request = replace(ask(PROMPT, max_tokens=2, decoding="greedy"), adapters=adapters)
    engine.start(request)
    event = engine.until(Token, Failed)
    assert isinstance(event, Token), event
    taken = (time.perf_counter() - started) * 1000
    engine.until(GenerationDone)
    return taken


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
        switched: list[float] = []
        reloaded: list[float] = []
        with running_engine(Path(folder)) as engine:
            engine.load(spec, context)
            first_token_ms(engine, time.perf_counter())
            first_use = [first_token_ms(engine, time.perf_counter(), use) for use in uses]
            for run in range(options.runs):
                switched.append(first_token_ms(engine, time.perf_counter(), uses[run % 2]))
                started = time.perf_counter()
                engine.load(spec, context)
                reloaded.append(first_token_ms(engine, started, uses[(run + 1) % 2]))
                first_token_ms(engine, time.perf_counter(), uses[run % 2])
        figures = {
            "switch_ms": round(statistics.median(switched), 1),
            "first_use_ms": round(statistics.median(first_use), 1),
            "reload_ms": round(statistics.median(reloaded), 1),
            "ratio": round(statistics.median(reloaded) / statistics.median(switched), 1),
            "set_us": round(set_us(source, paths[0], options.runs), 1),
        }
    print(json.dumps({"benchmark": "adapters", "model": source.name, **figures}))


if __name__ == "__main__":
    main()
