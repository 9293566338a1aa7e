"""`lathe imatrix`: which weights matter, measured on a text."""

import argparse
from pathlib import Path

from engine.cli.jobs import absolute, checked, find_gguf, named_text, run_job, text_or_bundled
from engine.cli.parser import LineParser, add_common
from engine.cli.quantize import print_written
from engine.cli.terminal import write_line
from engine.errors import UserError
from engine.protocol.jobs import FileWritten, ImatrixJob

_DESCRIPTION = (
    "Reads a text with a model and writes its importance matrix: the sums of the squares of what flows into "
    "every weight. The file has llama.cpp's GGUF format; give it to `lathe quantize --imatrix`."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("model", metavar="MODEL", help="a name from `lathe models`, or a path")
    add("--text", metavar="F", help="a text file, UTF-8; - reads stdin (default: a bundled text)")
    add("-o", "--out", metavar="F", type=Path, help="the file to write (required)")
    add("--tokens", metavar="N", type=int, default=0, help="read at most so many tokens (default: all)")
    add("-c", "--ctx-size", metavar="N", type=int, default=512, help="tokens of a chunk (default 512)")
    add("--threads", metavar="N", type=int, default=0, help="default: physical cores")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if args.out is None:
        reason = "the following arguments are required: --out"
        raise UserError("cli.usage", reason=reason, command="imatrix")
    with named_text(text_or_bundled(args.text)) as text:
        job = ImatrixJob(
            source=find_gguf(home, args.model),
            target=absolute(args.out),
            text=text,
            n_ctx=checked("ctx-size", args.ctx_size, 32, 32768),
            n_tokens=checked("tokens", args.tokens, 0, 1 << 31),
            n_threads=checked("threads", args.threads, 0, 512),
        )
        end = run_job(home, job, "Measuring", json_lines=args.json)
    assert isinstance(end, FileWritten)  # noqa: S101 - how such a job ends
    if args.json:
        print_written(end, json_lines=True)
    else:
        write_line(f"{end.path}: written in {end.seconds:.1f} s")
    return 0
