from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from engine.text.incremental import IncrementalText


def pieces_of(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(places)]


def shown(data: bytes, cuts: list[int], stop: tuple[str, ...] = ()) -> tuple[str, str | None]:
    text = IncrementalText(stop)
    result = "".join(text.feed(piece) for piece in pieces_of(data, cuts)) + text.finish()
    return result, text.stopped


@given(st.binary(max_size=60) | st.text(max_size=30).map(str.encode), st.lists(st.integers(0, 60)))
@example(b"\xe2\x82", [1])
@example("👩‍🚀".encode(), [1, 2, 3, 5, 6, 9])
@example(b"\xf0\x9f\xff\xe2\x28\xa1", [2, 4])
def test_any_cutting_gives_the_same_text(data: bytes, cuts: list[int]) -> None:
    assert shown(data, cuts) == (data.decode("utf-8", "replace"), None)


ALPHABET = st.text("ab\n<|é", max_size=24)


@given(
    ALPHABET, st.lists(st.text("ab\n<|é", min_size=1, max_size=4), max_size=3), st.lists(st.integers(0, 40))
)
@example("aab", ["ab", "aab"], [1])
@example("abab", ["abb"], [1, 2, 3])
def test_stop_strings_are_never_shown_and_cutting_does_not_matter(
    text: str, stop: list[str], cuts: list[int]
) -> None:
    words = tuple(stop)
    result, stopped = shown(text.encode(), cuts, words)
    assert (result, stopped) == shown(text.encode(), list(range(60)), words)
    assert not any(word in result for word in words)
    assert text.startswith(result + (stopped or ""))
    if stopped is None:
        assert result == text


@given(ALPHABET, st.lists(st.text("ab<|", min_size=1, max_size=4), min_size=1, max_size=3))
def test_nothing_that_may_begin_a_stop_string_is_shown_early(text: str, stop: list[str]) -> None:
    words = tuple(stop)
    stream = IncrementalText(words)
    so_far = ""
    for character in text:
        so_far += stream.feed(character.encode())
        if stream.stopped is None:
            seen = so_far + stream.held
            assert text.startswith(seen)
            begun = [size for word in words for size in range(1, len(word)) if seen.endswith(word[:size])]
            assert len(stream.held) == max(begun, default=0)


def test_half_a_character_waits_and_invalid_bytes_do_not() -> None:
    text = IncrementalText()
    assert text.feed(b"a\xe2\x82") == "a"
    assert text.feed(b"\xac!") == "€!"
    assert text.feed(b"\xff") == "\ufffd"
    assert text.feed(b"\xf0\x9f") == ""
    assert text.finish() == "\ufffd"


def test_after_a_stop_string_nothing_comes() -> None:
    text = IncrementalText(("</s>", ""))
    assert text.feed(b"hi <") == "hi "
    assert text.feed(b"/s> more") == ""
    assert text.stopped == "</s>"
    assert text.feed(b"more") == ""
    assert text.finish() == ""


def test_a_beginning_that_is_no_stop_string_is_released() -> None:
    text = IncrementalText(("</s>",))
    assert text.feed(b"1 </") == "1 "
    assert text.feed(b"b>") == "</b>"
    assert text.feed(b"<") == ""
    assert text.finish() == "<"
