"""`lathe` alone: the window, or the terminal chat where nothing can show one."""

import argparse
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from engine.cli.parser import LineParser
from engine.cli.terminal import tell

_PREFIX = "window."
_FAKE = "window.fake"
_OPTIONS = (
    ("--model", "MODEL", "load this model"),
    ("--page", "NAME", "open this page"),
    ("--theme", "NAME", "dark, light or system"),
    ("--language", "CODE", "en, zh_CN or system"),
    ("--size", "WxH", "size of the window, such as 1440x900"),
    ("--first-run", "HOW", "show the welcome, or skip it"),
    ("--screenshot", "FILE", "save a picture of the window and quit"),
)
_CHAT_IN_A_TERMINAL = "There is no display here, so Lathe opens in the terminal."


def fill(parser: LineParser) -> None:
    """Options of the window; it checks their values itself."""
    section = parser.add_argument_group("the window, without a command")
    for option, metavar, words in _OPTIONS:
        section.add_argument(option, dest=_PREFIX + option, metavar=metavar, help=words)
    section.add_argument(
        "--fake-model", dest=_FAKE, action="store_true", help="scripted replies instead of a model"
    )


def run(args: argparse.Namespace, home: Path) -> int:
    """Open the window in this process, and return when it is closed."""
    given = {option: getattr(args, _PREFIX + option) for option, _, _ in _OPTIONS}
    if not has_display(os.environ):
        tell(_CHAT_IN_A_TERMINAL)
        return _terminal_chat(args, given["--model"], home)
    arguments = ["--home", str(home)]
    for option, value in given.items():
        arguments += [] if value is None else [option, value]
    arguments += ["--fake-model"] if getattr(args, _FAKE) else []
    arguments += ["--debug"] if args.verbose else []
    # By name: the engine does not know the window, and only this command pays for Qt.
    window = importlib.import_module("app.__main__")
    code: int = window.main(arguments)
    return code


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be shown."""
    if environment.get("QT_QPA_PLATFORM") or not platform.startswith("linux"):
        return True
    return bool(environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY"))


def _terminal_chat(args: argparse.Namespace, model: str | None, home: Path) -> int:
    from engine.cli import chat, chat_options  # noqa: PLC0415 - only without a display
    from engine.cli.parser import parse  # noqa: PLC0415

    given = [] if model is None else [f"--model={model}"]
    given += ["--fake-model"] if getattr(args, _FAKE) else []
    parser = LineParser(prog="lathe chat", fill=chat_options.fill)
    parser.set_defaults(json=args.json, home=args.home, verbose=args.verbose)
    return chat.run(parse(parser, given), home)
