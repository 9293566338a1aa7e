"""Control tokens inside text that people wrote: found, marked, and kept plain text.

A message that contains `<|im_end|>` must not end the turn. Before the template runs, a private marker
character is put inside every such string (`<` marker `|im_end|>`); after it, the output is cut so that
these stretches are tokenized without special tokens, and the markers are gone.
"""

import re
from collections.abc import Collection, Iterable
from itertools import chain
from typing import NamedTuple

_PRIVATE_USE = range(0xE000, 0xF900)


class PromptPiece(NamedTuple):
    """A stretch of the prompt to tokenize by itself. `parse_special`: control tokens count as such."""

    text: str
    parse_special: bool


class SpecialTokens:
    """The texts of a vocabulary's control tokens, longest match first.

    Texts of one character are left out: no model uses one as a control token, and they cannot be marked.
    """

    def __init__(self, texts: Collection[str]) -> None:
        self._texts = frozenset(text for text in texts if len(text) > 1)
        self._lengths = sorted({len(text) for text in self._texts}, reverse=True)
        first = "".join(sorted({re.escape(text[0]) for text in self._texts}))
        self._first = re.compile(f"[{first}]") if first else re.compile(r"(?!)")

    def __contains__(self, text: str) -> bool:
        return text in self._texts

    def find(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of the control tokens that a tokenizer would see, from left to right."""
        found: list[tuple[int, int]] = []
        position = 0
        for hit in self._first.finditer(text):
            start = hit.start()
            if start >= position and (end := self._match(text, start)):
                found.append((start, end))
                position = end
        return found

    def mark(self, text: str, marker: str) -> str:
        """`text` with `marker` inside every control token; none is left whole."""
        while found := self.find(text):
            parts: list[str] = []
            position = 0
            for start, end in found:
                parts += [text[position : start + 1], marker, text[start + 1 : end]]
                position = end
            text = "".join(parts) + text[position:]
        return text

    def cut(self, marked: str, marker: str) -> tuple[PromptPiece, ...]:
        """Output of a template as pieces: marked control tokens plain, everything else parsed."""
        if marker not in marked:
            return (PromptPiece(marked, True),) if marked else ()
        stretches = marked.split(marker)
        text = "".join(stretches)
        pieces: list[PromptPiece] = []
        position = 0
        for start, end in self._literal(text, stretches):
            if start > position:
                pieces.append(PromptPiece(text[position:start], True))
            if end > position:
                pieces.append(PromptPiece(text[max(start, position) : end], False))
            position = max(position, end)
        if position < len(text):
            pieces.append(PromptPiece(text[position:], True))
        return tuple(pieces)

    def _literal(self, text: str, stretches: list[str]) -> Iterable[tuple[int, int]]:
        """The control tokens that had a marker inside, as ranges of the text without markers."""
        longest = self._lengths[0] if self._lengths else 0
        mark = 0
        for stretch in stretches[:-1]:
            mark += len(stretch)
            for start in range(max(0, mark - longest + 1), mark):
                end = self._match(text, start)
                if end > mark:
                    yield start, end

    def _match(self, text: str, start: int) -> int:
        """End of the longest control token that begins at `start`, else 0."""
        for length in self._lengths:
            found = text[start : start + length]
            if found in self._texts:
                return start + len(found)  # less than `length` at the end of the text
        return 0


def unused_characters(count: int, texts: Iterable[str]) -> list[str]:
    """`count` private-use characters that occur in none of `texts`."""
    taken = {character for text in texts for character in set(text) if ord(character) in _PRIVATE_USE}
    free = (chr(code) for code in chain(_PRIVATE_USE, range(0xF0000, 0xFFFFE)) if chr(code) not in taken)
    return [next(free) for _ in range(count)]
