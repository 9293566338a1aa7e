"""Finds the command, and turns what happens into an exit code and one line."""

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.addon_folders import activate
from engine.cli import terminal
from engine.cli.failures import one_shot_error
from engine.cli.interrupts import EXIT_CODE as CANCELLED
from engine.cli.parser import Fill, LineParser, actions, add_common, add_version, parse
from engine.errors import BugError, Cancelled, UserError
from engine.store.home import chosen_home, lathe_home

DONE, BUG, USER_CAN_FIX = 0, 1, 2
_EPILOG = (
    "Without a command the window opens. Exit codes: 0 done, 1 a bug, 2 something to fix, 130 cancelled."
)
_COMMANDS = {
    "chat": "ask a model one thing, or talk to it in the terminal",
    "models": "the models on this machine",
    "sessions": "list, show, search, export and import chats",
    "bench": "measure how fast a model is here",
    "inspect": "look inside: attention, logit lens, tokens, sampler stages",
    "finetune": "train a model further, as a recipe says",
    "runs": "what was trained, and how it went",
    "export": "write what a run has learned, for other programs",
    "serve": "answer programs that speak OpenAI's protocol, on this machine",
    "quantize": "write a smaller file of a model",
    "compare": "perplexity, KL divergence and speed of models on a text",
    "sensitivity": "measure what each tensor loses when it is quantized",
    "convert": "write a safetensors folder as a GGUF file",
    "lab": "round one layer of a model with several methods, and see what it costs",
    "data": "what a data set is, and what would be trained",
    "jobs": "what the window works on: list, show, cancel",
    "backup": "write everything but the models into one file",
    "restore": "bring a backup back",
    "network": "every connection that Lathe has made, and why",
    "imatrix": "measure which weights matter, on a text, for quantizing",
    "addons": "what can be installed on demand: the training stack",
}
_MODULES = {
    "chat": ("engine.cli.chat", "engine.cli.chat_options"),
    "models": ("engine.cli.models", "engine.cli.models"),
    "sessions": ("engine.cli.sessions", "engine.cli.sessions"),
    "bench": ("engine.cli.bench", "engine.cli.bench"),
    "inspect": ("engine.cli.inspect", "engine.cli.inspect"),
    "finetune": ("engine.cli.finetune", "engine.cli.finetune"),
    "runs": ("engine.cli.runs", "engine.cli.runs"),
    "export": ("engine.cli.export", "engine.cli.export"),
    "serve": ("engine.cli.serve", "engine.cli.serve"),
    "quantize": ("engine.cli.quantize", "engine.cli.quantize"),
    "compare": ("engine.cli.compare", "engine.cli.compare"),
    "sensitivity": ("engine.cli.sensitivity", "engine.cli.sensitivity"),
    "convert": ("engine.cli.convert", "engine.cli.convert"),
    "lab": ("engine.cli.lab", "engine.cli.lab"),
    "data": ("engine.cli.data", "engine.cli.data"),
    "jobs": ("engine.cli.jobs_list", "engine.cli.jobs_list"),
    "backup": ("engine.cli.backup", "engine.cli.backup"),
    "restore": ("engine.cli.restore", "engine.cli.restore"),
    "network": ("engine.cli.network", "engine.cli.network"),
    "imatrix": ("engine.cli.imatrix", "engine.cli.imatrix"),
    "addons": ("engine.cli.addons", "engine.cli.addons"),
    "": ("engine.cli.window", "engine.cli.window"),
}
"""For each command the module with `run(args, home)` and the one with `fill(parser)`; imported when used."""


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    terminal.prepare_streams()
    home = chosen_home()
    try:
        args = parse(make_parser(), arguments)
        home = lathe_home(args.home)
        _set_up_logging(verbose=args.verbose)
        activate(home)
        module = importlib.import_module(_MODULES[args.command or ""][0])
        code: int = module.run(args, home)
    except SystemExit as end:  # --help and --version
        return end.code if isinstance(end.code, int) else DONE
    except UserError as error:
        return _fixable(error)
    except (Cancelled, KeyboardInterrupt):
        return CANCELLED
    except BrokenPipeError:
        terminal.silence()
        return CANCELLED
    except Exception as error:  # noqa: BLE001 - what nobody expected becomes a report
        return _bug(error, home)
    return code


def make_parser() -> LineParser:
    """The whole grammar; each command's options are added when it is used."""
    parser = LineParser(
        prog="lathe",
        description="A workbench for local language models.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        fill=lambda one: importlib.import_module(_MODULES[""][1]).fill(one),
    )
    parser.set_defaults(json=False, home=None, verbose=False)
    add_version(parser)
    add_common(parser)
    commands = actions(parser, "command")
    for name, words in _COMMANDS.items():
        commands.add_parser(name, help=words, description=_sentence(words), fill=_filler(name))
    return parser


def _filler(name: str) -> Fill:
    return lambda parser: importlib.import_module(_MODULES[name][1]).fill(parser)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _fixable(error: UserError) -> int:
    _complain(one_shot_error(error).one_line())
    return USER_CAN_FIX


def _bug(error: Exception, home: Path) -> int:
    from engine.cli.reports import write_report  # noqa: PLC0415 - only where something went wrong

    logging.getLogger(__name__).debug("uncaught", exc_info=error)
    path = write_report(home, error)
    where = f"A report for an issue is in {path}." if path else "No report could be written."
    _complain(f"This is a bug in Lathe ({_in_short(error)}). {where}")
    return BUG


def _in_short(error: Exception) -> str:
    """A worker's traceback ends with what it is about."""
    lines = str(error).strip().splitlines() if isinstance(error, BugError) else []
    return lines[-1] if lines else type(error).__name__


def _complain(line: str) -> None:
    terminal.tell(f"lathe: error: {line}")


def _set_up_logging(*, verbose: bool) -> None:
    """Nothing but what a command says itself, unless asked: then the engine's log messages as well."""
    if verbose:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="%(name)s: %(message)s")
    else:
        logging.basicConfig(handlers=[logging.NullHandler()])
