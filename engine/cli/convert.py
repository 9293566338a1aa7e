"""`lathe convert`: a safetensors folder becomes a GGUF file, a GGUF such a folder; adapters likewise."""

import argparse
from pathlib import Path

from engine.cli.jobs import absolute, run_job
from engine.cli.parser import LineParser, add_common
from engine.cli.quantize import print_written
from engine.cli.runtime import opened_store
from engine.errors import UserError
from engine.protocol.jobs import ConvertJob, FileWritten

_DESCRIPTION = (
    "Writes a folder of safetensors as one GGUF file, which llama.cpp runs, or a GGUF as a folder that "
    "transformers loads: quantized weights become numbers again, as coarse as they were. The name after "
    "--out says which: F.gguf is a file, anything else a folder. A LoRA adapter in PEFT's format becomes a "
    "GGUF adapter, and back; with --adapter one is merged into the model. What is written appears under its "
    "name only when it is complete; an existing file is replaced, a folder that holds something never."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("source", metavar="SRC", help="the folder or the GGUF, or its name from `lathe models`")
    add("-o", "--out", metavar="OUT", type=Path, help="the file or the folder to write (required)")
    add("-t", "--type", metavar="T", help="f16 (default; of adapters f32), bf16, f32, and for files q8_0")
    add("--adapter", metavar="DIR", type=Path, help="a LoRA adapter to merge into the model")
    add("--base", metavar="MODEL", help="the model that the adapter SRC was made for, a path or a name")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if args.out is None:
        reason = "the following arguments are required: --out"
        raise UserError("cli.usage", reason=reason, command="convert")
    source = _find(home, args.source)
    job = ConvertJob(
        source,
        absolute(args.out),
        args.type or ("f32" if _is_adapter(Path(source)) else "f16"),
        adapter=absolute(args.adapter) if args.adapter is not None else "",
        base=_find(home, args.base) if args.base is not None else "",
    )
    end = run_job(home, job, "Converting", json_lines=args.json)
    assert isinstance(end, FileWritten)  # noqa: S101 - how such a job ends
    print_written(end, json_lines=args.json)
    return 0


def _is_adapter(path: Path) -> bool:
    if path.is_dir():
        return (path / "adapter_config.json").is_file()
    from engine.library.gguf_header import read_header  # noqa: PLC0415

    try:
        return read_header(path).metadata.get("general.type") == "adapter"
    except UserError:
        return False  # the job says what is wrong with it


def _find(home: Path, name: str) -> str:
    """A path that is there as it is; what it holds the job finds out. Else a name of the library."""
    path = Path(name).expanduser()
    if path.exists() or len(path.parts) > 1:
        return str(path.absolute())
    from engine.chat.models import model_folders  # noqa: PLC0415
    from engine.library.catalog import find_model  # noqa: PLC0415

    with opened_store(home) as store:
        return find_model(name, home, model_folders(store)).path
