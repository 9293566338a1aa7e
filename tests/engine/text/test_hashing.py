from engine.text.hashing import prompt_hash, template_hash


def test_hashes_are_short_stable_and_tell_apart() -> None:
    assert template_hash("{{ x }}") == "e52c737297f7dad6"
    assert template_hash("") == ""
    assert prompt_hash([1, 2]) == prompt_hash((1, 2)) != prompt_hash([12])
    assert len(prompt_hash([])) == 16
