"""What the panels look at: a reply of a chat, while it is written or later, or a text that was typed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from engine.protocol.events import Inspected, Token
from engine.protocol.inspection import BeamNode, InspectRequest
from engine.protocol.values import GenerationMetrics, LoadedModel, PromptReport
from engine.store.records import ReplyRecord

if TYPE_CHECKING:
    from app.models.inspection_rows import AttentionRows

AttentionPart = Literal["attention", "encoder_attention", "cross_attention"]
"""Of encoder-decoders: the decoder's, the encoder's, and what the decoder reads of the encoder's text."""
NEWEST = -1
"""`chosen`: follow the token that was written last."""


@dataclass
class Subject:
    """One text in tokens. Positions count from 0 through the prompt into the reply.

    `pieces` are the bytes of every token whose text is known, by position; of a reply that is being written
    the events in `tokens` say more. GUI thread only, apart from `rows`.
    """

    key: str
    """The message's id, or “text” for one that was typed."""
    session_id: str = ""
    job: int = 0
    """Of the reply that is being written; 0 otherwise."""
    model: LoadedModel | None = None
    prompt_length: int = 0
    """0 while it is not known."""
    pieces: list[bytes] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    """The reply as it arrived in this run of the program; empty for one that was read from the store."""
    record: ReplyRecord | None = None
    """How a finished reply came about, once it was read from the store."""
    report: PromptReport | None = None
    metrics: GenerationMetrics | None = None
    beams: dict[int, BeamNode] = field(default_factory=dict)
    inspected: Inspected | None = None
    """The newest answer of `Inspect` about this text."""
    request: InspectRequest | None = None
    """How to read it again, for a text that is not in the store."""
    chosen: int = NEWEST
    parts: "dict[AttentionPart, Subject]" = field(default_factory=dict)
    """Encoder and cross-attention of an encoder-decoder, each looked at like a text of its own."""
    key_pieces: tuple[bytes, ...] = ()
    """The text that is read, where it is another one than the text that reads: cross-attention."""
    attention_layers: int = 0
    """Layers of a part; 0 for those of the model."""
    _rows: "AttentionRows | None" = None

    @property
    def streaming(self) -> bool:
        return self.job != 0

    @property
    def has_rows(self) -> bool:
        """Whether any attention is known; costs nothing."""
        return self._rows is not None and len(self._rows) > 0

    @property
    def row_bytes(self) -> int:
        """Memory that the attention takes."""
        return self._rows.size_bytes if self._rows is not None else 0

    def forget_rows(self) -> None:
        """Give the memory of the attention back; it can be read again."""
        self._rows = None

    @property
    def rows(self) -> "AttentionRows":
        """Attention, as far as it is known."""
        if self._rows is None:
            from app.models.inspection_rows import AttentionRows  # noqa: PLC0415 - numpy comes late

            self._rows = AttentionRows()
        return self._rows

    @property
    def beam_tree(self) -> dict[int, BeamNode]:
        """The tree of its beam search, as it grew here or as it was stored; empty without one."""
        if self.beams or self.record is None:
            return self.beams
        return {node.id: node for node in self.record.beams}

    @property
    def reply_length(self) -> int:
        """Tokens of the reply that are known."""
        if self.tokens:
            return len(self.tokens)
        return len(self.record.token_ids) if self.record is not None else 0

    @property
    def length(self) -> int:
        """Tokens of prompt and reply; for a text that was typed, all of them."""
        return max(self.prompt_length + self.reply_length, len(self.pieces))

    @property
    def chosen_position(self) -> int:
        """The chosen token, or the newest; -1 while there is none."""
        if 0 <= self.chosen < self.length:
            return self.chosen
        newest = self._rows.newest if self._rows is not None else -1
        return newest if newest >= 0 else self.length - 1

    def piece(self, position: int) -> bytes:
        """The bytes of a token, empty where they are not known."""
        if 0 <= position < len(self.pieces):
            return self.pieces[position]
        seq = position - self.prompt_length
        if 0 <= seq < len(self.tokens):
            return self.tokens[seq].text.encode()
        return b""

    def label(self, position: int) -> str:
        """A token for people: its text with blanks and line ends made visible, else its number."""
        return visible(self.piece(position)) or f"#{position}"

    def key_label(self, position: int) -> str:
        """As `label`, of a token that is read."""
        if 0 <= position < len(self.key_pieces):
            return visible(self.key_pieces[position])
        return self.label(position)

    def key_labels(self) -> Iterator[str]:
        """The text that is read."""
        count = len(self.key_pieces) or self.length
        return (self.key_label(position) for position in range(count))

    def part(self, name: AttentionPart) -> "Subject":
        """The part of that name where there is one, else the subject itself."""
        return self.parts.get(name, self)

    def split(self, event: Inspected) -> None:
        """Take apart what was read of an encoder-decoder."""
        if not event.encoder_ids or self.parts:
            return
        source = event.encoder_pieces
        self.parts = {
            "encoder_attention": Subject(
                key=f"{self.key}/encoder",
                model=self.model,
                pieces=list(source),
                attention_layers=len(event.encoder_layers),
            ),
            "cross_attention": Subject(
                key=f"{self.key}/cross", model=self.model, pieces=list(event.pieces), key_pieces=source
            ),
        }

    def all_pieces(self) -> tuple[bytes, ...]:
        return tuple(self.piece(position) for position in range(self.length))

    def labels(self) -> Iterator[str]:
        return (self.label(position) for position in range(self.length))

    def seq(self, position: int) -> int:
        """The number in the reply, -1 for a token of the prompt."""
        return position - self.prompt_length if position >= self.prompt_length else -1


def visible(piece: bytes) -> str:
    """Token bytes as text on one line: “·” for a leading blank, “⏎” for a line end, hex for half a letter."""
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return "".join(f"⟨{byte:02X}⟩" for byte in piece)
    return text.replace("\n", "⏎").replace("\t", "⇥").replace(" ", "·")
