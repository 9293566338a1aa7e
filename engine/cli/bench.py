"""`lathe bench`: the five scenarios on this machine, kept for comparison."""

import argparse
from pathlib import Path
from typing import get_args

from engine.cli import tables
from engine.cli.chat_options import STARTER, add_model_options
from engine.cli.context_options import add_context_options, context_values, with_context
from engine.cli.parser import LineParser, add_common
from engine.cli.runtime import Runtime, opened_runtime
from engine.cli.terminal import tell, write_json
from engine.errors import UserError
from engine.protocol.commands import RunBenchmark, Scenario
from engine.protocol.events import AnyEvent, BenchmarkDone, JobProgress
from engine.protocol.values import ContextParams, LoadedModel
from engine.store.records import BenchmarkRecord

SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)
_HEAD = ("SCENARIO", "FIRST TOKEN", "INPUT", "OUTPUT", "PEAK MEMORY")


def fill(parser: LineParser) -> None:
    """Options."""
    parser.add_argument(
        "--scenario",
        action="append",
        choices=SCENARIOS,
        help="only this one (can be given several times; default: all five)",
    )
    add_model_options(parser, positional=True)
    add_context_options(parser)
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if args.model is None and args.fake_model is None:
        raise UserError("cli.usage", reason="the following arguments are required: MODEL", command="bench")
    context = with_context(ContextParams(), context_values(args))
    with opened_runtime(home) as runtime:
        loaded = runtime.load(args.model or STARTER, context, args.fake_model)
        done = [
            _measure(runtime, loaded, scenario, json_lines=args.json)
            for scenario in dict.fromkeys(args.scenario or SCENARIOS)
        ]
    if not args.json:
        _print(loaded, done)
    return 0


def _measure(runtime: Runtime, loaded: LoadedModel, scenario: Scenario, *, json_lines: bool) -> BenchmarkDone:
    def on_event(event: AnyEvent) -> None:
        if isinstance(event, JobProgress):
            runtime.progress.job(f"Measuring: {scenario}", event)

    try:
        command = RunBenchmark(job=runtime.next_job(), scenario=scenario)
        done = runtime.ask(command, (BenchmarkDone,), on_event)
    finally:
        runtime.progress.clear()
    assert isinstance(done, BenchmarkDone)  # noqa: S101 - as `ask` promises
    runtime.store.benchmarks.save(_record(loaded, done))
    if json_lines:
        write_json(_fields(done))
    return done


def _print(loaded: LoadedModel, done: list[BenchmarkDone]) -> None:
    rows = [
        (
            one.scenario,
            f"{one.ttft_ms:.0f} ms",
            f"{one.input_tps:.1f} tok/s",
            f"{one.output_tps:.1f} tok/s",
            tables.size(one.peak_rss_bytes),
        )
        for one in done
    ]
    build = loaded.engine_build.partition(" (")[0]
    tell(f"{loaded.name} · {loaded.device} · {loaded.n_threads} threads · {build}", style="dim")
    tables.print_table(_HEAD, rows, right=(1, 2, 3, 4))


def _fields(done: BenchmarkDone) -> dict[str, object]:
    return {
        "scenario": done.scenario,
        "ttft_ms": round(done.ttft_ms, 2),
        "input_tps": round(done.input_tps, 2),
        "output_tps": round(done.output_tps, 2),
        "peak_rss_bytes": done.peak_rss_bytes,
        "prompt_tokens": done.prompt_tokens,
        "output_tokens": done.output_tokens,
    }


def _record(loaded: LoadedModel, done: BenchmarkDone) -> BenchmarkRecord:
    return BenchmarkRecord(
        id="",
        model_name=loaded.name,
        model_hash=loaded.model_hash,
        scenario=done.scenario,
        ttft_ms=done.ttft_ms,
        input_tps=done.input_tps,
        output_tps=done.output_tps,
        peak_rss_bytes=done.peak_rss_bytes,
        prompt_tokens=done.prompt_tokens,
        output_tokens=done.output_tokens,
        device=loaded.device,
        engine_build=loaded.engine_build,
    )
