"""Putting a word where a mask stood. Plain text, no Qt."""

from typing import NamedTuple

CONTINUES = "##"
EXAMPLES = ("The capital of France is {mask}.", "The chef {mask} the soup because it was too {mask}.")


class Replacement(NamedTuple):
    """`start` and `end` in characters of the text before; `word` goes between them."""

    start: int
    end: int
    word: str

    def apply(self, text: str) -> str:
        return text[: self.start] + self.word + text[self.end :]


def replacement(text: str, start: int, end: int, candidate: str) -> Replacement:
    """A candidate that continues a word closes the blank before it."""
    if candidate.startswith(CONTINUES):
        while start > 0 and text[start - 1] == " ":
            start -= 1
        return Replacement(start, end, candidate.removeprefix(CONTINUES))
    return Replacement(start, end, candidate)


def utf16_length(text: str) -> int:
    """How Qt counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
