"""The window's command line."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """`home` empty: the platform's folder. `size` in logical pixels."""

    home: str = ""
    fake_model: bool = False
    debug: bool = False
    page: str = ""
    theme: str = ""
    language: str = ""
    size: tuple[int, int] | None = None
    screenshot: Path | None = None
    model: str = ""
    first_run: str = ""
    """“show” or “skip” the welcome; empty: at the first start."""


def parse(arguments: Sequence[str]) -> Options:
    """Exits with 2 and one line on stderr where the arguments are wrong."""
    parser = argparse.ArgumentParser(prog="lathe", description="A workbench for local language models.")
    parser.add_argument("--home", default="", metavar="DIR", help="keep all state in DIR")
    parser.add_argument("--model", default="", help="load this model: a path or a library name")
    parser.add_argument("--fake-model", action="store_true", help="load the scripted model for tests")
    parser.add_argument("--debug", action="store_true", help="log more, and to stderr too")
    parser.add_argument("--page", default="", help="open this page: chat, benchmarks, models, settings, help")
    parser.add_argument("--theme", default="", choices=("", "dark", "light", "system"))
    parser.add_argument("--language", default="", choices=("", "en", "zh_CN", "system"))
    parser.add_argument("--size", default=None, type=_size, metavar="WxH", help="size of the window")
    parser.add_argument(
        "--screenshot", default=None, type=Path, metavar="FILE", help="save a picture of the window and quit"
    )
    parser.add_argument(
        "--first-run", default="", choices=("", "show", "skip"), help="whether to show the welcome"
    )
    found = parser.parse_args(arguments)
    return Options(**vars(found))


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if match is None:
        raise argparse.ArgumentTypeError("write it like 1440x900")
    return int(match[1]), int(match[2])
