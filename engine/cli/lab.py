"""`lathe lab`: what methods of quantization do to one layer."""

import argparse
import time
from pathlib import Path

from engine.cli import tables
from engine.cli.jobs import absolute, checked, find_gguf, named_text, run_job
from engine.cli.parser import LineParser, add_common
from engine.cli.terminal import tell, write_json
from engine.errors import UserError
from engine.lab.tensors import LayerTensor, layer_tensors
from engine.protocol.jobs import JobEvent
from engine.protocol.lab import LAB_METHODS, LabDone, LabJob, LabMeasure, LabScheme

_DESCRIPTION = (
    "Rounds one weight matrix of a GGUF model with several methods, and measures how far the layer's output "
    "moves on a text: round to nearest, GPTQ, AWQ, SmoothQuant, LLM.int8(). Without --tensor the matrices "
    "are listed."
)
_HEAD = ("METHOD", "BITS", "OUTPUT ERROR", "WEIGHTS ONLY", "FITTED TEXT", "WEIGHT ERROR", "TIME")
_PRINTED_DIGITS = 6


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("model", metavar="MODEL", help="a name from `lathe models`, or a path")
    add("--tensor", metavar="NAME", help="which matrix, for instance blk.5.ffn_down.weight")
    add(
        "--method",
        dest="methods",
        action="append",
        choices=LAB_METHODS,
        help="may be given several times (default: all of them)",
    )
    add("--bits", metavar="N", type=int, default=4, help="2 to 8 (default 4)")
    add("--levels", choices=("uniform", "normal", "kmeans"), default="uniform", help="default uniform")
    add("--asymmetric", action="store_true", help="from the smallest to the largest value, with a zero point")
    add("--granularity", choices=("tensor", "channel", "group"), default="group", help="default group")
    add("--group-size", metavar="N", type=int, default=64, help="inputs that share levels (default 64)")
    add(
        "--input-bits",
        metavar="N",
        type=int,
        default=8,
        help="what the layer's inputs are rounded to, 0 for as they are (default 8)",
    )
    add("--strength", metavar="X", type=float, default=0.5, help="α of SmoothQuant, 0 to 1 (default 0.5)")
    add("--threshold", metavar="X", type=float, default=6.0, help="outliers of LLM.int8() (default 6)")
    add("--text", metavar="F", help="a text file, UTF-8; - reads stdin (default: a bundled text)")
    add("--tokens", metavar="N", type=int, default=2048, help="read at most so many, 0: all (default 2048)")
    add("-c", "--ctx-size", metavar="N", type=int, default=256, help="tokens of a chunk (default 256)")
    add("-o", "--out", metavar="F.npz", type=Path, help="where to keep histograms and maps")
    add("--threads", metavar="N", type=int, default=0, help="default: physical cores")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    source = find_gguf(home, args.model)
    if args.tensor is None:
        _list(layer_tensors(Path(source)), json_lines=args.json)
        return 0
    measures: list[LabMeasure] = []

    def on_event(event: JobEvent) -> None:
        if isinstance(event, LabMeasure):
            measures.append(event)
            if args.json:
                write_json({"event": "method", **_fields(event)})

    with named_text(_text(args.text)) as text:
        end = run_job(
            home, _job(args, source, text, home), "Rounding", json_lines=args.json, on_event=on_event
        )
    assert isinstance(end, LabDone)  # noqa: S101 - how such a job ends
    if args.json:
        write_json({"event": "done", **_fields(end)})
    else:
        _print(measures)
        held = end.tokens - end.fitted_tokens
        words = f"Fitted on {end.fitted_tokens} tokens, measured on {held} others, in {end.seconds:.1f} s"
        tell(f"{words}: {end.path}", style="dim")
    return 0


def _job(args: argparse.Namespace, source: str, text: str, home: Path) -> LabJob:
    return LabJob(
        source=source,
        tensor=args.tensor,
        text=text,
        target=absolute(args.out) if args.out else _place(home),
        methods=tuple(dict.fromkeys(args.methods or LAB_METHODS)),
        scheme=LabScheme(
            bits=checked("bits", args.bits, 2, 8),
            levels=args.levels,
            symmetric=not args.asymmetric,
            granularity=args.granularity,
            group_size=checked("group-size", args.group_size, 8, 1 << 16),
        ),
        input_bits=checked("input-bits", args.input_bits, 2, 8) if args.input_bits else 0,
        strength=_within("strength", args.strength, 0.0, 1.0),
        threshold=_within("threshold", args.threshold, 0.0, 1e6),
        n_ctx=checked("ctx-size", args.ctx_size, 32, 32768),
        n_tokens=checked("tokens", args.tokens, 0, 1 << 20),
        n_threads=checked("threads", args.threads, 0, 512),
    )


def _within(name: str, value: float, minimum: float, maximum: float) -> float:
    if minimum <= value <= maximum:
        return value
    reason = "it is out of range"
    raise UserError("params.invalid", name=name, value=value, reason=reason, minimum=minimum, maximum=maximum)


def _text(name: str | None) -> str:
    if name is not None:
        return name
    from engine.evaluate.texts import default_text  # noqa: PLC0415

    return str(default_text())


def _place(home: Path) -> str:
    folder = home / "lab"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("store.unwritable", path=folder, reason=error.strerror or str(error)) from error
    return str(folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 1000:03}.npz")


def _list(tensors: list[LayerTensor], *, json_lines: bool) -> None:
    if json_lines:
        for one in tensors:
            write_json(one._asdict())
        return
    rows = [(one.name, one.type, str(one.inputs), str(one.outputs)) for one in tensors]
    tables.print_table(("TENSOR", "TYPE", "INPUTS", "OUTPUTS"), rows, right=(2, 3))


def _fields(one: LabMeasure | LabDone) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name in one.__struct_fields__:
        value = getattr(one, name)
        fields[name] = round(value, _PRINTED_DIGITS) if isinstance(value, float) else value
    return fields


def _print(measures: list[LabMeasure]) -> None:
    """The best first."""
    rows = [
        (
            one.method,
            f"{one.bits_per_weight:.2f}",
            f"{one.output_error:.2%}",
            f"{one.weights_only_error:.2%}",
            f"{one.fitted_error:.2%}",
            f"{one.weight_error:.2%}",
            f"{one.seconds:.2f} s",
        )
        for one in sorted(measures, key=lambda one: one.output_error)
    ]
    tables.print_table(_HEAD, rows, right=tuple(range(1, len(_HEAD))))
