"""The endpoints: a request body in, a reply or a stream of chunks out."""

import asyncio
import base64
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

import msgspec
import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from engine.errors import Cancelled, UserError
from engine.protocol.events import GenerationDone, Token
from engine.protocol.values import ChatRequest
from engine.server import requests
from engine.server.replies import Finished, Json, Replies, error_body, sse
from engine.server.service import ModelService, ServingError
from engine.server.tools import CallReader

LARGEST_BODY = 32 << 20
T = TypeVar("T")
_log = logging.getLogger(__name__)
_END = "[DONE]"


class Endpoints:
    """Handlers of one server."""

    def __init__(self, service: ModelService) -> None:
        self._service = service

    async def health(self, _request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def models(self, _request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [self._model()]})

    async def model(self, request: Request) -> Response:
        if request.path_params["name"] != self._service.name:
            body = error_body("There is no such model here; /v1/models names the one.", "model_not_found")
            return JSONResponse(body, 404)
        return JSONResponse(self._model())

    async def chat(self, request: Request) -> Response:
        asked = await _body(request, requests.ChatCompletion)
        wanted = requests.chat_request(asked, self._service.defaults)
        replies = Replies(
            self._service.name,
            chat=True,
            piece=self._service.piece,
            candidates=asked.top_logprobs or 0,
            logprobs=bool(asked.logprobs),
        )
        readers = [
            CallReader(only_calls=requests.must_call(asked)) if requests.may_call(asked) else None
            for _ in range(requests.choices_of(asked))
        ]
        choices = [
            Choice(self._service, request.url.path, requests.for_choice(wanted, index), reader)
            for index, reader in enumerate(readers)
        ]
        return await _respond(asked, replies, choices, chat=True)

    async def completions(self, request: Request) -> Response:
        asked = await _body(request, requests.Completion)
        replies = Replies(
            self._service.name,
            chat=False,
            piece=self._service.piece,
            candidates=asked.logprobs or 0,
            logprobs=asked.logprobs is not None,
        )
        wanted = requests.completion_requests(asked, self._service.defaults)
        choices = [
            Choice(self._service, request.url.path, requests.for_choice(one, index), None)
            for one in wanted
            for index in range(requests.choices_of(asked))
        ]
        if len(choices) > requests.MOST_CHOICES:
            raise UserError("server.request", reason=f"more than {requests.MOST_CHOICES} replies are wanted")
        echo = [one.messages[0].text() for one in wanted for _ in range(asked.n)] if asked.echo else []
        return await _respond(asked, replies, choices, chat=False, echo=echo)

    async def embeddings(self, request: Request) -> Response:
        asked = await _body(request, requests.Embeddings)
        texts = [asked.input] if isinstance(asked.input, str) else asked.input
        if not texts:
            raise UserError("server.request", reason="input is empty")
        vectors, tokens = await self._service.embed(texts)
        data = [
            {
                "object": "embedding",
                "index": index,
                "embedding": base64.b64encode(vector.astype("<f4").tobytes()).decode()
                if asked.encoding_format == "base64"
                else np.asarray(vector, np.float64).tolist(),
            }
            for index, vector in enumerate(vectors)
        ]
        counts = {"prompt_tokens": tokens, "total_tokens": tokens}
        return JSONResponse({"object": "list", "data": data, "model": self._service.name, "usage": counts})

    def _model(self) -> Json:
        service = self._service
        return {
            "id": service.name,
            "object": "model",
            "created": service.loaded_s,
            "owned_by": "lathe",
            "meta": service.facts,  # llama-server's name for it, so that its clients understand it
        }


class Choice:
    """One reply of a request, whole or in stretches."""

    def __init__(
        self, service: ModelService, endpoint: str, request: ChatRequest, reader: CallReader | None
    ) -> None:
        self._service, self._endpoint, self._request, self._reader = service, endpoint, request, reader
        self.finished: Finished | None = None

    async def stretches(self) -> AsyncIterator[tuple[str, list[Token]]]:
        """(text, its tokens) as they may be shown; `finished` is set at the end."""
        reader = self._reader
        texts: list[str] = []
        tokens: list[Token] = []
        pending: list[Token] = []
        async for event in self._service.answer(self._endpoint, self._request):
            last = isinstance(event, GenerationDone)
            text = event.tail if isinstance(event, GenerationDone) else event.text
            if isinstance(event, Token):
                tokens.append(event)
                pending.append(event)
            if reader is not None:
                text = reader.feed(text) + (reader.finish() if last else "")
            texts.append(text)
            if text or (last and pending):
                yield text, pending
                pending = []
            if isinstance(event, GenerationDone):
                calls = reader.calls if reader is not None else []
                self.finished = Finished("".join(texts), calls, tokens, event)

    async def whole(self) -> Finished:
        async for _ in self.stretches():
            pass
        if self.finished is None:
            raise ServingError("the reply has no end")
        return self.finished


async def _respond(
    asked: requests.Sampled,
    replies: Replies,
    choices: Sequence[Choice],
    *,
    chat: bool,
    echo: Sequence[str] = (),
) -> Response:
    if not asked.stream:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(choice.whole()) for choice in choices]
        return JSONResponse(replies.whole([task.result() for task in tasks], echo))
    counts = asked.stream_options is not None and asked.stream_options.include_usage
    chunks = _chunks(replies, choices, chat=chat, counts=counts)
    # What is wrong with a request shows before the first token: then it is an answer with a status of its
    # own.
    first = await anext(chunks)

    async def stream() -> AsyncIterator[bytes]:
        yield sse(first)
        try:
            async for chunk in chunks:
                yield sse(chunk)
        except (UserError, Cancelled, ServingError) as error:
            yield sse(_told(error)[1])
        yield sse(_END)

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-cache"})


async def _chunks(
    replies: Replies, choices: Sequence[Choice], *, chat: bool, counts: bool
) -> AsyncIterator[Json]:
    """The chunks of all choices as they come."""
    queue: asyncio.Queue[Json | Exception | None] = asyncio.Queue()

    async def run(index: int, choice: Choice) -> None:
        try:
            opened = not chat
            async for text, tokens in choice.stretches():
                if not opened:
                    queue.put_nowait(replies.opening(index))
                    opened = True
                queue.put_nowait(replies.part(index, text, tokens))
            if choice.finished is not None:
                queue.put_nowait(replies.closing(index, choice.finished))
            queue.put_nowait(None)
        except Exception as error:  # noqa: BLE001 - raised where the chunks are taken
            queue.put_nowait(error)

    tasks = [asyncio.create_task(run(index, choice)) for index, choice in enumerate(choices)]
    try:
        open_choices = len(tasks)
        while open_choices:
            chunk = await queue.get()
            if isinstance(chunk, Exception):
                raise chunk
            if chunk is None:
                open_choices -= 1
            else:
                yield chunk
        if counts:
            yield replies.counts([one.finished.done for one in choices if one.finished is not None])
    finally:
        for task in tasks:
            task.cancel()


def answering(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Errors become answers."""

    async def wrapped(request: Request) -> Response:
        try:
            return await handler(request)
        except BaseExceptionGroup as group:
            known = next((one for one in group.exceptions if isinstance(one, UserError | Cancelled)), None)
            if known is None:
                _log.exception("a request failed", exc_info=group)
            status, body = _told(known or ServingError(str(group.exceptions[0])))
        except (UserError, Cancelled, ServingError) as error:
            status, body = _told(error)
        return JSONResponse(body, status)

    return wrapped


def _told(error: Exception) -> tuple[int, Json]:
    """(status, body)."""
    if isinstance(error, UserError):
        return 400, error_body(error.one_line(), error.code)
    if isinstance(error, Cancelled):
        return 503, error_body("The server is closing.", "server_closing", "server_error")
    return 500, error_body(str(error), "engine_failed", "server_error")


async def _body(request: Request, kind: type[T]) -> T:
    """Raises `UserError` server.request."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST_BODY:
            raise UserError("server.request", reason=f"the body is larger than {LARGEST_BODY >> 20} MiB")
    try:
        return msgspec.json.decode(bytes(data), type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError("server.request", reason=str(error)) from error
