"""A conversation in a terminal: the program behind a pseudo-terminal, typed at like a user does."""

import codecs
import os
import re
import select
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.store.database import open_store
from engine.store.records import MessageRecord
from tests.engine.cli.conftest import command
from tests.support.sources import ROOT

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX systems", allow_module_level=True)
import pty
import subprocess

PROMPT = "› "
WAIT_S = 30
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


class Terminal:
    """What a user sees and types."""

    def __init__(self, *arguments: object) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            command("chat", *arguments),
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - no other way to a controlling terminal
        )
        os.close(slave)
        self.screen = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def wait_for(self, words: str) -> str:
        """What appeared since the last call, up to and including `words`."""
        end = time.monotonic() + WAIT_S
        while words not in self.screen:
            assert time.monotonic() < end, self.screen
            if select.select([self._master], [], [], 0.1)[0]:
                try:
                    data = os.read(self._master, 65536)
                except OSError:
                    data = b""
                assert data, self.screen
                self.screen += _CONTROL.sub("", self._decoder.decode(data))
        seen, _, self.screen = self.screen.partition(words)
        return seen + words

    def interrupt_for(self, words: str) -> str:
        """Ctrl+C until the program answers with `words`.

        One that arrives in the instant between the prompt and Python's wait for a key is only noticed at the
        next key: a user presses again.
        """
        for _ in range(WAIT_S):
            self.type("\x03")
            end = time.monotonic() + 1
            while time.monotonic() < end and words not in self.screen:
                if select.select([self._master], [], [], 0.1)[0]:
                    self.screen += _CONTROL.sub("", self._decoder.decode(os.read(self._master, 65536)))
            if words in self.screen:
                break
        return self.wait_for(words)

    def say(self, text: str) -> str:
        """Type a line; what is shown until the next prompt."""
        self.type(text + "\n")
        self.wait_for("\n")
        return self.wait_for(PROMPT)

    def leave(self) -> int:
        """The exit code, once the program has ended."""
        try:
            while os.read(self._master, 65536):
                pass
        except OSError:
            pass
        return self.process.wait(WAIT_S)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(WAIT_S)
        os.close(self._master)


def _take_terminal() -> None:
    """In the child: the pseudo-terminal becomes the one that Ctrl+C acts on."""
    import fcntl
    import termios

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


Open = Callable[..., Terminal]


@pytest.fixture
def terminal() -> Iterator[Open]:
    opened: list[Terminal] = []

    def start(*arguments: object) -> Terminal:
        opened.append(Terminal(*arguments))
        opened[-1].wait_for(PROMPT)
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def messages(home: Path) -> list[MessageRecord]:
    """Of the latest chat."""
    store = open_store(home)
    try:
        return store.messages.path(store.sessions.list()[0].id)
    finally:
        store.close()


def test_conversation(terminal: Open, script: Callable[..., Path], home: Path, tmp_path: Path) -> None:
    view = terminal("--fake-model", script("First \x1b[31manswer.", "Second answer.", "Third answer."))
    shown = view.say("Hello")
    assert "First �[31manswer." in shown  # what a model writes does not steer the terminal
    assert "to first token" in shown
    view.type("two \\\n")
    view.wait_for("… ")
    assert "Second answer." in view.say("lines")
    assert "Third answer." in view.say("/retry")
    assert "The system prompt is set." in view.say("/system Be brief.")
    assert "seed = 7" in view.say("/seed 7")
    assert "Choose a value from 0 to 2" in view.say("/set temperature 9")
    assert "Did you mean “temperature”?" in view.say("/set temperatur 1")
    assert "Did you mean /retry?" in view.say("/rety")
    assert "/quit" in view.say("/help")
    view.say(f"/save {tmp_path / 'chat.md'}")
    assert "Third answer." in (tmp_path / "chat.md").read_text("utf-8")
    view.type("/quit\n")
    assert view.leave() == 0
    texts = [record.message.text() for record in messages(home)]
    assert texts == ["Hello", "First \x1b[31manswer.", "two \nlines", "Third answer."]
    assert messages(home)[-1].version == 2


def test_ctrl_c_stops_the_reply_and_then_leaves(
    terminal: Open, script: Callable[..., Path], home: Path
) -> None:
    view = terminal("--fake-model", script({"text": "word " * 4000, "delay_ms": 5}))
    view.type("Go on\n")
    view.wait_for("word word")
    view.type("\x03")
    assert "cancelled" in view.wait_for(PROMPT)
    view.interrupt_for("Ctrl+C again")
    view.wait_for(PROMPT)
    view.type("\x03")
    assert view.leave() == 130
    assert messages(home)[-1].status == "cancelled"


def test_engine_that_dies_is_replaced(terminal: Open, script: Callable[..., Path]) -> None:
    view = terminal("--fake-model", script({"text": "one two", "fail": "crash"}))
    assert "The engine process stopped unexpectedly" in view.say("Hello")
    assert "The engine process stopped unexpectedly" in view.say("Still there?")
    view.type("\x04")
    assert view.leave() == 0
