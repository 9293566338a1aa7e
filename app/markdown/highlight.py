"""Syntax highlighting with Pygments, line by line, as text arrives.

The lexer's state is carried from line to line, so a long block is never read twice while it grows.
Constructs that a lexer matches over several lines at once are read again when the block is complete.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

from pygments.lexer import ExtendedRegexLexer, Lexer, LexerContext, RegexLexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import _TokenType
from pygments.util import ClassNotFound

Run = tuple[int, int, _TokenType]  # start, length in characters of the line, kind


@lru_cache(maxsize=128)
def find_lexer(language: str) -> Lexer:
    """The lexer for a complete language name; plain text for an unknown one.

    Looking up a name that does not exist costs tens of milliseconds once: never call it with a half word.
    """
    if not language or len(language) > 40:
        return TextLexer()
    try:
        return get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return TextLexer()


class LineHighlighter:
    """Runs for the lines of a block that is still growing."""

    def __init__(self, language: str) -> None:
        self._lexer = find_lexer(language)
        self._stack = ["root"]
        self._stateful = isinstance(self._lexer, RegexLexer)

    def next_line(self, line: str) -> list[Run]:
        """Runs of the next complete line."""
        return _join(self._tokens(line + "\n"), len(line))

    def preview(self, line: str) -> list[Run]:
        """Runs of an unfinished line; nothing is remembered."""
        stack = list(self._stack)
        runs = self.next_line(line)
        self._stack = stack
        return runs

    def _tokens(self, text: str) -> Iterator[tuple[int, Any, str]]:
        if self._stateful:
            try:
                context = LexerContext(text, 0, list(self._stack))
                lexer = cast(ExtendedRegexLexer, self._lexer)  # it only reads the rules of a RegexLexer
                tokens = list(ExtendedRegexLexer.get_tokens_unprocessed(lexer, context=context))
            except (TypeError, AttributeError, IndexError):
                self._stateful = False  # a lexer with callbacks of its own: read line by line
            else:
                self._stack = context.stack or ["root"]
                return iter(tokens)
        return iter(self._lexer.get_tokens_unprocessed(text))


def highlight_lines(code: str, language: str) -> Iterator[list[Run]]:
    """Runs of each line of a complete block, lazily: take as many as there is time for."""
    line: list[Run] = []
    column = 0
    for _, kind, text in find_lexer(language).get_tokens_unprocessed(code):
        for number, piece in enumerate(text.split("\n")):
            if number:
                yield line
                line, column = [], 0
            if piece:
                line.append((column, len(piece), kind))
                column += len(piece)
    yield line


def _join(tokens: Iterator[tuple[int, Any, str]], limit: int) -> list[Run]:
    runs: list[Run] = []
    for start, kind, text in tokens:
        length = min(len(text), limit - start)
        if length > 0:
            runs.append((start, length, kind))
    return runs
