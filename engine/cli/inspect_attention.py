"""`lathe inspect attention`: the attention of a text as an NPZ file."""

import argparse
from pathlib import Path
from typing import get_args

import msgspec

from engine.cli import tables
from engine.cli.files import valid_text
from engine.cli.inspect_text import add_text_options, load, look, numbers, text_request
from engine.cli.parser import LineParser
from engine.cli.runtime import opened_runtime
from engine.cli.terminal import note, write_json, write_line
from engine.errors import UserError
from engine.inspection.attention_stats import HeadStatistics, Metric, ranked
from engine.protocol.events import Inspected
from engine.protocol.inspection import TapSpec

_DESCRIPTION = (
    "Reads a text once and writes its attention to an NPZ file: `attention`, float32 (with --half float16) "
    "[layer, head, query, key], `tokens` and `token_ids`. Each row of queries sums to 1. With --prompt the "
    "text goes through the model's chat template, so the file has the template's tokens too; --raw or --text "
    "leave it as it is. Of an encoder-decoder `attention` is the decoder's, and the file also holds "
    "`encoder_attention`, `cross_attention` [layer, head, query, encoder key], `encoder_tokens` and "
    "`encoder_token_ids`."
)


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument_group("what is written").add_argument
    add("-o", "--out", metavar="F.npz", type=Path, help="the file to write (required)")
    add("--layers", metavar="LIST", type=numbers, default=(), help="only these, such as 0,3,5-7 (from 0)")
    add("--heads", metavar="LIST", type=numbers, default=(), help="only these heads of each layer (from 0)")
    add(
        "--target",
        metavar="TEXT",
        default="",
        help="what the decoder of an encoder-decoder is given (else it writes it); for an encoder, a second "
        "sentence that is read with the first",
    )
    add("--half", action="store_true", help="in float16: half the file")
    add("--limit", metavar="MIB", type=int, default=2048, help="refuse more than this (default 2048)")
    add(
        "--rank",
        metavar="METRIC",
        choices=get_args(Metric),
        help=f"also list the ten heads with the highest {', '.join(get_args(Metric))}",
    )
    add_text_options(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if args.out is None:
        reason = "the following arguments are required: --out"
        raise UserError("cli.usage", reason=reason, command="inspect attention")
    out = args.out.expanduser().absolute()
    _check_place(out)
    request = msgspec.structs.replace(
        text_request(args),
        taps=TapSpec(kinds=("attention",), layers=args.layers, heads=args.heads),
        target=valid_text(args.target),
        out_path=str(out),
        half=args.half,
        limit_bytes=max(args.limit, 0) << 20,
    )
    with opened_runtime(home) as runtime:
        load(runtime, args)
        done = look(runtime, request, "Reading attention")
    size = out.stat().st_size
    length = len(done.token_ids)
    shape = [len(done.layers), len(done.heads), length, length]
    if args.json:
        write_json(
            {
                "event": "done",
                "path": str(out),
                "shape": shape,
                "layers": done.layers,
                "heads": done.heads,
                "tokens": length,
                "encoder_tokens": len(done.encoder_ids),
                "size_bytes": size,
                "seconds": round(done.seconds, 3),
            }
        )
    else:
        more = ", encoder_attention, cross_attention" if done.encoder_ids else ""
        write_line(f"{out}: attention {shape}{more}, {tables.size(size)}, in {done.seconds:.2f} s")
    if args.rank is not None and not done.causal:
        note("Heads are ranked by how they look back; this model reads both ways, so there is no list.")
    elif args.rank is not None:
        _rank(out, done, args.rank, json_lines=args.json)
    return 0


def _check_place(out: Path) -> None:
    """Before seconds are spent on the model."""
    if not out.parent.is_dir():
        raise UserError("cli.output", reason=f"there is no folder {out.parent}")
    if out.is_dir():
        raise UserError("cli.output", reason=f"{out} is a folder")


def _rank(path: Path, done: Inspected, metric: Metric, *, json_lines: bool) -> None:
    import numpy as np  # noqa: PLC0415 - the other commands do without

    statistics = HeadStatistics(done.token_ids)
    with np.load(path) as file:
        statistics.add_matrix(file["attention"])
    best = ranked(getattr(statistics.table(), metric), done.layers, done.heads)[:10]
    if json_lines:
        for one in best:
            write_json({"layer": one.layer, "head": one.head, metric: one.value})
        return
    rows = [(str(one.layer), str(one.head), f"{one.value:.4f}") for one in best]
    tables.print_table(("LAYER", "HEAD", metric.upper()), rows, right=(0, 1, 2))
