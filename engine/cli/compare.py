"""`lathe compare`: what models differ in, on a text."""

import argparse
from collections import Counter
from pathlib import Path

from engine.cli import tables
from engine.cli.jobs import absolute, checked, find_model_path, named_text, run_job, text_or_bundled
from engine.cli.parser import LineParser, add_common
from engine.cli.terminal import tell, write_json
from engine.protocol.jobs import Compared, CompareJob, JobEvent, ModelCompared

_DESCRIPTION = (
    "Reads a text with each model and compares what they expect of every token with what the first one "
    "expects: perplexity, Kullback-Leibler divergence, how often they would say the same. The definitions "
    "are those of llama.cpp's llama-perplexity."
)
_DEFAULT_TOKENS = 4096
_HEAD = (
    "MODEL",
    "SIZE",
    "BITS",
    "PERPLEXITY",
    "KL MEAN",
    "MEDIAN",
    "99 %",
    "MAX",
    "SAME TOP",
    "INPUT",
    "OUTPUT",
)
_PRINTED_DIGITS = 6


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add(
        "models",
        metavar="MODEL",
        nargs="+",
        help="names from `lathe models`, or paths of GGUF files and safetensors folders; the first is "
        "compared with",
    )
    add("--text", metavar="F", help="a text file, UTF-8; - reads stdin (default: a bundled text)")
    add(
        "--tokens",
        metavar="N",
        type=int,
        default=_DEFAULT_TOKENS,
        help=f"read at most so many tokens, 0 for all (default {_DEFAULT_TOKENS})",
    )
    add("-c", "--ctx-size", metavar="N", type=int, default=512, help="tokens of a chunk (default 512)")
    add(
        "-o",
        "--out",
        metavar="F.npz",
        type=Path,
        help="where to keep the result of every token (default: comparisons/ in the home folder)",
    )
    add(
        "--export",
        metavar="F.md|F.csv",
        type=Path,
        action="append",
        default=[],
        help="write the figures as a Markdown or CSV table, too (repeatable)",
    )
    add("--export-tokens", metavar="F.csv", type=Path, help="write every scored token of every model as CSV")
    add("--threads", metavar="N", type=int, default=0, help="default: physical cores")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    from engine.evaluate.export import check_export, export_comparison  # noqa: PLC0415 - brings numpy
    from engine.evaluate.stored import new_place  # noqa: PLC0415

    paths = tuple(find_model_path(home, name) for name in args.models)
    results: list[ModelCompared] = []

    def on_event(event: JobEvent) -> None:
        if isinstance(event, ModelCompared):
            results.append(event)
            if args.json:
                write_json(_fields(event))

    exports = [*((path, False) for path in args.export)]
    exports += [(args.export_tokens, True)] if args.export_tokens else []
    for path, _tokens in exports:
        check_export(path)
    with named_text(text_or_bundled(args.text)) as text:
        job = CompareJob(
            paths=paths,
            names=_names(paths),
            text=text,
            target=absolute(args.out) if args.out else str(new_place(home)),
            n_ctx=checked("ctx-size", args.ctx_size, 32, 32768),
            n_tokens=checked("tokens", args.tokens, 0, 1 << 31),
            n_threads=checked("threads", args.threads, 0, 512),
        )
        end = run_job(home, job, "Comparing", json_lines=args.json, on_event=on_event)
    assert isinstance(end, Compared)  # noqa: S101 - how such a job ends
    for path, tokens in exports:
        export_comparison(Path(end.path), path, tokens=tokens)
    if args.json:
        done = {"event": "done", "path": end.path, "tokens": end.tokens, "seconds": round(end.seconds, 3)}
        write_json(done)
    else:
        _print(results)
        tell(f"{end.tokens} tokens scored in {end.seconds:.1f} s; every one of them: {end.path}", style="dim")
    return 0


def _names(paths: tuple[str, ...]) -> tuple[str, ...]:
    """File names without their ending, and with their folders where two are the same."""
    stems = Counter(Path(path).stem for path in paths)
    return tuple(Path(path).stem if stems[Path(path).stem] == 1 else path for path in paths)


def _fields(one: ModelCompared) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name in one.__struct_fields__:
        value = getattr(one, name)
        fields[name] = round(value, _PRINTED_DIGITS) if isinstance(value, float) else value
    return fields


def _print(results: list[ModelCompared]) -> None:
    rows = [
        (
            one.model,
            tables.size(one.size_bytes),
            f"{one.bits_per_weight:.2f}",
            f"{one.perplexity:.3f} ± {one.perplexity_error:.3f}",
            *(f"{value:.4f}" for value in (one.kl_mean, one.kl_median, one.kl_p99, one.kl_max)),
            f"{one.top1_agreement:.1%}",
            f"{one.input_tps:.0f} tok/s",
            f"{one.output_tps:.1f} tok/s",
        )
        for one in results
    ]
    tables.print_table(_HEAD, rows, right=tuple(range(1, len(_HEAD))))
