"""`lathe chat`: one message and its reply, or a conversation in the terminal."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.cli import chat_options
from engine.cli.chat_options import Wishes
from engine.cli.reply_output import JsonReply, TextReply
from engine.cli.runtime import Runtime, opened_runtime
from engine.cli.terminal import is_terminal
from engine.errors import Cancelled, UserError
from engine.messages import Message
from engine.protocol.values import ContextParams, LoadedModel
from engine.store.records import SessionRecord, SessionSettings

if TYPE_CHECKING:
    from engine.chat.turn import Turn
    from engine.chat.turn_events import TurnEvent


class Opened(NamedTuple):
    """A loaded model and the chat to go on with (None: a new one, made when something is said)."""

    loaded: LoadedModel
    session: SessionRecord | None
    settings: SessionSettings


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    wishes = chat_options.read_wishes(args)
    if args.prompt is None:
        if args.json or not is_terminal(sys.stdin):
            why = (
                "--json needs a message"
                if args.json
                else "the input is no terminal, so there is nobody to talk to"
            )
            raise UserError("cli.no_prompt", reason=why)
        from engine.cli.interactive import converse  # noqa: PLC0415 - brings readline

        return converse(wishes, home)
    text = chat_options.read_prompt(args.prompt)
    if not text.strip() and not args.raw:
        raise UserError("cli.no_prompt", reason="the message is empty")
    with opened_runtime(home) as runtime:
        return _one_reply(runtime, open_chat(runtime, wishes), text, json_lines=args.json)


def open_chat(runtime: Runtime, wishes: Wishes) -> Opened:
    """Find the chat and load its model. Raises `UserError`, `Cancelled`."""
    store = runtime.store
    session = runtime.find_session(wishes.session) if wishes.session else None
    before = session.settings if session else None
    defaults = ContextParams(
        n_ctx=max(0, store.settings.get("engine.n_ctx", 0)),
        n_threads=max(0, store.settings.get("engine.n_threads", 0)),
    )
    model = chat_options.model_to_load(wishes, before, session.model_name if session else "")
    context = chat_options.context_to_load(wishes, before, defaults)
    loaded = runtime.load(model, context, wishes.fake_script)
    settings = chat_options.chat_settings(wishes, before, loaded, model, context)
    if session is not None and settings != session.settings:
        store.sessions.set_settings(session.id, settings)
    return Opened(loaded, session, settings)


def new_session(runtime: Runtime, settings: SessionSettings, text: str) -> SessionRecord:
    """A chat named after its first message; a better title may replace it later."""
    from engine.chat.titles import title_from_message  # noqa: PLC0415

    store = runtime.store
    with store.unit():
        session = store.sessions.create(settings=settings)
        store.sessions.rename(session.id, title_from_message(text), auto=True)
    return store.sessions.get(session.id)


def _one_reply(runtime: Runtime, opened: Opened, text: str, *, json_lines: bool) -> int:
    session = opened.session or new_session(runtime, opened.settings, text)
    output = JsonReply(runtime.store) if json_lines else TextReply(runtime.progress)

    def begin(listener: "Callable[[TurnEvent], None]") -> "Turn":
        return runtime.runner.send(session.id, Message.of("user", text), listener)

    finished = runtime.run_turn(begin, output.take)
    output.finish(session.id, finished)
    if finished.error is not None:
        raise finished.error
    if finished.reply is not None and finished.reply.status == "cancelled":
        raise Cancelled
    return 0
