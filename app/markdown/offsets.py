"""Where the characters on the screen stand in the source.

The parser keeps no positions of inline text, so they are found again: the words of a block are looked for in
the source from where the block before them ended, and what stands between two words is markup. Characters
that are not in the source as they are shown (entities, soft breaks) stand where the one before them stands.
"""

import html
import re

from app.markdown.blocks import Block, CodeBlock, MathBlock, RuleBlock, Span, TableBlock, TextBlock

OBJECT = "\u00a0"
"""What stands in a paragraph for a formula or an image."""

_RUNS = re.compile(r"\s+|\S+")
_MARKER = re.compile(r"[*_~`)\]|]*[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_FENCE = re.compile(r"[^\w`~]*(?:`{3,}|~{3,})[^\n]*(?:\n|$)")
_ENTITY = re.compile(r"&(?:#\w{1,8}|\w{2,32});")
_TARGET = re.compile(r"[*_~`]*\]\([^)\n]*\)")
_CLOSING = "*_~`)]\\"
_WINDOW = 400
_CHARACTER_WINDOW = 12


class Aligner:
    """Walks a source text once, block by block in reading order."""

    def __init__(self, source: str, position: int = 0) -> None:
        self._source = source
        self.position = position
        self._last = position

    def block(self, block: Block, plain: str) -> list[int]:
        """For each character of `plain`, the block's text on the screen, its place in the source; rising."""
        places: list[int] = []
        match block:
            case TextBlock():
                self._skip_markers(len(block.place.markers))
                places = self._spans(block.spans, plain)
            case CodeBlock():
                self._skip_markers(len(block.place.markers))
                self._skip(_FENCE)
                places = self._run(plain)
            case TableBlock():
                places = self._table(block, plain)
            case MathBlock():
                places = self._formula(block, plain)
            case RuleBlock():
                pass
        places += [self._last] * (len(plain) - len(places))
        return places[: len(plain)]

    def _skip_markers(self, count: int) -> None:
        for _ in range(count):
            self._skip(_MARKER)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._source, self.position)
        if found:
            self.position = found.end()

    def _spans(self, spans: tuple[Span, ...], plain: str) -> list[int]:
        places: list[int] = []
        for span in spans:
            rest = plain[len(places) :]
            if span.kind in ("math", "display_math") and not rest.startswith(span.source):
                places.append(self._hidden(span.source))
                continue
            if span.kind == "image":
                places.append(self.position)
            places += self._run(span.source if span.kind in ("math", "display_math") else span.text)
            if span.href or span.kind == "image":
                self._skip(_TARGET)
        return places

    def _table(self, block: TableBlock, plain: str) -> list[int]:
        """Cells are joined by one character each, as the table on the screen joins them."""
        places: list[int] = []
        for row in (block.header, *block.rows):
            for cell in row:
                rest = plain[len(places) :]
                places += self._spans(cell, rest)
                places.append(self._last)
        return places[:-1]

    def _formula(self, block: MathBlock, plain: str) -> list[int]:
        start = self._source.find(block.source[:2], self.position)
        start = self.position if start < 0 else start
        end = self._source.find(block.source[-2:], start + 2)
        self.position = start + len(block.source) if end < 0 else end + 2
        self._last = start
        return [start] * len(plain)

    def _hidden(self, text: str) -> int:
        """Pass a stretch that is not shown as text; where it begins."""
        at = self._source.find(text, self.position, self.position + _WINDOW + len(text))
        at = self.position if at < 0 else at
        self._last, self.position = at, at + len(text)
        return at

    def _run(self, text: str) -> list[int]:
        places: list[int] = []
        for found in _RUNS.finditer(text):
            part = found.group()
            places += self._space(part) if part.isspace() else self._word(part)
        return places

    def _word(self, word: str) -> list[int]:
        low = self.position
        at = self._source.find(word, low, low + _WINDOW + len(word))
        gap = self._source[low:at]
        if at < 0 or "&" in word or any(char.isalnum() for char in gap):
            return self._letters(word)
        self.position = at + len(word)
        self._last = self.position - 1
        return list(range(at, self.position))

    def _letters(self, word: str) -> list[int]:
        places: list[int] = []
        for char in word:
            at = self._source.find(char, self.position, self.position + _CHARACTER_WINDOW)
            entity = self._entity(char, at)
            if entity is not None:
                self._last, self.position = entity
            elif at >= 0:
                self._last, self.position = at, at + 1
            places.append(self._last)
        return places

    def _entity(self, char: str, before: int) -> tuple[int, int] | None:
        """Start and end of an entity that shows as `char` and comes before place `before`."""
        end = before + 1 if before >= 0 else self.position + _CHARACTER_WINDOW
        at = self._source.find("&", self.position, end)
        found = _ENTITY.match(self._source, at) if at >= 0 else None
        if found is None or html.unescape(found.group()) != char:
            return None
        return found.span()

    def _space(self, text: str) -> list[int]:
        places: list[int] = []
        for _ in text:
            at = self.position
            while at < len(self._source) and self._source[at] in _CLOSING:
                at += 1
            if at < len(self._source) and self._source[at].isspace():
                self._last, self.position = at, at + 1
            places.append(self._last)
        return places
