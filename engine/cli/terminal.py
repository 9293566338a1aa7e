"""Writing to stdout and stderr: for people, for pipes, and never a control sequence that a model made up."""

import io
import os
import re
import sys
from collections.abc import Mapping
from typing import Literal, TextIO

import msgspec

from engine.errors import UserError

Style = Literal["", "dim", "bold"]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def prepare_streams() -> None:
    """UTF-8 for pipes and files whatever the locale; no output ever fails over a character."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started this
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8")


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sees what is written there."""
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def write(text: str, *, end: str = "", style: Style = "") -> None:
    """To stdout, at once. Raises `BrokenPipeError` when nobody reads, `UserError` cli.output."""
    _put(sys.stdout, styled(text, sys.stdout, style) + end)


def write_line(text: str = "", *, style: Style = "") -> None:
    write(text, end="\n", style=style)


def write_json(fields: Mapping[str, object]) -> None:
    """One object on one line of stdout."""
    _put(sys.stdout, msgspec.json.encode(fields).decode() + "\n")


def tell(text: str, *, end: str = "\n", style: Style = "") -> None:
    """To stderr, for people. Where stderr is gone there is nobody to tell."""
    raw(sys.stderr, styled(text, sys.stderr, style) + end)


def note(text: str) -> None:
    """A line on stderr about something that did not stop the command."""
    tell(f"lathe: note: {' '.join(text.split())}")


def raw(stream: TextIO, text: str) -> None:
    """As it is, control sequences included; failures do not matter."""
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):
        pass


def styled(text: str, stream: TextIO, style: Style = "") -> str:
    """As it may be written there: on a terminal without control characters, and dim or bold if asked."""
    if not is_terminal(stream):
        return text
    text = printable(text)
    code = {"dim": "2", "bold": "1"}.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text and shows_colours(stream) else text


def shows_colours(stream: TextIO) -> bool:
    """Follows NO_COLOR (no-color.org) and TERM."""
    if "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb" or not is_terminal(stream):
        return False
    return sys.platform != "win32" or "WT_SESSION" in os.environ or "ANSICON" in os.environ


def printable(text: str) -> str:
    """Without control characters other than tab and newline: a text must not steer the terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def silence() -> None:
    """Nobody reads stdout any more: let Python's own flush at the end go nowhere."""
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - the descriptor is what is needed
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
    except (OSError, ValueError):
        pass


def _put(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError("cli.output", reason=error.strerror or str(error)) from error
