"""Positions as Qt counts them: UTF-16 code units, where an emoji takes two."""


def unit_length(text: str) -> int:
    """Length of `text` in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(char > "\uffff" for char in text)


def unit_slice(text: str, start: int, end: int) -> str:
    """`text` between two positions in UTF-16 units; half a character counts as whole."""
    if text.isascii():
        return text[start:end]
    return text[to_index(text, start) : to_index(text, end)]


def to_index(text: str, position: int) -> int:
    """Index into the Python string of a position in UTF-16 units."""
    if text.isascii():
        return min(position, len(text))
    units = 0
    for index, char in enumerate(text):
        if units >= position:
            return index
        units += 2 if char > "\uffff" else 1
    return len(text)
