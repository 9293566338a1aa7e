"""Fuzzy matching as in editors: every letter of the query, in order; starts of words and runs count more."""

from typing import NamedTuple

WORD_START = 8
RUN = 9
HIT = 1
GAP = -0.35
LATE_START = -0.05
WHOLE_PREFIX = 12


class Match(NamedTuple):
    """Higher scores are better. `positions` index the characters of the text that matched."""

    score: float
    positions: tuple[int, ...]


def match(query: str, text: str) -> Match | None:
    """How well `query` fits `text`, ignoring case and the query's spaces; None when it does not.

    The best alignment, by dynamic programming over (query letter, text letter): O(len(query) · len(text)).
    """
    wanted = [letter for letter in query.casefold() if not letter.isspace()]
    folded = _fold(text)
    if not wanted:
        return Match(0.0, ())
    if len(wanted) > len(folded):
        return None
    best: list[tuple[float, int]] = []
    history: list[list[tuple[float, int]]] = []
    for row, letter in enumerate(wanted):
        best = _row(row, letter, folded, text, best)
        history.append(best)
    score, end = max(((entry[0], index) for index, entry in enumerate(best)), default=(_NEVER, -1))
    if score <= _NEVER:
        return None
    positions = _trace(history, end)
    if positions[0] == 0 and positions[-1] == len(wanted) - 1:
        score += WHOLE_PREFIX
    return Match(score - len(text) * 0.01, positions)


_NEVER = -1e9


def _row(
    row: int, letter: str, folded: list[str], text: str, above: list[tuple[float, int]]
) -> list[tuple[float, int]]:
    """Best score with this letter at each place, and where the letter before it was."""
    result: list[tuple[float, int]] = []
    running, running_at = _NEVER, -1
    for index, candidate in enumerate(folded):
        if row > 0 and index > 0:
            running += GAP
            if above[index - 1][0] > running:
                running, running_at = above[index - 1][0], index - 1
        if candidate != letter:
            result.append((_NEVER, -1))
            continue
        gain = HIT + (WORD_START if _starts_word(text, index) else 0)
        if row == 0:
            result.append((gain + LATE_START * index, -1))
            continue
        joined = above[index - 1][0] + RUN if index > 0 else _NEVER
        if joined >= running and joined > _NEVER / 2:
            result.append((joined + gain, index - 1))
        elif running > _NEVER / 2:
            result.append((running + gain, running_at))
        else:
            result.append((_NEVER, -1))
    return result


def _trace(history: list[list[tuple[float, int]]], end: int) -> tuple[int, ...]:
    positions = [end]
    for row in range(len(history) - 1, 0, -1):
        positions.append(history[row][positions[-1]][1])
    return tuple(reversed(positions))


def _starts_word(text: str, index: int) -> bool:
    if index == 0 or not text[index - 1].isalnum():
        return text[index].isalnum()
    return text[index].isupper() and text[index - 1].islower()


def _fold(text: str) -> list[str]:
    """One folded letter for each letter, so that positions stay those of `text`."""
    return [letter.casefold()[:1] or letter for letter in text]
