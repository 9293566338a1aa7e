"""The options that the subcommands of `lathe inspect` share: which text, which layers."""

import argparse
import re

from engine.cli.chat_options import add_model_options, read_prompt
from engine.cli.context_options import add_context_options, context_values, with_context
from engine.cli.files import valid_text
from engine.cli.parser import LineParser, add_common
from engine.cli.runtime import Runtime
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.commands import Inspect
from engine.protocol.events import AnyEvent, Inspected, JobProgress
from engine.protocol.inspection import InspectRequest
from engine.protocol.values import ContextParams, LoadedModel

_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_MOST = 100_000
_MARKS = {" ": "·", "\n": "⏎", "\t": "⇥"}


def add_text_options(parser: LineParser) -> None:
    """Model, text, and how the model is loaded."""
    add = parser.add_argument_group("what is read").add_argument
    add(
        "-p",
        "--prompt",
        metavar="TEXT",
        help="a message, put through the model's chat template unless --raw; - reads it from stdin",
    )
    add("--text", metavar="TEXT", help="a text as it is, without template (as --prompt with --raw)")
    add("-sys", "--system", metavar="TEXT", help="the system prompt")
    add("--raw", action="store_true", help="no chat template: the prompt as it is")
    add_model_options(parser, positional=True)
    add_context_options(parser)
    add_common(parser)


def text_request(args: argparse.Namespace) -> InspectRequest:
    """What is to be read. Raises `UserError`."""
    command = f"inspect {args.action}"
    if (args.prompt is None) == (args.text is None):
        missing = args.text is None
        reason = f"give {'a text with --prompt or --text' if missing else 'either --prompt or --text'}"
        raise UserError("cli.usage", reason=reason, command=command)
    text = read_prompt(args.text if args.prompt is None else args.prompt)
    if not text:
        raise UserError("cli.no_prompt", reason="the text is empty")
    if args.raw or args.text is not None:
        if args.system is not None:
            reason = "a text without template has no system prompt"
            raise UserError("cli.usage", reason=reason, command=command)
        return InspectRequest(text=text)
    system = "" if args.system is None else valid_text(args.system)
    return InspectRequest(messages=(Message.of("user", text),), system=system)


def load(runtime: Runtime, args: argparse.Namespace) -> LoadedModel:
    """The model, without flash attention unless asked: attention cannot be read with it.

    Raises `UserError`, `Cancelled`, `BugError`.
    """
    if args.model is None and args.fake_model is None:
        reason = "the following arguments are required: MODEL"
        raise UserError("cli.usage", reason=reason, command=f"inspect {args.action}")
    context = with_context(ContextParams(flash_attention="off"), context_values(args))
    return runtime.load(args.model or "", context, args.fake_model)


def look(runtime: Runtime, request: InspectRequest, words: str) -> Inspected:
    """Ask the engine, showing progress. Raises `UserError`, `Cancelled`, `BugError`."""

    def on_event(event: AnyEvent) -> None:
        if isinstance(event, JobProgress):
            runtime.progress.job(words, event)

    try:
        answer = runtime.ask(Inspect(job=runtime.next_job(), request=request), (Inspected,), on_event)
    finally:
        runtime.progress.clear()
    assert isinstance(answer, Inspected)  # noqa: S101 - as `ask` promises
    return answer


def numbers(text: str) -> tuple[int, ...]:
    """`0,3,5-7` as numbers, each once and in order; for argparse."""
    found: set[int] = set()
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last <= _MOST:
            raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers such as 0,3,5-7")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def shown(piece: str) -> str:
    """A token for a table: blanks, line ends and other invisible characters are made visible."""
    return "".join(map(_visible, piece)) or "∅"


def _visible(character: str) -> str:
    if character in _MARKS:
        return _MARKS[character]
    return character if character.isprintable() else f"\\u{ord(character):04x}"
