"""Walking a reply again: the same tokens under the same random state, so that one can look, or turn off."""

import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from engine.chat.request import amateur_of, make_request
from engine.client.api import EngineClient
from engine.errors import BugError, UserError
from engine.protocol.adapters import as_used
from engine.protocol.commands import Cancel, Generate
from engine.protocol.events import AnyEvent, Failed, GenerationDone, Token
from engine.protocol.values import ChatRequest, LoadedModel
from engine.store.database import Store
from engine.store.records import MessageRecord, ReplyRecord, SessionRecord


class Branch(NamedTuple):
    """Turn off a reply after its first `keep` tokens, with `token_id`."""

    reply_id: str
    keep: int
    token_id: int


class WalkReport(NamedTuple):
    """What came of a walk. `first_difference`: the first token that the sampler would not draw, else -1.

    `same_prompt`: whether the model read what it had read when the reply was written. `cancelled` walks end
    early and have looked at `tokens` tokens only.
    """

    tokens: int
    first_difference: int
    same_prompt: bool
    cancelled: bool = False


WalkEvent = Token | WalkReport | Exception
"""`Token`…, then a `WalkReport` or what went wrong."""


class Walk:
    """A running walk. Safe from any thread."""

    def __init__(
        self, client: EngineClient, record: ReplyRecord, listener: Callable[[WalkEvent], None]
    ) -> None:
        self.job = client.next_job()
        self._client = client
        self._record = record
        self._listener = listener
        self._seen = 0
        self._difference = -1
        self._ended = threading.Event()
        self._unsubscribe = client.subscribe(self._on_event)

    def cancel(self) -> None:
        """Stop within one token."""
        self._client.send(Cancel(job=self.job))

    def wait(self, timeout: float | None = None) -> bool:
        """Whether it has ended within `timeout` seconds."""
        return self._ended.wait(timeout)

    def _on_event(self, event: AnyEvent) -> None:
        """On the client's thread."""
        if event.job != self.job:
            return
        match event:
            case Token():
                if self._difference < 0 and drawn(event) not in (-1, event.id):
                    self._difference = self._seen
                self._seen += 1
                self._listener(event)
            case GenerationDone(provenance=provenance, finish_reason=reason):
                same = provenance.prompt_hash == self._record.provenance.prompt_hash
                self._end(WalkReport(self._seen, self._difference, same, reason == "cancelled"))
            case Failed(code="cancelled"):
                self._end(WalkReport(self._seen, self._difference, same_prompt=True, cancelled=True))
            case Failed(code=code, params=params, report=report):
                self._end(UserError(code, **params) if code else BugError(report))
            case _:
                pass

    def _end(self, outcome: WalkReport | Exception) -> None:
        if not self._ended.is_set():
            self._unsubscribe()
            self._ended.set()
            self._listener(outcome)


def walk_reply(
    store: Store,
    client: EngineClient,
    session_id: str,
    reply_id: str,
    listener: Callable[[WalkEvent], None],
    *,
    model: LoadedModel | None,
    n_probs: int = 0,
    trace: bool = True,
) -> Walk:
    """Draw a stored reply once more and tell what every sampler stage did. Nothing is stored.

    Reads the store: call it off the GUI thread. The listener is called on the client's thread. Raises
    `UserError` reply.no_tokens, reply.beams, reply.other_model (where `model` is another), message.unknown.
    """
    session = store.sessions.get(session_id)
    record = known_reply(store, reply_id, model)
    if record.provenance.sampling.decoding == "beam":
        raise UserError("reply.beams")
    path = store.messages.path(session_id)
    ids = [each.id for each in path]
    if reply_id not in ids:
        raise UserError("message.unknown")
    before = path[: ids.index(reply_id)]
    count = len(record.token_ids)
    request = walk_request(store, session, before, record, record.token_ids, max_tokens=count)
    request = replace(request, trace=trace, n_probs=max(n_probs, request.n_probs))
    walk = Walk(client, record, listener)
    client.send(Generate(job=walk.job, request=request))
    return walk


def known_reply(store: Store, reply_id: str, model: LoadedModel | None) -> ReplyRecord:
    """How a reply came about, to be walked with `model`.

    Raises `UserError` reply.no_tokens where that is not on record, reply.other_model, model.none_loaded, and
    inspect.unsupported for a model elsewhere, which cannot be given tokens.
    """
    record = store.messages.reply(reply_id)
    if record is None or not record.token_ids:
        raise UserError("reply.no_tokens")
    if model is None:
        raise UserError("model.none_loaded")
    if model.backend == "remote":
        raise UserError("inspect.unsupported", reason="it runs on another machine")
    if model.model_hash != record.provenance.model_hash:
        raise UserError("reply.other_model", name=record.provenance.model_name)
    return record


def walk_request(
    store: Store,
    session: SessionRecord,
    path: Sequence[MessageRecord],
    record: ReplyRecord,
    forced: tuple[int, ...],
    *,
    max_tokens: int,
) -> ChatRequest:
    """Ask for a reply that begins with `forced`, with the parameters and the seed of `record`.

    A beam search has no random state: what follows after its tokens is the most probable.
    """
    provenance = record.provenance
    sampling = replace(provenance.sampling, seed=provenance.seed, max_tokens=max_tokens)
    if sampling.decoding == "beam":
        sampling = replace(sampling, decoding="greedy")
    settings = replace(session.settings, sampling=sampling, adapters=as_used(provenance.adapters))
    request = make_request(store, replace(session, settings=settings), path)
    return replace(request, forced=forced, amateur=amateur_of(store, session, sampling))


def drawn(token: Token) -> int:
    """The token that the sampler drew, from its last stage; -1 where nothing was traced."""
    last = token.stages[-1] if token.stages else None
    return last.top[0].id if last is not None and last.kept == 1 and last.top else -1
