"""A reply token by token, as the panels show it: while it is written, or from the store."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.models.inspection_subject import visible
from engine.chat.reply_tokens import spans
from engine.protocol.events import Token
from engine.protocol.inspection import StageTrace
from engine.protocol.values import TokenCandidate
from engine.store.records import ReplyRecord

LOUDEST = 8.0
"""Nats of surprise from which the colour grows no more: a probability of 0.03 %."""


@dataclass(frozen=True, slots=True)
class ReplyToken:
    """One token. `start` and `end` are places in the message (`engine.chat.reply_tokens`).

    `logprob` natural, `entropy` in bits, `rank` from 0; NaN and -1 where they are not known.
    """

    id: int
    text: str
    start: int = 0
    end: int = 0
    logprob: float = math.nan
    entropy: float = math.nan
    rank: int = -1
    candidates: tuple[TokenCandidate, ...] = ()
    stages: tuple[StageTrace, ...] = ()

    @property
    def p(self) -> float:
        return math.exp(min(0.0, self.logprob))

    @property
    def surprise(self) -> float:
        """−log p in nats."""
        return max(0.0, -self.logprob)

    @property
    def label(self) -> str:
        """Its text with blanks made visible, else its number."""
        return visible(self.text.encode()) or f"#{self.id}"


def loudness(surprise: float) -> float:
    """Surprise in nats on a scale from 0 to 1."""
    return 0.0 if math.isnan(surprise) else min(1.0, surprise / LOUDEST)


class ReplyTokens:
    """All tokens of one reply. `version` grows with every change."""

    def __init__(self, message_id: str, tokens: Iterable[ReplyToken] = ()) -> None:
        self.message_id = message_id
        self.tokens = list(tokens)
        self.version = 0
        self.spans: list[tuple[int, int]] = [(token.start, token.end) for token in self.tokens]
        """Grows with the tokens."""
        self._counted = 0
        self._known = 0
        self._surprise = 0.0
        self._entropies = 0
        self._entropy = 0.0

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, index: int) -> ReplyToken:
        return self.tokens[index]

    def append(self, event: Token, start: int, end: int) -> None:
        """A token arrived; it added the characters from `start` to `end` to the message."""
        self.tokens.append(
            ReplyToken(
                event.id, event.text or _own_text(event.id, event.candidates), start, end, event.logprob,
                event.entropy, event.rank, event.candidates, event.stages,
            )
        )  # fmt: skip
        self.spans.append((start, end))
        self.version += 1

    def trace(self, index: int, event: Token) -> None:
        """What the sampler did, from walking the reply again; also candidates where there were fewer."""
        if not 0 <= index < len(self.tokens) or self.tokens[index].id != event.id:
            return
        known = self.tokens[index]
        more = event.candidates if len(event.candidates) > len(known.candidates) else known.candidates
        self.tokens[index] = replace(known, stages=event.stages, candidates=more)
        self.version += 1

    def take_traces(self, other: "ReplyTokens") -> None:
        """Keep what another state of the same reply knew of its sampler."""
        offset = len(self.tokens) - len(other.tokens)
        for number, token in enumerate(other.tokens):
            place = number + offset
            if token.stages and 0 <= place < len(self.tokens) and self.tokens[place].id == token.id:
                self.tokens[place] = replace(self.tokens[place], stages=token.stages)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(token.id for token in self.tokens)

    def _count(self) -> None:
        """Add what the tokens since the last call know to the sums."""
        for token in self.tokens[self._counted :]:
            if not math.isnan(token.logprob):
                self._known += 1
                self._surprise += token.surprise
            if not math.isnan(token.entropy):
                self._entropies += 1
                self._entropy += token.entropy
        self._counted = len(self.tokens)

    @property
    def perplexity(self) -> float:
        """exp of the mean surprise; NaN without tokens."""
        self._count()
        return math.exp(self._surprise / self._known) if self._known else math.nan

    @property
    def mean_entropy(self) -> float:
        """Bits; NaN where it is not known."""
        self._count()
        return self._entropy / self._entropies if self._entropies else math.nan

    def by_surprise(self) -> list[int]:
        """Numbers of the tokens, the most surprising first."""
        numbers = [number for number, token in enumerate(self.tokens) if not math.isnan(token.logprob)]
        return sorted(numbers, key=lambda number: -self.tokens[number].surprise)


def tokens_of_record(record: ReplyRecord) -> ReplyTokens:
    """A stored reply. What was not recorded is unknown."""
    count = len(record.token_ids)
    places: Sequence[tuple[int, int]] = spans(record.ends) if record.ends else [(0, 0)] * count
    rows = []
    for number, token_id in enumerate(record.token_ids):
        candidates = record.candidates[number] if record.candidates else ()
        text = record.texts[number] if record.texts else ""
        start, end = places[number]
        rows.append(
            ReplyToken(
                token_id,
                text or _own_text(token_id, candidates),
                start,
                end,
                record.logprobs[number] if record.logprobs else math.nan,
                record.entropies[number] if record.entropies else math.nan,
                record.ranks[number] if record.ranks else -1,
                candidates,
            )
        )
    return ReplyTokens(record.message_id, rows)


def _own_text(token_id: int, candidates: Sequence[TokenCandidate]) -> str:
    return next((candidate.text for candidate in candidates if candidate.id == token_id), "")
