"""From a stored chat to what the engine is asked."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.chat.models import resolve_model
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.values import ChatRequest, ModelSpec
from engine.sampling.params import SamplingParams
from engine.store.database import Store
from engine.store.records import MessageRecord, SessionRecord

STATE_FOLDER = "states"
_TOKENS_OF_LAST_REPLIES = 64


def state_path(home: Path, session_id: str) -> Path:
    """Where the KV state of a chat is kept."""
    return home / STATE_FOLDER / f"{session_id}.kv"


def make_request(
    store: Store,
    session: SessionRecord,
    path: Sequence[MessageRecord],
    *,
    continued: Message | None = None,
    seed: int | None = None,
    max_tokens: int | None = None,
) -> ChatRequest:
    """The messages of `path` (root to the last one to answer) and, last, an unfinished reply to go on
    with.
    """
    settings = session.settings
    used = [record for record in path if record.status != "failed" or record.message.parts]
    messages = [record.message for record in used]
    if continued is not None and continued.parts:
        messages.append(continued)
    sampling = settings.sampling
    if seed is not None:
        sampling = msgspec.structs.replace(sampling, seed=seed)
    if max_tokens is not None:
        sampling = msgspec.structs.replace(sampling, max_tokens=max_tokens)
    return ChatRequest(
        messages=tuple(messages),
        sampling=sampling,
        prompt=settings.prompt,
        n_probs=settings.n_probs,
        state_path=str(state_path(store.home, session.id)),
        token_history=_token_history(store, used),
        amateur=amateur_of(store, session, sampling),
        adapters=settings.adapters,
    )


def amateur_of(store: Store, session: SessionRecord, sampling: SamplingParams) -> ModelSpec | None:
    """The smaller model that contrastive decoding asks for. Raises `UserError` amateur.none, model.*."""
    if sampling.decoding != "contrastive":
        return None
    if not session.settings.amateur:
        raise UserError("amateur.none")
    return resolve_model(store, session.settings.amateur)


def _token_history(store: Store, path: Sequence[MessageRecord]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Token ids of the latest replies on the path, so that they are read as they were written."""
    replies = [(index, record) for index, record in enumerate(path) if record.message.role == "assistant"]
    history = []
    for index, record in replies[-_TOKENS_OF_LAST_REPLIES:]:
        known = store.messages.reply(record.id)
        if known is not None and known.token_ids:
            history.append((index, known.token_ids))
    return tuple(history)
