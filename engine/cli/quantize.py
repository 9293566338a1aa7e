"""`lathe quantize`: a smaller file of the same model."""

import argparse
from collections import Counter
from pathlib import Path

from engine.cli import tables
from engine.cli.jobs import absolute, checked, find_gguf, run_job
from engine.cli.parser import LineParser, add_common
from engine.cli.terminal import write_json, write_line
from engine.errors import UserError
from engine.protocol.jobs import FileWritten, Planned, QuantizeJob
from engine.quantize.types import FAMILIES, FILE_TYPES, TENSOR_TYPES, block_structure, nominal_bits

_DESCRIPTION = (
    "Writes a GGUF model in another type. The file appears under its name only when it is complete; an "
    "existing one is replaced. `lathe quantize --list` explains the types."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("model", metavar="MODEL", nargs="?", help="a name from `lathe models`, or a path")
    add("-t", "--type", metavar="T", help="what to write: Q4_K_M, Q8_0, … (required)")
    add("-o", "--out", metavar="F.gguf", type=Path, help="the file to write (required)")
    add("--imatrix", metavar="F", type=Path, help="an importance matrix, from `lathe imatrix`")
    add(
        "--tensor-type",
        metavar="PATTERN=T",
        action="append",
        default=[],
        help="another type for tensors whose names match a regular expression (repeatable; the first wins)",
    )
    add("--threads", metavar="N", type=int, default=0, help="default: physical cores")
    add(
        "--target-size",
        metavar="SIZE",
        help="choose a type for each tensor so that the file has at most this size (90MB, 1.5GB, 85MiB)",
    )
    add(
        "--target-kl",
        metavar="X",
        type=float,
        help="the smallest file whose mean KL divergence from MODEL is at most X nats",
    )
    add(
        "--sensitivity",
        metavar="F.json",
        type=Path,
        help="the map for a target, from `lathe sensitivity` (default: the newest of this model, else it is "
        "measured first)",
    )
    add("--text", metavar="F", help="what a target's divergence is measured on (default: a bundled text)")
    add("--dry-run", action="store_true", help="only say what would be written")
    add("--list", action="store_true", help="explain the types")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if args.list:
        _list(json_lines=args.json)
        return 0
    if args.target_size or args.target_kl is not None:
        from engine.cli.quantize_target import run_target  # noqa: PLC0415 - only where it is asked for

        return run_target(args, home)
    missing = [
        name
        for name, value in (("MODEL", args.model), ("--type", args.type), ("--out", args.out))
        if value is None and not (name == "--out" and args.dry_run)
    ]
    if missing:
        reason = f"the following arguments are required: {', '.join(missing)}"
        raise UserError("cli.usage", reason=reason, command="quantize")
    job = QuantizeJob(
        source=find_gguf(home, args.model),
        target=absolute(args.out) if args.out else "",
        type_name=args.type,
        imatrix=absolute(args.imatrix) if args.imatrix else "",
        overrides=tuple(_override(text) for text in args.tensor_type),
        n_threads=checked("threads", args.threads, 0, 512),
        plan_only=args.dry_run,
    )
    end = run_job(home, job, f"Quantizing to {args.type}", json_lines=args.json)
    if isinstance(end, Planned):
        _print_plan(end, json_lines=args.json)
    elif isinstance(end, FileWritten):
        print_written(end, json_lines=args.json)
    return 0


def print_written(end: FileWritten, *, json_lines: bool) -> None:
    """The last line of a command that wrote a model file."""
    if json_lines:
        write_json(
            {
                "event": "done",
                "path": end.path,
                "size_bytes": end.size_bytes,
                "bits_per_weight": round(end.bits_per_weight, 4),
                "seconds": round(end.seconds, 3),
            }
        )
        return
    write_line(
        f"{end.path}: {tables.size(end.size_bytes)}, {end.bits_per_weight:.2f} bits per weight, "
        f"in {end.seconds:.1f} s"
    )


def _override(text: str) -> tuple[str, str]:
    pattern, sign, kind = text.rpartition("=")
    if not sign or not pattern or not kind:
        reason = f"“{text}” is not of the form PATTERN=TYPE"
        raise UserError("cli.usage", reason=reason, command="quantize")
    return pattern, kind


def _print_plan(plan: Planned, *, json_lines: bool) -> None:
    counts = Counter(one.after for one in plan.tensors)
    sizes = Counter[str]()
    for one in plan.tensors:
        sizes[one.after] += one.nbytes
    if json_lines:
        write_json(
            {
                "event": "plan",
                "size_bytes": plan.size_bytes,
                "bits_per_weight": round(plan.bits_per_weight, 4),
                "types": dict(counts),
            }
        )
        return
    write_line(f"{tables.size(plan.size_bytes)}, {plan.bits_per_weight:.2f} bits per weight")
    rows = [
        (kind, str(count), tables.size(sizes[kind]), block_structure(TENSOR_TYPES[kind]))
        for kind, count in counts.most_common()
        if kind in TENSOR_TYPES
    ]
    tables.print_table(("TYPE", "TENSORS", "SIZE", "BLOCKS"), rows, right=(1, 2))


def _list(*, json_lines: bool) -> None:
    if json_lines:
        for one in FILE_TYPES.values():
            base = TENSOR_TYPES[one.base]
            write_json(
                {
                    "name": one.name,
                    "family": one.family,
                    "base": one.base,
                    "bits_per_weight": nominal_bits(one),
                    "block_weights": base.block,
                    "block_bytes": base.size,
                    "upgrades": one.upgrades,
                    "needs_imatrix": one.needs_imatrix,
                    "words": one.words,
                }
            )
        return
    for family, words in FAMILIES.items():
        write_line(words, style="dim")
        rows = [
            (one.name, f"{nominal_bits(one):.2f}", block_structure(TENSOR_TYPES[one.base]), one.words)
            for one in FILE_TYPES.values()
            if one.family == family
        ]
        tables.print_table(("TYPE", "BITS", "BLOCKS", "MEANING"), rows, right=(1,))
        write_line()
