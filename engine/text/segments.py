"""Which stretch of a rendered prompt came from which message.

A template is a program, so this is found by experiment: it runs once more with invisible signs round every
content. When the output without the signs equals the plain output, their places are the answer. A
template that looks at the content itself may react to the signs; then growing beginnings of the
conversation are rendered and each content is searched in what its turn added.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.errors import UserError
from engine.protocol.values import SegmentKind
from engine.text.special_tokens import SpecialTokens
from engine.text.turns import Turn, TurnPart

_MAX_PREFIX_RENDERINGS = 64


class PromptSegment(NamedTuple):
    """A stretch of the prompt; all of them joined are the prompt. `message`: -1 for text of the template."""

    kind: SegmentKind
    text: str
    message: int


class Span(NamedTuple):
    """`part` occupies the characters from `start` to `end`."""

    start: int
    end: int
    part: TurnPart


class Signs:
    """Three characters that occur nowhere else: a part becomes `opening number separator text closing`."""

    def __init__(self, opening: str, separator: str, closing: str) -> None:
        self._opening, self._separator, self._closing = opening, separator, closing
        self._pattern = re.compile(f"{re.escape(opening)}([0-9]+){re.escape(separator)}|{re.escape(closing)}")

    def wrap(self, number: int, text: str) -> str:
        """Signs go inside the blank space at the ends, which templates like to trim."""
        core = text.strip()
        if not core:
            return text
        start = text.index(core)
        signed = f"{self._opening}{number}{self._separator}{core}{self._closing}"
        return text[:start] + signed + text[start + len(core) :]

    def read(self, output: str) -> tuple[str, list[tuple[int, int, int]]]:
        """The output without signs, and (number, start, end) for each pair of them."""
        plain: list[str] = []
        found: list[tuple[int, int, int]] = []
        opened: list[tuple[int, int]] = []
        position = length = 0
        for sign in self._pattern.finditer(output):
            plain.append(output[position : sign.start()])
            length += len(plain[-1])
            position = sign.end()
            if sign[1]:
                opened.append((int(sign[1]), length))
            elif opened:
                number, start = opened.pop()
                found.append((number, start, length))
        plain.append(output[position:])
        return "".join(plain), found


def spans_by_signs(signed: str, expected: str, signs: Signs, parts: Sequence[TurnPart]) -> list[Span] | None:
    """The spans that the signs in `signed` say, or None when the template reacted to them."""
    plain, found = signs.read(signed)
    if plain != expected:
        return None
    spans: list[Span] = []
    for number, start, end in sorted(found, key=lambda item: item[1]):
        part = parts[number]
        floor = spans[-1].end if spans else 0
        if start >= floor:
            spans.append(_with_blanks(plain, Span(start, end, part), floor))
    return spans


def spans_by_prefixes(
    plain: str, turns: Sequence[Turn], render: Callable[[Sequence[Turn]], str]
) -> list[Span]:
    """Searches each content in what its turn added; contents not found belong to the template."""
    spans: list[Span] = []
    first = 0
    position = 0
    for count in range(1, len(turns) + 1):
        end = len(plain)
        if count < len(turns):
            known = _prefix_length(plain, turns[:count], render) if count <= _MAX_PREFIX_RENDERINGS else None
            if known is None or known < position:
                continue
            end = known
        for turn in turns[first:count]:
            for part in turn.parts:
                span = _search(plain, part, position, end)
                if span is not None:
                    spans.append(span)
                    position = span.end
        first, position = count, end
    return spans


def make_segments(plain: str, spans: Sequence[Span], special: SpecialTokens) -> tuple[PromptSegment, ...]:
    """The whole prompt in order; template text is divided into control tokens and the rest."""
    segments: list[PromptSegment] = []
    position = 0
    for span in spans:
        segments += _template_segments(plain[position : span.start], special)
        if span.part.kind == "template":
            segments += _template_segments(plain[span.start : span.end], special)
        elif span.end > span.start:
            segments.append(PromptSegment(span.part.kind, plain[span.start : span.end], span.part.message))
        position = span.end
    return (*segments, *_template_segments(plain[position:], special))


def count_tokens(
    segments: Sequence[PromptSegment], pieces: Sequence[bytes], leading: int = 0
) -> tuple[int, ...]:
    """Tokens of each segment: a token belongs to the segment in which its first byte lies.

    `pieces`: the bytes of each token; the first `leading` of them (a BOS that is not in the text) count for
    the first segment. Blank space that a tokenizer puts before the text shifts nothing by more than one
    token.
    """
    counts = [0] * len(segments)
    if not segments:
        return ()
    counts[0] = leading
    ends: list[int] = []
    total = 0
    for segment in segments:
        total += len(segment.text.encode("utf-8", "surrogatepass"))
        ends.append(total)
    current = position = 0
    for piece in pieces[leading:]:
        while current < len(ends) - 1 and position >= ends[current]:
            current += 1
        counts[current] += 1
        position += len(piece)
    return tuple(counts)


def _prefix_length(plain: str, turns: Sequence[Turn], render: Callable[[Sequence[Turn]], str]) -> int | None:
    try:
        prefix = render(turns)
    except UserError:
        return None
    return len(prefix) if plain.startswith(prefix) else None


def _search(plain: str, part: TurnPart, start: int, end: int) -> Span | None:
    core = part.text.strip()
    found = plain.find(core, start, end) if core else -1
    if found < 0:
        return None
    return _with_blanks(plain, Span(found, found + len(core), part), start)


def _with_blanks(plain: str, span: Span, floor: int) -> Span:
    """The blank space round the content belongs to the message, where the template kept it."""
    text = span.part.text
    core = text.strip()
    before = text[: text.index(core)]
    after = text[len(before) + len(core) :]
    start, end = span.start, span.end
    if start - len(before) >= floor and plain[start - len(before) : start] == before:
        start -= len(before)
    if plain[end : end + len(after)] == after:
        end += len(after)
    return Span(start, end, span.part)


def _template_segments(text: str, special: SpecialTokens) -> list[PromptSegment]:
    segments: list[PromptSegment] = []
    position = 0
    for start, end in special.find(text):
        if start > position:
            segments.append(PromptSegment("template", text[position:start], -1))
        segments.append(PromptSegment("special", text[start:end], -1))
        position = end
    if position < len(text):
        segments.append(PromptSegment("template", text[position:], -1))
    return segments
