"""`lathe export`: what a run has learned, for other programs, checked against the run."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.finetune import base_path
from engine.cli.jobs import absolute, run_job
from engine.cli.parser import LineParser, add_common
from engine.cli.terminal import write_json, write_line
from engine.errors import UserError
from engine.finetune.run_folder import find_run
from engine.protocol.finetune import Exported, ExportJob

_TARGETS = ("adapter", "safetensors", "gguf")
_TYPES = (
    "of the weights: f16 (default), bf16 or f32; "
    "of a whole model as GGUF also q8_0, q6_k, q5_k_m, q4_k_m, q4_0"
)
_DESCRIPTION = (
    "Writes what a run has learned: as an adapter in PEFT's format, as a safetensors folder with the adapter "
    "merged into the model, or as GGUF for llama.cpp. The result is read back and compared with the trained "
    "model on held-out text; if they differ it is removed."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("run", metavar="RUN", help="its id, the beginning or end of it, its name, or last")
    add("--to", metavar="FORMAT", choices=_TARGETS, help="adapter, safetensors or gguf (required)")
    add("-o", "--out", metavar="P", type=Path, help="the folder or the file to write (required)")
    add("-t", "--type", metavar="T", default="f16", help=_TYPES)
    add("--merge", action="store_true", help="with --to gguf: the whole model instead of an adapter")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    missing = [name for name, value in (("--to", args.to), ("--out", args.out)) if value is None]
    if missing:
        reason = f"the following arguments are required: {', '.join(missing)}"
        raise UserError("cli.usage", reason=reason, command="export")
    folder = find_run(home, args.run)
    base = base_path(home, folder.recipe())
    job = ExportJob(str(home), folder.id, args.to, absolute(args.out), args.type, args.merge, base)
    end = run_job(home, job, "Exporting", json_lines=args.json)
    assert isinstance(end, Exported)  # noqa: S101 - how such a job ends
    _print(end, json_lines=args.json)
    return 0


def _print(end: Exported, *, json_lines: bool) -> None:
    if json_lines:
        write_json(
            {
                "event": "done",
                "path": end.path,
                "size_bytes": end.size_bytes,
                "kl_mean": end.kl,
                "kl_max": end.kl_max,
                "top1_agreement": end.top1,
                "tokens": end.tokens,
                "seconds": round(end.seconds, 3),
            }
        )
        return
    write_line(f"{end.path}  {tables.size(end.size_bytes)}")
    write_line(
        f"Agrees with the trained model: mean KL {end.kl:.1e} (at most {end.kl_max:.1e}), "
        f"the same best token in {end.top1:.1%} of {end.tokens:,} places"
    )
