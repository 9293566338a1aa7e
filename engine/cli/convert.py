"""`lathe convert`: a safetensors folder becomes a GGUF file."""

import argparse
from pathlib import Path

from engine.cli.jobs import absolute, run_job
from engine.cli.parser import LineParser, add_common
from engine.cli.quantize import print_written
from engine.cli.runtime import opened_store
from engine.errors import UserError
from engine.protocol.jobs import ConvertJob, FileWritten

_DESCRIPTION = (
    "Writes a folder of safetensors as one GGUF file, which llama.cpp runs. The file appears under its name "
    "only when it is complete; an existing one is replaced."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("source", metavar="SRC", help="the folder, or its name from `lathe models`")
    add("-o", "--out", metavar="F.gguf", type=Path, help="the file to write (required)")
    add("-t", "--type", metavar="T", default="f16", help="f16 (default), bf16, f32 or q8_0")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if args.out is None:
        reason = "the following arguments are required: --out"
        raise UserError("cli.usage", reason=reason, command="convert")
    job = ConvertJob(_find(home, args.source), absolute(args.out), args.type)
    end = run_job(home, job, "Converting", json_lines=args.json)
    assert isinstance(end, FileWritten)  # noqa: S101 - how such a job ends
    print_written(end, json_lines=args.json)
    return 0


def _find(home: Path, name: str) -> str:
    """A path that is there as it is; what it holds the job finds out. Else a name of the library."""
    path = Path(name).expanduser()
    if path.exists() or len(path.parts) > 1:
        return str(path.absolute())
    from engine.chat.models import model_folders  # noqa: PLC0415
    from engine.library.catalog import find_model  # noqa: PLC0415

    with opened_store(home) as store:
        return find_model(name, home, model_folders(store)).path
