"""Between the web server's event loop and the engine's thread: requests in, events out, who is being
served.
"""

import asyncio
import itertools
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.backends.backend import Control
from engine.backends.llama_cpp.batching import BatchEngine
from engine.backends.llama_cpp.embedding import Embedder
from engine.backends.llama_cpp.loading import Loaded
from engine.backends.llama_cpp.threads import brief_thread
from engine.errors import Cancelled, UserError
from engine.protocol.events import AnyEvent, Failed, GenerationDone, PromptReady, Token
from engine.protocol.serving import LiveRequest, ServerActivity
from engine.protocol.values import ChatRequest
from engine.sampling.params import SamplingParams

_RATE_SECONDS = 1.0


class ServingError(Exception):
    """The engine failed; a bug, whose text the client gets."""


class ModelService:
    """One loaded model for many clients. Close it before the model."""

    def __init__(self, loaded: Loaded, slots: int) -> None:
        self.name = loaded.facts.name
        self.defaults = loaded.facts.recommended or SamplingParams()
        self.loaded_s = int(time.time())
        facts = loaded.facts
        self.facts = {
            "n_ctx": facts.n_ctx,
            "n_ctx_train": facts.n_ctx_train,
            "n_params": facts.parameters,
            "size": facts.size_bytes,
            "n_vocab": facts.n_vocab,
            "n_embd": facts.n_embd,
        }
        self._vocab = loaded.model.vocab
        self._engine = BatchEngine(loaded, slots)
        self._embedder = Embedder(loaded)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._live: dict[int, LiveRequest] = {}
        self._served = 0
        self._stamps: deque[float] = deque()

    def piece(self, token: int) -> bytes:
        """The bytes of a token."""
        return self._vocab.piece(token)

    async def answer(self, endpoint: str, request: ChatRequest) -> AsyncIterator[Token | GenerationDone]:
        """The tokens of a reply, then its end. Left early, the request is cancelled.

        Raises `UserError`, `Cancelled` when the server closes, `ServingError`.
        """
        loop = asyncio.get_running_loop()
        events: asyncio.Queue[AnyEvent] = asyncio.Queue()
        control = Control()
        number = next(self._numbers)
        self._note(LiveRequest(number, endpoint, "waiting", int(time.time() * 1000)))

        def tell(event: AnyEvent) -> None:
            self._follow(number, event)
            try:
                loop.call_soon_threadsafe(events.put_nowait, event)
            except RuntimeError:
                control.cancel()  # the loop is closed: nobody listens

        self._engine.submit(number, request, tell, control)
        try:
            while True:
                event = await events.get()
                if isinstance(event, Failed):
                    raise _error(event)
                if isinstance(event, Token | GenerationDone):
                    yield event
                if isinstance(event, GenerationDone):
                    return
        finally:
            control.cancel()
            self._forget(number)

    async def embed(self, texts: Sequence[str]) -> tuple[list[NDArray[np.float32]], int]:
        """See `Embedder.embed`."""
        number = next(self._numbers)
        self._note(LiveRequest(number, "/v1/embeddings", "reading", int(time.time() * 1000)))
        brief = brief_thread()
        try:
            return await asyncio.wrap_future(brief.submit(self._embedder.embed, texts))
        finally:
            brief.shutdown(wait=False)
            self._forget(number)

    def activity(self) -> ServerActivity:
        """What goes on now."""
        now = time.monotonic()
        with self._lock:
            while self._stamps and self._stamps[0] < now - _RATE_SECONDS:
                self._stamps.popleft()
            rate = len(self._stamps) / _RATE_SECONDS
            return ServerActivity(tuple(self._live.values()), self._served, rate)

    def close(self) -> None:
        self._engine.close()
        self._embedder.close()

    # -- books

    def _note(self, live: LiveRequest) -> None:
        with self._lock:
            self._live[live.id] = live

    def _forget(self, number: int) -> None:
        with self._lock:
            if self._live.pop(number, None) is not None:
                self._served += 1

    def _follow(self, number: int, event: AnyEvent) -> None:
        with self._lock:
            live = self._live.get(number)
            if live is None:
                return
            if isinstance(event, PromptReady):
                live = msgspec.structs.replace(live, state="reading", prompt_tokens=event.report.total)
            elif isinstance(event, Token):
                self._stamps.append(time.monotonic())
                live = msgspec.structs.replace(live, state="writing", output_tokens=event.seq + 1)
            self._live[number] = live


def _error(failed: Failed) -> Exception:
    if failed.code == "cancelled":
        return Cancelled()
    if failed.code:
        return UserError(failed.code, **failed.params)
    return ServingError(failed.message)
