"""`lathe inspect`: what a model sees in a text, and how each token was chosen."""

import argparse
import importlib
from pathlib import Path

from engine.cli.parser import Fill, LineParser, actions, add_common
from engine.errors import UserError

_ACTIONS = {
    "attention": "write the attention of every layer and head to an NPZ file",
    "lens": "what each layer would have said next (the logit lens)",
    "tokens": "how a text is cut into tokens",
    "trace": "write a reply, and say what every sampler stage did to each token",
}


def fill(parser: LineParser) -> None:
    """One subcommand for each way to look inside; their options are added when they are used."""
    add_common(parser)
    commands = actions(parser, "action")
    for name, words in _ACTIONS.items():
        commands.add_parser(
            name, help=words, description=f"{words[0].upper()}{words[1:]}.", fill=_filler(name)
        )


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if args.action is None:
        raise UserError("cli.usage", reason=f"choose one of {', '.join(_ACTIONS)}", command="inspect")
    code: int = importlib.import_module(f"engine.cli.inspect_{args.action}").run(args, home)
    return code


def _filler(name: str) -> Fill:
    return lambda parser: importlib.import_module(f"engine.cli.inspect_{name}").fill(parser)
