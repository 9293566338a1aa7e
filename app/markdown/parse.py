"""Markdown text to blocks."""

from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from app.markdown.blocks import (
    Align,
    Block,
    CodeBlock,
    Container,
    MathBlock,
    Place,
    RuleBlock,
    Span,
    TableBlock,
    TextBlock,
)
from app.markdown.grammar import literal_grammar, reply_grammar
from app.markdown.spans import build_spans
from app.markdown.visible import make_visible

_CLOSERS = {"$$": "$$", "\\[": "\\]"}


def parse(text: str, *, literal: bool = False) -> list[Block]:
    """Blocks of a whole text. `literal`: the dialect for typed text (`grammar.literal_grammar`)."""
    return parse_normalised(normalise(text), literal=literal)


def normalise(text: str) -> str:
    """One kind of line end, nothing invisible."""
    return make_visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def grammar(literal: bool) -> MarkdownIt:
    """The dialect to parse with."""
    return literal_grammar() if literal else reply_grammar()


def parse_normalised(text: str, *, literal: bool = False, first_number: int | None = None) -> list[Block]:
    """As `parse`, of normalised text; `first_number` overrides where its first list starts counting."""
    builder = _Builder(literal, first_number)
    builder.add_all(grammar(literal).parse(text))
    return builder.blocks


@dataclass
class _List:
    ordered: bool
    number: int
    delimiter: str


@dataclass
class _Builder:
    """Walks block tokens once, keeping the containers that are open."""

    literal: bool
    first_number: int | None = None
    blocks: list[Block] = field(default_factory=list)
    _containers: list[Container] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _pending: list[tuple[int, str]] = field(default_factory=list)

    def add_all(self, tokens: list[Token]) -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                at = self._add_table(tokens, at)
            elif token.type in ("paragraph_open", "heading_open"):
                level = int(token.tag[1]) if token.type == "heading_open" else 0
                self._add_text(tokens[at + 1], level)
                at += 2
            else:
                self._add_other(token)
            at += 1

    def _add_other(self, token: Token) -> None:
        kind = token.type
        if kind == "fence":
            words = unescapeAll(token.info).split()
            self._add_code(token.content, words[0] if words else "")
        elif kind == "code_block":
            self._add_code(token.content, "")
        elif kind == "math_block":
            source = f"{token.markup}{token.content}{_CLOSERS[token.markup]}"
            self.blocks.append(MathBlock(token.content, source, self._place()))
        elif kind == "hr":
            self.blocks.append(RuleBlock(self._place()))
        elif kind == "blockquote_open":
            self._containers.append("quote")
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._open_list(token)
        elif kind == "list_item_open":
            self._open_item()
        elif kind == "list_item_close" and self._pending:
            self.blocks.append(TextBlock((), 0, self._place()))
        elif kind in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
            self._containers.pop()
            if kind != "blockquote_close":
                self._lists.pop()

    def _open_list(self, token: Token) -> None:
        start = token.attrGet("start")
        number = int(start) if start is not None else 1
        if self.first_number is not None and not self.blocks and not self._lists:
            number = self.first_number
        self._lists.append(_List(token.type == "ordered_list_open", number, token.markup))
        self._containers.append("list")

    def _open_item(self) -> None:
        current = self._lists[-1]
        marker = f"{current.number}{current.delimiter}" if current.ordered else "•"
        current.number += 1
        self._pending.append((len(self._containers) - 1, marker))

    def _place(self) -> Place:
        place = Place(tuple(self._containers), tuple(self._pending))
        self._pending.clear()
        return place

    def _add_text(self, inline: Token, level: int) -> None:
        spans = build_spans(inline.children or [], keep_breaks=self.literal)
        task = _task_marker(spans) if self._pending and not level else ""
        if task:
            depth, _ = self._pending[-1]
            self._pending[-1] = (depth, task)
            spans = (Span(spans[0].text[4:], spans[0].marks, spans[0].href), *spans[1:])
        self.blocks.append(TextBlock(spans, level, self._place()))

    def _add_code(self, content: str, language: str) -> None:
        self.blocks.append(CodeBlock(content.removesuffix("\n"), language, self._place()))

    def _add_table(self, tokens: list[Token], at: int) -> int:
        rows: list[list[tuple[Span, ...]]] = []
        aligns: list[Align] = []
        while tokens[at].type != "table_close":
            token = tokens[at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(build_spans(tokens[at + 1].children or []))
                if token.type == "th_open":
                    aligns.append(_align(str(token.attrGet("style") or "")))
            at += 1
        header, *body = (tuple(row) for row in rows)
        self.blocks.append(TableBlock(header, tuple(body), tuple(aligns), self._place()))
        return at


def _task_marker(spans: tuple[Span, ...]) -> str:
    head = spans[0].text[:4] if spans and spans[0].kind == "text" else ""
    if head == "[ ] ":
        return "[ ]"
    return "[x]" if head in ("[x] ", "[X] ") else ""


def _align(style: str) -> Align:
    if style.endswith("center"):
        return "center"
    return "right" if style.endswith("right") else "left"
