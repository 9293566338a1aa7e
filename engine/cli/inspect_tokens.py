"""`lathe inspect tokens`: how a model's vocabulary cuts a text."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.chat_options import add_model_options, read_prompt
from engine.cli.inspect_text import shown
from engine.cli.parser import LineParser, add_common
from engine.cli.runtime import Runtime, opened_runtime
from engine.cli.terminal import tell, write_json
from engine.errors import UserError
from engine.inspection.tokens import TokenRow, count_tokens, token_table
from engine.protocol.commands import Tokenize
from engine.protocol.events import Tokens
from engine.protocol.values import ContextParams

_HEAD = ("ID", "TEXT", "BYTES", "")


def fill(parser: LineParser) -> None:
    """Options."""
    add = parser.add_argument_group("what is cut").add_argument
    add("--text", metavar="TEXT", help="the text; - reads it from stdin (required)")
    add(
        "--plain",
        action="store_true",
        help="special tokens written in the text are ordinary text, as in a chat message",
    )
    add_model_options(parser, positional=True)
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    missing = [
        name
        for name, given in (("MODEL", args.model or args.fake_model), ("--text", args.text))
        if given is None
    ]
    if missing:
        reason = f"the following arguments are required: {', '.join(missing)}"
        raise UserError("cli.usage", reason=reason, command="inspect tokens")
    text = read_prompt(args.text)
    with opened_runtime(home) as runtime:
        tokens = _tokenize(runtime, args, text)
    rows = token_table(tokens.ids, tokens.pieces, tokens.special)
    if args.json:
        for row in rows:
            write_json(_fields(row))
    else:
        _print(tokens, rows)
    return 0


def _tokenize(runtime: Runtime, args: argparse.Namespace, text: str) -> Tokens:
    from engine.chat.models import resolve_model  # noqa: PLC0415 - as in `Runtime.load`

    spec = resolve_model(runtime.store, args.model or "", fake_script=args.fake_model)
    path = spec.path if spec.backend == "llama_cpp" else ""
    if not path:
        runtime.load(args.model or "", ContextParams(), args.fake_model)
    # A GGUF's vocabulary is read without its weights.
    command = Tokenize(job=runtime.next_job(), text=text, special=not args.plain, path=path)
    tokens = runtime.ask(command, (Tokens,))
    assert isinstance(tokens, Tokens)  # noqa: S101 - as `ask` promises
    return tokens


def _fields(row: TokenRow) -> dict[str, object]:
    return {"id": row.id, "text": row.text, "bytes": row.piece.hex(), "special": row.special}


def _print(tokens: Tokens, rows: list[TokenRow]) -> None:
    tables.print_table(
        _HEAD,
        [
            (str(row.id), shown(row.text), row.piece.hex(" "), "special" if row.special else "")
            for row in rows
        ],
        right=(0,),
    )
    counts = count_tokens(tokens.ids, tokens.pieces, tokens.special)
    tell(
        f"{counts.tokens} tokens · {counts.bytes} bytes · {counts.bytes_per_token:.2f} bytes per token",
        style="dim",
    )
