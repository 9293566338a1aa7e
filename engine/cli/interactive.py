"""A conversation in the terminal."""

import contextlib
import sys
from pathlib import Path

from engine.cli.chat import open_chat
from engine.cli.chat_options import Wishes
from engine.cli.conversation import Conversation, Leave
from engine.cli.interrupts import EXIT_CODE
from engine.cli.runtime import Runtime, opened_runtime
from engine.cli.slash import is_command, run_command
from engine.cli.terminal import is_terminal, printable, tell, write_line
from engine.protocol.values import LoadedModel
from engine.store.records import SessionRecord

_PROMPT, _MORE = "› ", "… "


def converse(wishes: Wishes, home: Path) -> int:
    """Talk until the user leaves; the exit code. Raises `UserError` while opening, `BugError`."""
    _edit_lines()
    try:
        with opened_runtime(home, restart=True) as runtime:
            opened = open_chat(runtime, wishes)
            _greet(opened.loaded, opened.session)
            try:
                _loop(Conversation(runtime, opened))
            except Leave as leave:
                return leave.code
    except BrokenPipeError:
        return EXIT_CODE
    return 0


def _loop(conversation: Conversation) -> None:
    reader = _Reader(conversation.runtime)
    while True:
        text = reader.read()
        if not text.strip():
            continue
        if is_command(text):
            run_command(conversation, text)
        else:
            conversation.say(text)
        tell("")


class _Reader:
    """Reads messages; a backslash at the end of a line continues it. Raises `Leave`."""

    def __init__(self, runtime: Runtime) -> None:
        self._interrupts = runtime.interrupts
        self._asked = False

    def read(self) -> str:
        lines: list[str] = []
        while True:
            try:
                with self._interrupts.raising():
                    line = _input(_MORE if lines else _PROMPT)
            except EOFError:
                tell("")
                raise Leave from None
            except KeyboardInterrupt:
                tell("")
                if self._asked or self._interrupts.terminated:
                    raise Leave(EXIT_CODE) from None
                self._asked = True
                tell("Ctrl+C again or /quit leaves.", style="dim")
                return ""
            self._asked = False
            lines.append(line.removesuffix("\\"))
            if not line.endswith("\\"):
                return "\n".join(lines)


def _input(prompt: str) -> str:
    if is_terminal(sys.stdout):
        return input(prompt)
    tell(prompt, end="")  # the replies go to a file: it should not hold the prompts
    return input()


def _greet(loaded: LoadedModel, session: SessionRecord | None) -> None:
    facts = [loaded.name, loaded.quantization, f"{loaded.n_ctx:,} tokens of context"]
    write_line(" · ".join(fact for fact in facts if fact), style="bold")
    if session is not None:
        title = printable(session.title) or "Untitled"
        write_line(f"Going on with “{title}”, {session.message_count} messages.", style="dim")
    write_line("/help shows the commands, Ctrl+C stops a reply, Ctrl+D leaves.", style="dim")
    write_line()


def _edit_lines() -> None:
    """Line editing and history, where Python has them."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415 - importing it is what switches it on
