from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.thinking import KNOWN_TAGS, Piece, ThinkingSplitter, join_thinking, opened_by

TAGS = KNOWN_TAGS[0]


def split(text: str, cuts: list[int], *, inside: bool = False) -> dict[str, str]:
    splitter = ThinkingSplitter(TAGS if inside else None)
    places = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    pieces: list[Piece] = []
    for start, end in pairwise(places):
        pieces += splitter.feed(text[start:end])
    pieces += splitter.finish()
    assert all(piece for _, piece in pieces)
    kinds = [kind for kind, _ in pieces]
    assert kinds == sorted(kinds, reverse=True)  # all thinking before all text
    return {kind: "".join(piece for found, piece in pieces if found == kind) for kind in ("thinking", "text")}


CASES = [
    ("<think>\nhm, 2+2\n</think>\n\nFour.", False, "hm, 2+2", "Four."),
    ("\n <think>a</think>b", False, "a", "b"),
    ("hm\n</think>\n\nFour.\n", True, "hm", "Four.\n"),
    ("Write <think> to open.", False, "", "Write <think> to open."),
    ("  indented", False, "", "  indented"),
    ("<think>cut off", False, "cut off", ""),
    ("<thi", False, "", "<thi"),
    ("<thinkin", False, "", "<thinkin"),
    ("<think></think>x", False, "", "x"),
    ("[THINK]a\n\nb[/THINK]c", False, "a\n\nb", "c"),
    ("<think>a </thin b</think>c</think>", False, "a </thin b", "c</think>"),
    ("never closed </think", True, "never closed </think", ""),
]


@pytest.mark.parametrize(("text", "inside", "thinking", "answer"), CASES)
def test_reasoning_and_answer_come_apart(text: str, inside: bool, thinking: str, answer: str) -> None:
    for step in (1, 2, 3, 7, 100):
        found = split(text, list(range(0, len(text), step)), inside=inside)
        assert found == {"thinking": thinking, "text": answer}


@given(st.text("<>/think a\n", max_size=40), st.lists(st.integers(0, 60)), st.booleans())
def test_any_cutting_gives_the_same_split(text: str, cuts: list[int], inside: bool) -> None:
    assert split(text, cuts, inside=inside) == split(text, [], inside=inside)


@given(st.text(st.characters(exclude_characters="<["), min_size=1), st.text(min_size=1))
def test_joining_is_the_inverse(thinking: str, answer: str) -> None:
    thinking, answer = thinking.strip(), answer.lstrip()
    for opened in (True, False):
        text = join_thinking(thinking, answer, TAGS, opened=opened, closed=True)
        assert split(text, [], inside=opened) == {"thinking": thinking, "text": answer}


def test_the_prompt_can_open_the_reasoning() -> None:
    assert opened_by("<|assistant|>\n<think>\n") == TAGS
    assert opened_by("<think>\n\n</think>\n\n") is None
