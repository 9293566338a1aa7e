"""Blocks: what a Markdown text looks like after parsing, flat and in reading order.

Containers (quotes, lists) are not a tree: every block carries the containers around it and the
markers of the list items it opens. A view can then lay out, select and replace blocks one by one.
"""

from dataclasses import dataclass
from enum import IntFlag
from typing import Literal


class Mark(IntFlag):
    """Inline emphasis, combined with `|`."""

    NONE = 0
    BOLD = 1
    ITALIC = 2
    STRIKE = 4
    CODE = 8


SpanKind = Literal["text", "math", "display_math", "image"]
Container = Literal["quote", "list"]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one look. `text` of math is its TeX source, of an image its alternative text.

    `source` is what the author wrote where it differs from `text` (formulas with delimiters).
    """

    text: str
    marks: Mark = Mark.NONE
    href: str = ""
    kind: SpanKind = "text"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands. `markers`: (index into `containers`, marker) of items that start here.

    A marker is "•", a number with its delimiter ("12."), "[ ]" or "[x]".
    """

    containers: tuple[Container, ...] = ()
    markers: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph (`level` 0) or a heading of level 1 to 6."""

    spans: tuple[Span, ...]
    level: int = 0
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A code block; `code` without the last line feed, `language` the first word of the info line."""

    code: str
    language: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: every row has as many cells as the header."""

    header: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    aligns: tuple[Align, ...]
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula."""

    tex: str
    source: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class RuleBlock:
    """A thematic break."""

    place: Place = Place()


Block = TextBlock | CodeBlock | TableBlock | MathBlock | RuleBlock
