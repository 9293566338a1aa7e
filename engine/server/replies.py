"""Replies in OpenAI's words: whole objects, and the chunks of a stream."""

import json
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from engine.protocol.events import GenerationDone, Token
from engine.server.tools import Call

Json = dict[str, Any]
Piece = Callable[[int], bytes]
"""The bytes of a token."""


class Finished(NamedTuple):
    """One choice, complete."""

    text: str
    calls: Sequence[Call]
    tokens: Sequence[Token]
    done: GenerationDone

    @property
    def finish_reason(self) -> str:
        if self.calls:
            return "tool_calls"
        return "length" if self.done.finish_reason in ("length", "context") else "stop"


class Replies:
    """Makes the objects of one request, which share id, time and model."""

    def __init__(self, model: str, *, chat: bool, piece: Piece, candidates: int, logprobs: bool) -> None:
        self.id = ("chatcmpl-" if chat else "cmpl-") + secrets.token_hex(12)
        self._created = int(time.time())
        self._model = model
        self._chat = chat
        self._piece = piece
        self._candidates, self._logprobs = candidates, logprobs

    # -- whole

    def whole(self, choices: Sequence[Finished], echo: Sequence[str] = ()) -> Json:
        """`echo`: what stands before the text of each choice."""
        prefixes = echo or [""] * len(choices)
        return {
            **self._head("chat.completion" if self._chat else "text_completion"),
            "choices": [
                self._choice(index, prefix, choice)
                for index, (prefix, choice) in enumerate(zip(prefixes, choices, strict=True))
            ],
            "usage": usage([choice.done for choice in choices]),
        }

    def _choice(self, index: int, prefix: str, choice: Finished) -> Json:
        body: Json
        if self._chat:
            message: Json = {"role": "assistant", "content": choice.text or (None if choice.calls else "")}
            if choice.calls:
                message["tool_calls"] = [_call(call) for call in choice.calls]
            body = {"message": message}
        else:
            body = {"text": prefix + choice.text}
        return {
            "index": index,
            **body,
            "logprobs": self.logprobs(choice.tokens),
            "finish_reason": choice.finish_reason,
        }

    # -- stream

    def opening(self, index: int) -> Json:
        """The first chunk of a choice: who speaks."""
        return self._chunk(index, {"role": "assistant", "content": ""}, "")

    def part(self, index: int, text: str, tokens: Sequence[Token]) -> Json:
        """A stretch of text."""
        return self._chunk(index, {"content": text}, text, tokens)

    def closing(self, index: int, choice: Finished) -> Json:
        """The end of a choice, with its calls."""
        delta: Json = {}
        if choice.calls:
            delta["tool_calls"] = [{"index": at, **_call(call)} for at, call in enumerate(choice.calls)]
        return self._chunk(index, delta, "", finish_reason=choice.finish_reason)

    def counts(self, done: Sequence[GenerationDone]) -> Json:
        """The last chunk where the client asked for the counts."""
        kind = "chat.completion.chunk" if self._chat else "text_completion"
        return {**self._head(kind), "choices": [], "usage": usage(done)}

    def _chunk(
        self,
        index: int,
        delta: Json,
        text: str,
        tokens: Sequence[Token] = (),
        finish_reason: str | None = None,
    ) -> Json:
        kind = "chat.completion.chunk" if self._chat else "text_completion"
        body: Json = {"delta": delta} if self._chat else {"text": text}
        logprobs = self.logprobs(tokens) if tokens else None
        choice = {"index": index, **body, "logprobs": logprobs, "finish_reason": finish_reason}
        return {**self._head(kind), "choices": [choice]}

    # -- probabilities

    def logprobs(self, tokens: Sequence[Token]) -> Json | None:
        if not self._logprobs:
            return None
        if self._chat:
            return {"content": [self._token(token) for token in tokens], "refusal": None}
        texts = [self._text(token.id) for token in tokens]
        offsets, at = [], 0
        for text in texts:
            offsets.append(at)
            at += len(text)
        return {
            "tokens": texts,
            "token_logprobs": [token.logprob for token in tokens],
            "top_logprobs": [
                {self._text(one.id): one.logprob for one in token.candidates[: self._candidates]}
                for token in tokens
            ],
            "text_offset": offsets,
        }

    def _token(self, token: Token) -> Json:
        return {
            **self._scored(token.id, token.logprob),
            "top_logprobs": [
                self._scored(one.id, one.logprob) for one in token.candidates[: self._candidates]
            ],
        }

    def _scored(self, token: int, logprob: float) -> Json:
        # JSON has no infinity; OpenAI writes impossible tokens like this.
        return {
            "token": self._text(token),
            "logprob": max(logprob, -9999.0),
            "bytes": list(self._piece(token)),
        }

    def _text(self, token: int) -> str:
        return self._piece(token).decode("utf-8", "replace")

    def _head(self, kind: str) -> Json:
        return {"id": self.id, "object": kind, "created": self._created, "model": self._model}


def usage(done: Sequence[GenerationDone]) -> Json:
    """Counts of all choices; the prompt counts once."""
    prompt = max((one.metrics.prompt_tokens for one in done), default=0)
    written = sum(one.metrics.output_tokens for one in done)
    reused = max((one.metrics.reused_tokens for one in done), default=0)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": written,
        "total_tokens": prompt + written,
        "prompt_tokens_details": {"cached_tokens": reused},
    }


def sse(value: Json | str) -> bytes:
    """One event of a stream."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"data: {text}\n\n".encode()


def error_body(message: str, code: str, kind: str = "invalid_request_error") -> Json:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def _call(call: Call) -> Json:
    return {
        "id": f"call_{secrets.token_hex(12)}",
        "type": "function",
        "function": {"name": call.name, "arguments": call.arguments},
    }
