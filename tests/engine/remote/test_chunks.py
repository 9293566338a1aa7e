"""One token of a server's answer, with its candidates."""

from engine.backends.remote.chunks import NO_ID, _entry


def test_the_token_that_was_taken_is_found_among_its_candidates_by_its_text() -> None:
    token = _entry(" fox", -1.5, [(" dog", -0.4), (" fox", -1.5)])
    assert token.rank == 1
    assert [each.id == NO_ID for each in token.candidates] == [False, True]


def test_part_of_a_character_is_found_by_its_probability() -> None:
    token = _entry("！", -0.158, [("\ufffd", -3.19), ("\ufffd", -0.158)])
    assert token.rank == 0
    assert [each.id == NO_ID for each in token.candidates] == [True, False]


def test_a_token_that_is_none_of_its_candidates_stands_behind_them() -> None:
    token = _entry(" cat", -6.0, [(" dog", -0.4), (" fox", -1.5)])
    assert token.rank == 2
    assert all(each.id != NO_ID for each in token.candidates)
