"""`lathe quantize --target-size` and `--target-kl`: a type for each tensor, by the sensitivity map."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.jobs import absolute, checked, find_gguf, named_text, run_job, text_or_bundled
from engine.cli.quantize import print_written
from engine.cli.sensitivity import parse_size
from engine.cli.terminal import tell, write_json
from engine.errors import UserError
from engine.library.fingerprint import model_hash
from engine.protocol.jobs import (
    FileWritten,
    JobEvent,
    SensitivityJob,
    TargetChosen,
    TargetJob,
    TargetMeasured,
)
from engine.quantize.sensitivity_map import find_map, new_map_place


def run_target(args: argparse.Namespace, home: Path) -> int:
    """Measures the map first where there is none. Raises `UserError`, `Cancelled`, `BugError`."""
    _check(args)
    source = find_gguf(home, args.model)
    threads = checked("threads", args.threads, 0, 512)
    imatrix = absolute(args.imatrix) if args.imatrix else ""
    size = parse_size(args.target_size) if args.target_size else 0
    with named_text(text_or_bundled(args.text)) as text:
        found = args.sensitivity or find_map(home, model_hash(Path(source)), divergence=True)
        if found is None:
            place = new_map_place(home, source)
            measure = SensitivityJob(source, str(place), text, imatrix, n_threads=threads)
            end = run_job(home, measure, "Measuring sensitivity", json_lines=args.json)
            assert isinstance(end, FileWritten)  # noqa: S101 - how such a job ends
            found = place
        job = TargetJob(
            source=source,
            target=absolute(args.out),
            map=absolute(Path(found)),
            size_bytes=size,
            kl=args.target_kl or 0.0,
            text=text,
            imatrix=imatrix,
            n_threads=threads,
        )
        end = run_job(
            home, job, "Quantizing", json_lines=args.json, on_event=lambda event: _told(event, args.json)
        )
    assert isinstance(end, FileWritten)  # noqa: S101 - how such a job ends
    print_written(end, json_lines=args.json)
    return 0


def _check(args: argparse.Namespace) -> None:
    """Raises `UserError` cli.usage."""
    reason = ""
    if args.out is None or args.model is None:
        reason = "the following arguments are required: MODEL, --out"
    elif args.target_size and args.target_kl is not None:
        reason = "--target-size and --target-kl exclude each other"
    elif args.type or args.tensor_type or args.dry_run:
        reason = "a target decides on the types: --type, --tensor-type and --dry-run go without one"
    elif args.target_kl is not None and not 0 < args.target_kl < 100:
        reason = "--target-kl is a divergence in nats, for example 0.02"
    if reason:
        raise UserError("cli.usage", reason=reason, command="quantize")


def _told(event: JobEvent, json_lines: bool) -> None:
    if isinstance(event, TargetChosen):
        if json_lines:
            fields = {"size_bytes": event.size_bytes, "predicted_kl": event.kl, "types": event.types}
            write_json({"event": "chosen", **fields})
            return
        types = ", ".join(f"{name} {tables.size(size)}" for name, size in sorted(event.types.items()))
        predicted = f", KL {event.kl:.4f} predicted" if event.kl >= 0 else ""
        tell(f"{tables.size(event.size_bytes)}{predicted}: {types}", style="dim")
    elif isinstance(event, TargetMeasured):
        if json_lines:
            fields = {"size_bytes": event.size_bytes, "kl": event.kl, "kl_error": event.kl_error}
            write_json({"event": "measured", **fields})
            return
        tell(f"KL {event.kl:.4f} ± {event.kl_error:.4f} measured", style="dim")
