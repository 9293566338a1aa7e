"""The chat that goes on in the terminal, for the loop that reads and for the slash commands."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.chat.turn_events import TurnEvent
from engine.cli.chat import Opened, new_session
from engine.cli.interrupts import EXIT_CODE
from engine.cli.reply_output import TextReply
from engine.cli.runtime import Runtime
from engine.cli.terminal import tell
from engine.errors import UserError
from engine.messages import Message
from engine.store.records import SessionSettings

if TYPE_CHECKING:
    from engine.chat.turn import Turn


class Leave(Exception):
    """The user wants to go; `code` is the exit code."""

    def __init__(self, code: int = 0) -> None:
        super().__init__()
        self.code = code


class Conversation:
    """The chat that is going on, for the loop and for the slash commands."""

    def __init__(self, runtime: Runtime, opened: Opened) -> None:
        self.runtime = runtime
        self.loaded = opened.loaded
        self.session = opened.session
        self.settings = opened.settings

    def change(self, settings: SessionSettings) -> None:
        """Other settings from the next message on."""
        self.settings = settings
        if self.session is not None:
            self.runtime.store.sessions.set_settings(self.session.id, settings)

    def restart(self) -> None:
        """The next message begins a new chat."""
        self.session = None

    def say(self, text: str) -> None:
        """Send a message and stream its reply."""
        session = self.session or new_session(self.runtime, self.settings, text)
        self.session = session
        self._follow(lambda hear: self.runtime.runner.send(session.id, Message.of("user", text), hear))

    def retry(self) -> bool:
        """Another version of the last reply, by another seed. False when there is none."""
        session = self.session
        path = self.runtime.store.messages.path(session.id) if session else []
        if session is None or not path or path[-1].message.role != "assistant":
            return False
        reply_id = path[-1].id
        self._follow(lambda hear: self.runtime.runner.regenerate(session.id, reply_id, hear, seed=-1))
        return True

    def _follow(self, begin: "Callable[[Callable[[TurnEvent], None]], Turn]") -> None:
        output = TextReply(self.runtime.progress)
        self.runtime.interrupts.forget()
        finished = self.runtime.run_turn(begin, output.take)
        output.finish("", finished)
        if isinstance(finished.error, UserError):
            # Told, not fatal: the worker is replaced, and the chat is still there.
            tell(f"lathe: error: {finished.error.one_line()}")
        elif finished.error is not None:
            raise finished.error
        if self.runtime.interrupts.terminated:
            raise Leave(EXIT_CODE)
