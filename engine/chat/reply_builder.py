"""A reply while it grows: parts, and what is known of each token."""

from engine.messages import AttachmentPart, Message, Part, TextPart, ThinkingPart
from engine.protocol.events import Token
from engine.protocol.inspection import BeamNode
from engine.protocol.values import Provenance, TokenCandidate
from engine.store.records import ReplyRecord
from engine.text.thinking import Piece, ThinkingSplitter, ThinkingTags


class ReplyBuilder:
    """Collects text and token facts. `before` is the reply so far when it is being continued."""

    def __init__(self, before: Message | None, earlier: ReplyRecord | None) -> None:
        self._thinking: list[str] = []
        self._text: list[str] = []
        self._others: list[Part] = []
        for part in before.parts if before else ():
            if isinstance(part, ThinkingPart):
                self._thinking.append(part.text)
            elif isinstance(part, TextPart):
                self._text.append(part.text)
            elif isinstance(part, AttachmentPart):
                self._others.append(part)
        # A continued answer is past its reasoning.
        self._splitter = ThinkingSplitter() if not self._text else None
        self._ids = list(earlier.token_ids) if earlier else []
        self._logprobs = list(earlier.logprobs) if earlier else []
        self._entropies = list(earlier.entropies) if earlier else []
        self._ranks = list(earlier.ranks) if earlier else []
        self._texts = list(earlier.texts) if earlier else []
        self._ends = list(earlier.ends) if earlier else []
        self._shown = sum(map(len, (*self._thinking, *self._text)))
        self._candidates: list[tuple[TokenCandidate, ...]] = list(earlier.candidates) if earlier else []
        self._beams: dict[int, BeamNode] = {}
        self._earlier_beams = earlier.beams if earlier else ()

    @property
    def count(self) -> int:
        """Tokens so far, those of an earlier part included."""
        return len(self._ids)

    def begin(self, opened: tuple[str, str] | None) -> None:
        """The prompt is ready: the reply begins inside reasoning, or not."""
        if self._splitter is not None and opened is not None:
            self._splitter = ThinkingSplitter(ThinkingTags(*opened))

    def add(self, token: Token) -> tuple[Piece, ...]:
        """Take a token; the stretches it adds to the screen."""
        self._ids.append(token.id)
        self._logprobs.append(token.logprob)
        self._entropies.append(token.entropy)
        self._ranks.append(token.rank)
        if token.candidates or self._candidates:
            self._candidates.append(token.candidates)
        pieces = self._feed(token.text)
        self._texts.append(token.text)
        self._ends.append(self._shown)
        return pieces

    def grow(self, nodes: tuple[BeamNode, ...]) -> None:
        """Take what a step of beam search added to its tree, or changed in it."""
        self._beams.update((node.id, node) for node in nodes)

    def finish(self, tail: str) -> None:
        """Take what was held back."""
        self._feed(tail)
        if self._splitter is not None:
            self._keep(self._splitter.finish())

    def message(self) -> Message:
        """The reply as it stands."""
        parts: list[Part] = list(self._others)
        if thinking := "".join(self._thinking):
            parts.append(ThinkingPart(thinking))
        if text := "".join(self._text):
            parts.append(TextPart(text))
        return Message("assistant", tuple(parts))

    def record(self, message_id: str, provenance: Provenance) -> ReplyRecord:
        """How the reply came about. Empty columns where an earlier part was not recorded."""
        count = len(self._ids)
        complete = len(self._logprobs) == count and len(self._entropies) == count
        with_candidates = len(self._candidates) == count
        with_texts = len(self._texts) == len(self._ends) == count
        return ReplyRecord(
            message_id=message_id,
            provenance=provenance,
            token_ids=tuple(self._ids),
            logprobs=tuple(self._logprobs) if complete else (),
            entropies=tuple(self._entropies) if complete else (),
            ranks=tuple(self._ranks) if complete else (),
            candidates=tuple(self._candidates) if with_candidates else (),
            texts=tuple(self._texts) if with_texts else (),
            ends=tuple(self._ends) if with_texts else (),
            # Of several searches that went on with each other the last one is kept.
            beams=tuple(self._beams.values()) or self._earlier_beams,
        )

    def _feed(self, text: str) -> tuple[Piece, ...]:
        if not text:
            return ()
        pieces: list[Piece] = [("text", text)] if self._splitter is None else self._splitter.feed(text)
        self._keep(pieces)
        return tuple(pieces)

    def _keep(self, pieces: list[Piece]) -> None:
        for kind, text in pieces:
            self._shown += len(text)
            (self._thinking if kind == "thinking" else self._text).append(text)
