"""Runs turns: a message in, a reply out, saved while it streams. Shared by window and command line.

One thread does everything that touches the store, in order; the caller and the engine's reader thread only
put work into its queue.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from engine.chat.inspection import Inspection
from engine.chat.reply_builder import ReplyBuilder
from engine.chat.request import make_request
from engine.chat.turn_events import TurnEvent, TurnFinished, TurnProgress, TurnStarted
from engine.chat.walk import Branch, known_reply, walk_request
from engine.client.api import EngineClient
from engine.errors import BugError, UserError
from engine.messages import Message
from engine.protocol.commands import Cancel, Generate, UpdateSampling, UpdateTaps
from engine.protocol.events import (
    AnyEvent,
    BeamGrown,
    Failed,
    GenerationDone,
    JobProgress,
    ModelLoaded,
    PromptProgress,
    PromptReady,
    Token,
)
from engine.protocol.inspection import TapSpec
from engine.protocol.values import ChatRequest, FinishReason, GenerationMetrics, LoadedModel
from engine.sampling.params import SamplingParams
from engine.store.database import Store
from engine.store.records import MessageRecord, MessageStatus, ReplyRecord, SessionRecord

__all__ = ["Turn", "TurnEvent", "TurnFinished", "TurnProgress", "TurnRunner", "TurnStarted"]

_log = logging.getLogger(__name__)
CHECKPOINT_S = 0.7
Listener = Callable[[TurnEvent], None]


class Turn:
    """A running reply, for its owner. Safe from any thread."""

    def __init__(self, job: int, session_id: str, client: EngineClient) -> None:
        self.job = job
        self.session_id = session_id
        self._client = client
        self.cancelled = False
        self._finished = threading.Event()

    def cancel(self) -> None:
        """Stop within one token; what is there is kept. Also right when the engine was not asked yet."""
        self.cancelled = True
        self._client.send(Cancel(job=self.job))

    def update_sampling(self, sampling: SamplingParams) -> None:
        """Other parameters from the next token on."""
        self._client.send(UpdateSampling(job=self.job, sampling=sampling))

    def update_taps(self, taps: TapSpec | None) -> None:
        """Read something else out, or nothing, from the next token on."""
        self._client.send(UpdateTaps(job=self.job, taps=taps))

    def wait(self, timeout: float | None = None) -> bool:
        """Whether the turn has ended within `timeout` seconds."""
        return self._finished.wait(timeout)

    def mark_finished(self) -> None:
        self._finished.set()


class _Running(NamedTuple):
    """`walked`: so many tokens are on the screen already and only drawn once more; `before`: their record."""

    turn: Turn
    listener: Listener
    reply: MessageRecord
    builder: ReplyBuilder
    walked: int = 0
    before: ReplyRecord | None = None


class _Start(NamedTuple):
    """What a turn begins with: one of the ways to ask for a reply. `limit`: at most so many tokens."""

    session_id: str
    message: Message | None = None
    regenerate: str | None = None
    resume: str | None = None
    seed: int | None = None
    branch: Branch | None = None
    advance: str | None = None
    limit: int | None = None


class TurnRunner:
    """See the module. `listener` is called on the runner's thread."""

    def __init__(self, store: Store, client: EngineClient) -> None:
        self._store = store
        self._client = client
        self.model_name = ""
        self.model: LoadedModel | None = None
        self.inspection = Inspection()
        """Goes with every reply from now on. Set it from any thread."""
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._running: dict[int, _Running] = {}
        self._saved_at: dict[int, float] = {}
        self._unsubscribe = client.subscribe(lambda event: self._queue.put(lambda: self._on_event(event)))
        self._thread = threading.Thread(target=self._work, name="turns")
        self._thread.start()

    def send(
        self, session_id: str, message: Message, listener: Listener, *, limit: int | None = None
    ) -> Turn:
        """Add a user message below the head and reply to it."""
        return self._begin(_Start(session_id, message=message, limit=limit), listener)

    def reply(self, session_id: str, listener: Listener, *, limit: int | None = None) -> Turn:
        """Reply to the head as it is."""
        return self._begin(_Start(session_id, limit=limit), listener)

    def regenerate(
        self,
        session_id: str,
        reply_id: str,
        listener: Listener,
        *,
        seed: int | None = None,
        limit: int | None = None,
    ) -> Turn:
        """Another version of a reply; with the seed of the first one, the same tokens."""
        return self._begin(_Start(session_id, regenerate=reply_id, seed=seed, limit=limit), listener)

    def branch(
        self,
        session_id: str,
        reply_id: str,
        keep: int,
        token_id: int,
        listener: Listener,
        *,
        limit: int | None = None,
    ) -> Turn:
        """Another version of a reply: its first `keep` tokens, then `token_id`, then what follows from there.

        The parameters and the random state are those under which the reply was written.
        """
        start = _Start(session_id, branch=Branch(reply_id, keep, token_id), limit=limit)
        return self._begin(start, listener)

    def advance(self, session_id: str, reply_id: str, listener: Listener, *, count: int = 1) -> Turn:
        """So many more tokens of a reply that was stopped, as they would have come had it not been."""
        return self._begin(_Start(session_id, advance=reply_id, limit=count), listener)

    def resume(self, session_id: str, reply_id: str, listener: Listener) -> Turn:
        """Go on with a reply where it stopped."""
        return self._begin(_Start(session_id, resume=reply_id), listener)

    def close(self) -> None:
        """End; what was streaming is kept as interrupted by the store. Idempotent."""
        self._unsubscribe()
        self._queue.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    # -- on the runner's thread

    def _begin(self, start: _Start, listener: Listener) -> Turn:
        turn = Turn(self._client.next_job(), start.session_id, self._client)
        self._queue.put(lambda: self._start(turn, start, listener))
        return turn

    def _work(self) -> None:
        while (task := self._queue.get()) is not None:
            task()
        for running in list(self._running.values()):
            running.turn.mark_finished()

    def _start(self, turn: Turn, start: _Start, listener: Listener) -> None:
        try:
            running, request, user = self._prepare(turn, start, listener)
        except Exception as error:  # noqa: BLE001 - told to the listener
            listener(TurnFinished(start.session_id, None, error))
            turn.mark_finished()
            return
        self._running[turn.job] = running
        self._saved_at[turn.job] = time.monotonic()
        listener(TurnStarted(start.session_id, user, running.reply, turn.job))
        self._client.send(Generate(job=turn.job, request=self.inspection.apply(request)))
        if turn.cancelled:
            turn.cancel()  # the first one may have come before the engine knew of the job

    def _prepare(
        self, turn: Turn, start: _Start, listener: Listener
    ) -> tuple[_Running, ChatRequest, MessageRecord | None]:
        """Write the user's message and an empty reply, and say what to ask."""
        store, session_id = self._store, start.session_id
        session = store.sessions.get(session_id)
        user = continued = earlier = None
        if start.advance is not None:
            return (*self._prepare_advance(turn, start, start.advance, session, listener), None)
        if start.branch is not None:
            return (*self._prepare_branch(turn, start, start.branch, session, listener), None)
        if start.resume is not None:
            old = store.messages.get(start.resume, session_id=session_id)
            continued, earlier = old.message, store.messages.reply(start.resume)
            path = _before(store.messages.path(session_id), start.resume)
            reply = store.messages.begin_reply(
                session_id, old.parent_id, self._model_name(session), continue_of=start.resume
            )
        else:
            if start.message is not None:
                user = store.messages.add(session_id, session.head_id, start.message)
                parent_id: str | None = user.id
            elif start.regenerate is not None:
                parent_id = store.messages.get(start.regenerate, session_id=session_id).parent_id
            else:
                parent_id = session.head_id
            reply = store.messages.begin_reply(session_id, parent_id, self._model_name(session))
            path = _before(store.messages.path(session_id), reply.id)
        request = make_request(
            store, session, path, continued=continued, seed=start.seed, max_tokens=start.limit
        )
        running = _Running(turn, listener, reply, ReplyBuilder(continued, earlier))
        return running, request, user

    def _prepare_branch(
        self, turn: Turn, start: _Start, branch: Branch, session: SessionRecord, listener: Listener
    ) -> tuple[_Running, ChatRequest]:
        store, session_id = self._store, start.session_id
        old = store.messages.get(branch.reply_id, session_id=session_id)
        record = known_reply(store, branch.reply_id, self.model)
        forced = (*record.token_ids[: branch.keep], branch.token_id)
        reply = store.messages.begin_reply(session_id, old.parent_id, self._model_name(session))
        path = _before(store.messages.path(session_id), reply.id)
        limit = session.settings.sampling.max_tokens
        if start.limit is not None:
            limit = branch.keep + start.limit
        request = walk_request(store, session, path, record, forced, max_tokens=limit)
        return _Running(turn, listener, reply, ReplyBuilder(None, None)), request

    def _prepare_advance(
        self, turn: Turn, start: _Start, reply_id: str, session: SessionRecord, listener: Listener
    ) -> tuple[_Running, ChatRequest]:
        store, session_id = self._store, start.session_id
        old = store.messages.get(reply_id, session_id=session_id)
        record = known_reply(store, reply_id, self.model)
        path = _before(store.messages.path(session_id), reply_id)
        known = len(record.token_ids)
        request = walk_request(
            store, session, path, record, record.token_ids, max_tokens=known + (start.limit or 1)
        )
        reply = store.messages.begin_reply(
            session_id, old.parent_id, self._model_name(session), continue_of=reply_id
        )
        return _Running(turn, listener, reply, ReplyBuilder(None, None), known, record), request

    def _model_name(self, session: SessionRecord) -> str:
        return self.model_name or session.settings.model

    def _on_event(self, event: AnyEvent) -> None:
        if isinstance(event, ModelLoaded):
            self.model_name, self.model = event.model.name, event.model
        running = self._running.get(event.job)
        if running is None:
            return
        match event:
            case PromptReady(report=report):
                running.builder.begin(report.thinking)
                self._progress(running, event)
            case PromptProgress() | JobProgress():
                self._progress(running, event)
            case Token():
                pieces = running.builder.add(event)
                again = running.builder.count <= running.walked
                pieces = () if again else pieces
                running.listener(TurnProgress(running.turn.session_id, running.reply.id, event, pieces))
                if not again:
                    self._checkpoint(running)
            case BeamGrown(nodes=nodes):
                running.builder.grow(nodes)
            case GenerationDone():
                self._done(running, event)
            case Failed():
                self._failed(running, event)
            case _:
                pass

    def _progress(self, running: _Running, event: PromptReady | PromptProgress | JobProgress) -> None:
        running.listener(TurnProgress(running.turn.session_id, running.reply.id, event))

    def _checkpoint(self, running: _Running) -> None:
        now = time.monotonic()
        if now - self._saved_at[running.turn.job] < CHECKPOINT_S:
            return
        self._saved_at[running.turn.job] = now
        try:
            self._store.messages.checkpoint(running.reply.id, running.builder.message())
        except UserError as error:
            # The text is held in memory and saved when there is space; the reply goes on.
            _log.info("%s", error)

    def _done(self, running: _Running, event: GenerationDone) -> None:
        builder = running.builder
        builder.finish(event.tail)
        status: MessageStatus = "cancelled" if event.finish_reason == "cancelled" else "done"
        reply = builder.record(running.reply.id, event.provenance)
        if running.before is not None and builder.count < running.walked:
            # Stopped before it came to where the reply was: that is still all there.
            reply = msgspec.structs.replace(running.before, message_id=running.reply.id)
        elif running.before is not None:
            reply = msgspec.structs.replace(reply, beams=reply.beams or running.before.beams)
        self._finish(running, status, event.finish_reason, event.metrics, reply, None)

    def _failed(self, running: _Running, event: Failed) -> None:
        running.builder.finish("")
        if event.code == "cancelled":
            self._finish(running, "cancelled", "cancelled", None, None, None)
            return
        error: Exception = UserError(event.code, **event.params) if event.code else BugError(event.report)
        self._finish(running, "failed", "failed", None, None, error)

    def _finish(
        self,
        running: _Running,
        status: MessageStatus,
        reason: FinishReason,
        metrics: GenerationMetrics | None,
        reply: ReplyRecord | None,
        error: Exception | None,
    ) -> None:
        del self._running[running.turn.job], self._saved_at[running.turn.job]
        session_id, reply_id = running.turn.session_id, running.reply.id
        shown = error.one_line() if isinstance(error, UserError) else str(error or "")
        record: MessageRecord | None = None
        try:
            try:
                self._store.messages.finish(
                    reply_id,
                    self._text_of(running),
                    status=status,
                    finish_reason=reason,
                    metrics=metrics,
                    reply=reply,
                    error=shown,
                )
            except UserError as full:
                error = error or full  # kept in memory, and told
            record = self._store.messages.get(reply_id, session_id=session_id)
        except Exception as bug:  # noqa: BLE001 - the turn ends in any case
            error = error or bug
        running.listener(TurnFinished(session_id, record, error))
        running.turn.mark_finished()

    @staticmethod
    def _text_of(running: _Running) -> Message:
        whole = running.builder.count >= running.walked
        return running.builder.message() if whole else running.reply.message


def _before(path: list[MessageRecord], message_id: str) -> list[MessageRecord]:
    """The messages above one on its path."""
    ids = [record.id for record in path]
    return path[: ids.index(message_id)] if message_id in ids else path
