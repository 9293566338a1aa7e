"""`lathe sensitivity`: what each tensor of a model loses when it is quantized."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.jobs import absolute, checked, find_gguf, named_text, run_job, text_or_bundled
from engine.cli.parser import LineParser, add_common
from engine.cli.terminal import tell, write_json, write_line
from engine.errors import UserError
from engine.protocol.jobs import FileWritten, GroupMeasured, JobEvent, SensitivityJob
from engine.quantize.sensitivity_map import SensitivityMap, new_map_place, read_map

_DESCRIPTION = (
    "Quantizes every tensor of a GGUF model alone to several types and tells the error of its weights; then "
    "quantizes one layer, or one kind of tensor, at a time in memory and tells how much the predictions for "
    "a text change (Kullback-Leibler divergence). `lathe quantize --target-size` uses the map."
)
_TOKENS = 2048


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("model", metavar="MODEL", help="a name from `lathe models`, or a path")
    add("--text", metavar="F", help="a text file, UTF-8; - reads stdin (default: a bundled text)")
    add(
        "--weights-only", action="store_true", help="only the error of the weights: faster, and needs no text"
    )
    add("--imatrix", metavar="F", type=Path, help="weigh the errors by an importance matrix")
    add("--types", metavar="T,T,…", help="the tensor types to try (default: what fits of 2 to 8 bits)")
    add("--probe", metavar="T", default="Q4_0", help="what groups are quantized to (default Q4_0)")
    add("--tokens", metavar="N", type=int, default=_TOKENS, help=f"read at most so many (default {_TOKENS})")
    add("-c", "--ctx-size", metavar="N", type=int, default=512, help="tokens of a chunk (default 512)")
    add(
        "-o", "--out", metavar="F.json", type=Path, help="where to keep the map (default: in the home folder)"
    )
    add("--threads", metavar="N", type=int, default=0, help="default: physical cores")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""

    def on_event(event: JobEvent) -> None:
        if isinstance(event, GroupMeasured) and args.json:
            write_json({"event": "group", "axis": event.axis, "name": event.name, "kl": event.kl})

    source = find_gguf(home, args.model)
    with named_text(text_or_bundled(args.text)) as text:
        job = SensitivityJob(
            source=source,
            target=absolute(args.out) if args.out else str(new_map_place(home, source)),
            text="" if args.weights_only else text,
            imatrix=absolute(args.imatrix) if args.imatrix else "",
            types=tuple(name.strip().upper() for name in (args.types or "").split(",") if name.strip()),
            probe=args.probe.upper(),
            n_ctx=checked("ctx-size", args.ctx_size, 32, 32768),
            n_tokens=checked("tokens", args.tokens, 0, 1 << 31),
            n_threads=checked("threads", args.threads, 0, 512),
        )
        end = run_job(home, job, "Measuring", json_lines=args.json, on_event=on_event)
    assert isinstance(end, FileWritten)  # noqa: S101 - how such a job ends
    found = read_map(Path(end.path))
    if args.json:
        _write_lines(found)
        write_json({"event": "done", "path": end.path, "seconds": round(end.seconds, 3)})
    else:
        _print(found)
        tell(f"measured in {end.seconds:.1f} s; all tensors: {end.path}", style="dim")
    return 0


def parse_size(text: str) -> int:
    """“90MB”, “1.5 GiB”, “90000000” as bytes. Raises `UserError` cli.usage."""
    units = {"": 1, "B": 1, "K": 1e3, "M": 1e6, "G": 1e9, "KI": 1 << 10, "MI": 1 << 20, "GI": 1 << 30}
    word = text.strip().replace(" ", "").upper().removesuffix("B")
    digits = word.rstrip("KMGI")
    unit = word[len(digits) :]
    try:
        return int(float(digits) * units[unit])
    except (ValueError, KeyError, OverflowError):
        reason = f"“{text}” is no size; write 90MB, 1.5GB or 85MiB"
        raise UserError("cli.usage", reason=reason, command="quantize") from None


def _write_lines(found: SensitivityMap) -> None:
    for tensor in found.tensors:
        write_json(
            {
                "tensor": tensor.name,
                "layer": tensor.layer,
                "kind": tensor.kind,
                "type": tensor.before,
                "values": tensor.values,
                "weight": tensor.weight if found.has_divergence else None,
                "errors": {one.type: round(one.error, 6) for one in tensor.choices},
            }
        )


def _print(found: SensitivityMap) -> None:
    """Groups where they were measured, else the error of each kind."""
    if found.has_divergence:
        rows = [(one.axis, one.name, f"{one.kl:.5f}") for one in found.groups]
        tables.print_table(("GROUP", "NAME", f"KL WITH {found.probe}"), rows, right=(2,))
        return
    types = list(dict.fromkeys(one.type for tensor in found.tensors for one in tensor.choices))
    kinds = dict.fromkeys(tensor.kind for tensor in found.tensors)
    lines = []
    for kind in kinds:
        members = [tensor for tensor in found.tensors if tensor.kind == kind]
        cells = []
        for name in types:
            errors = [one.error for tensor in members for one in tensor.choices if one.type == name]
            cells.append(f"{sum(errors) / len(errors):.4f}" if errors else "")
        lines.append((kind, str(len(members)), *cells))
    write_line("Mean relative error of the weights", style="dim")
    tables.print_table(("KIND", "TENSORS", *types), lines, right=tuple(range(1, len(types) + 2)))
