"""The parts a command works with: store, engine process and turns, opened and closed in order."""

import contextlib
import logging
import os
import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from engine.cli.interrupts import Interrupted, Interrupts
from engine.cli.progress import Progress
from engine.cli.terminal import note
from engine.errors import BugError, Cancelled, UserError
from engine.protocol.commands import AnyCommand, Cancel, LoadModel, UnloadModel
from engine.protocol.events import (
    AnyEvent,
    Failed,
    LoadProgress,
    ModelLoaded,
    ModelUnloaded,
    WorkerDied,
)
from engine.protocol.values import ContextParams, LoadedModel
from engine.store.records import SessionRecord

if TYPE_CHECKING:
    from engine.chat.turn import Turn, TurnRunner
    from engine.chat.turn_events import TurnEvent, TurnFinished
    from engine.client.process import ProcessClient
    from engine.store.database import Store

_log = logging.getLogger(__name__)
POLL_S = 0.2 if os.name == "nt" else None
"""On Windows a signal does not wake a thread that waits."""
_SHORTEST_ID_PART = 4


@contextlib.contextmanager
def opened_store(home: Path) -> "Iterator[Store]":
    """The database alone. Raises `UserError` store.*."""
    from engine.store.database import open_store  # noqa: PLC0415 - brings SQLite's tools: a tenth of a second

    store = open_store(home)
    try:
        if store.notice is not None:
            note(store.notice.one_line())
        yield store
    finally:
        store.close()


class Runtime:
    """Main thread only: everything that happens elsewhere arrives in one queue, signals included."""

    def __init__(
        self,
        store: "Store",
        client: "ProcessClient",
        runner: "TurnRunner",
        inbox: "queue.SimpleQueue[object]",
    ) -> None:
        self.store = store
        self.progress = Progress()
        self._client = client
        self._runner = runner
        self._inbox = inbox
        self.interrupts: Interrupts

    @property
    def runner(self) -> "TurnRunner":
        return self._runner

    def load(self, name: str, context: ContextParams, fake_script: str | None) -> LoadedModel:
        """Raises `UserError`, `Cancelled`, `BugError`."""
        from engine.chat.models import resolve_model  # noqa: PLC0415

        spec = resolve_model(self.store, name, fake_script=fake_script)
        command = LoadModel(job=self._client.next_job(), model=spec, context=context)
        try:
            loaded = self.ask(command, (ModelLoaded,), lambda event: self._show_loading(spec.name, event))
        finally:
            self.progress.clear()
        assert isinstance(loaded, ModelLoaded)  # noqa: S101 - for the type checker; `ask` answers with nothing else
        return loaded.model

    def ask(
        self,
        command: AnyCommand,
        answers: tuple[type[AnyEvent], ...],
        on_event: Callable[[AnyEvent], None] | None = None,
    ) -> AnyEvent:
        """Send and wait for one of `answers`; a signal cancels.

        `on_event` hears the job's other events. Raises `UserError`, `Cancelled`, `BugError`.
        """
        self._client.send(command)
        cancelled = False
        while True:
            event = self._take()
            if isinstance(event, Interrupted):
                cancelled = True
                self._client.send(Cancel(job=command.job))
            elif isinstance(event, Failed) and event.job == command.job:
                # Ctrl+C reaches the whole terminal: a worker that is still starting dies of it.
                raise Cancelled if self.interrupts.pending else self._failure(event)
            elif isinstance(event, answers) and event.job == command.job:
                if cancelled:  # it was done before the request reached it
                    raise Cancelled
                return event
            elif on_event is not None and getattr(event, "job", 0) == command.job:
                on_event(cast(AnyEvent, event))

    def next_job(self) -> int:
        return self._client.next_job()

    def run_turn(
        self,
        begin: "Callable[[Callable[[TurnEvent], None]], Turn]",
        on_event: "Callable[[TurnEvent], None]",
    ) -> "TurnFinished":
        """Start a turn and follow it to its end; a signal or a closed pipe cancels it.

        Raises `BrokenPipeError` or `UserError` cli.output after the turn has ended in order.
        """
        from engine.chat.turn_events import TurnFinished, TurnProgress, TurnStarted  # noqa: PLC0415

        turn = begin(self._inbox.put)
        broken: Exception | None = None
        cancelled = False
        while True:
            item = self._take()
            if isinstance(item, TurnFinished):
                self.progress.clear()
                if broken is not None:
                    raise broken
                return item
            if isinstance(item, Interrupted):
                cancelled = True
            elif isinstance(item, TurnStarted | TurnProgress) and broken is None:
                try:
                    on_event(item)
                except (BrokenPipeError, UserError) as error:
                    broken = error
                    cancelled = True
            if cancelled:
                # With every event: a request that overtakes the start of the job finds nothing to cancel.
                turn.cancel()

    def unload(self) -> None:
        """Give the model back; the engine keeps the state of a conversation that is worth it."""
        with contextlib.suppress(UserError, BugError, Cancelled):
            self.ask(UnloadModel(job=self._client.next_job()), (ModelUnloaded,))

    def find_session(self, text: str) -> SessionRecord:
        return find_session(self.store, text)

    def _take(self) -> object:
        while True:
            with contextlib.suppress(queue.Empty):
                item = self._inbox.get(timeout=POLL_S)
                break
        if isinstance(item, WorkerDied):
            _log.debug("the worker ended, and had said:\n%s", item.stderr_tail)
        return item

    def _show_loading(self, name: str, event: AnyEvent) -> None:
        if isinstance(event, LoadProgress):
            self.progress.loading(name, event)

    def _failure(self, event: Failed) -> Exception:
        if event.code == "cancelled":
            return Cancelled()
        if not event.code:
            return BugError(event.report or event.message)
        return UserError(event.code, **event.params)


@contextlib.contextmanager
def opened_runtime(home: Path, *, restart: bool = False) -> Iterator[Runtime]:
    """Store, engine and turns. `restart`: replace a worker that dies. Raises `UserError` store.*."""
    from engine.chat.turn import TurnRunner  # noqa: PLC0415 - as in `opened_store`
    from engine.client.process import ProcessClient  # noqa: PLC0415

    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    with contextlib.ExitStack() as stack:
        interrupts = stack.enter_context(Interrupts(inbox.put))
        store = stack.enter_context(opened_store(home))
        client = ProcessClient(home, auto_restart=restart)
        stack.callback(client.close)
        client.subscribe(inbox.put)
        client.start()
        runner = TurnRunner(store, client)
        stack.callback(runner.close)
        runtime = Runtime(store, client, runner, inbox)
        runtime.interrupts = interrupts
        yield runtime
        runtime.unload()


def find_session(store: "Store", text: str) -> SessionRecord:
    """A chat by its id, by the beginning or end of one, or the `last` used.

    Raises `UserError` session.unknown, also where several fit.
    """
    known = store.sessions.list()
    if text.lower() == "last":
        newest = max(known, key=lambda session: session.updated_ms, default=None)
        if newest is not None:
            return newest
    wanted = text.upper()
    if len(wanted) >= _SHORTEST_ID_PART:
        fitting = [one for one in known if one.id.startswith(wanted) or one.id.endswith(wanted)]
        if len(fitting) == 1:
            return fitting[0]
    return store.sessions.get(text)
