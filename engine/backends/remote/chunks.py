"""Chunks of a streamed answer as tokens; the two shapes (chat and plain completion) become one."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from engine.protocol.values import FinishReason, TokenCandidate
from engine.text.thinking import KNOWN_TAGS

UNKNOWN = math.nan
"""The log-probability of a token for which the server gave none."""

NO_ID = -1
"""Servers of this protocol say the texts of tokens, not their ids. The other candidates of a position get
smaller numbers, so that equal ids still mean the same token."""


class RemoteToken(NamedTuple):
    """Text to show now, with what the server says about the token."""

    text: str
    logprob: float = UNKNOWN
    rank: int = 0
    candidates: tuple[TokenCandidate, ...] = ()


class Usage(NamedTuple):
    """The server's own counts; None where it did not say."""

    prompt: int
    cached: int
    output: int


class ChunkReader:
    """Turns chunks into tokens and remembers how the answer ended.

    Reasoning that a server sends apart from the answer gets its tags back, so that a reply reads the same
    from everywhere.
    """

    def __init__(self) -> None:
        self.finish_reason: FinishReason | None = None
        self.usage: Usage | None = None
        self._thinking = False

    def read(self, chunk: Any) -> Iterator[RemoteToken]:
        """The tokens of one chunk. Raises `ValueError`, `TypeError`, `AttributeError` for other things."""
        if getattr(chunk, "usage", None) is not None:
            self.usage = _usage(chunk.usage)
        for choice in (chunk.choices or ())[:1]:
            text = self._text(choice)
            yield from _tokens(text, choice.logprobs)
            if choice.finish_reason is not None:
                self.finish_reason = "length" if choice.finish_reason == "length" else "stop"

    def _text(self, choice: Any) -> str:
        delta = getattr(choice, "delta", None)
        if delta is None:
            return str(choice.text or "")
        more: dict[str, Any] = delta.model_extra or {}
        reasoning = more.get("reasoning_content") or more.get("reasoning") or ""
        answer = delta.content or ""
        tags = KNOWN_TAGS[0]
        text = ""
        if reasoning:
            text = ("" if self._thinking else f"{tags.opening}\n") + str(reasoning)
            self._thinking = True
        if answer and self._thinking:
            text += f"\n{tags.closing}\n\n"
            self._thinking = False
        return text + answer


def _tokens(text: str, logprobs: Any) -> list[RemoteToken]:
    """A chunk can hold several tokens: the text goes with the last of them."""
    entries = _entries(logprobs)
    if not entries:
        return [RemoteToken(text)] if text else []
    last = len(entries) - 1
    return [entry._replace(text=text if index == last else "") for index, entry in enumerate(entries)]


def _entries(logprobs: Any) -> list[RemoteToken]:
    content = getattr(logprobs, "content", None)
    if content:
        return [
            _entry(entry.token, entry.logprob, [(top.token, top.logprob) for top in entry.top_logprobs or ()])
            for entry in content
        ]
    names = getattr(logprobs, "tokens", None)
    if not names:
        return []
    values = logprobs.token_logprobs or [None] * len(names)
    tops = logprobs.top_logprobs or [None] * len(names)
    return [
        _entry(name, value, list((top or {}).items()))
        for name, value, top in zip(names, values, tops, strict=False)
    ]


def _entry(name: str, logprob: float | None, top: list[tuple[str, float]]) -> RemoteToken:
    ordered = sorted(top, key=lambda item: -item[1])
    rank = _place(name, logprob, ordered)
    candidates = tuple(
        TokenCandidate(NO_ID if index == rank else NO_ID - 1 - index, text, float(value))
        for index, (text, value) in enumerate(ordered)
    )
    value = UNKNOWN if logprob is None else float(logprob)
    return RemoteToken("", value, rank, candidates)


def _place(name: str, logprob: float | None, ordered: list[tuple[str, float]]) -> int:
    """Where the token that was taken stands among the candidates; behind them when it is none of them.

    Part of a character has no text of its own: llama-server names the token by the whole character and its
    candidate by a replacement mark, so the same log-probability tells as well.
    """
    likeness = [(text == name) + (value == logprob) for text, value in ordered]
    best = max(likeness, default=0)
    return likeness.index(best) if best else len(ordered)


def _usage(usage: Any) -> Usage:
    details = getattr(usage, "prompt_tokens_details", None)
    cached = getattr(details, "cached_tokens", None) or 0
    return Usage(int(usage.prompt_tokens or 0), int(cached), int(usage.completion_tokens or 0))
