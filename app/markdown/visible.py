"""Makes characters visible that could hide or reorder what a message says."""

_BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]
_INVISIBLE = [0x00AD, 0x180E, 0x200B, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF]
_TAGS = range(0xE0000, 0xE0080)
_KEPT = {0x09, 0x0A, 0x0D}


def _build_table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20) if code not in _KEPT}
    table[0x7F] = "\u2421"
    for code in [*range(0x80, 0xA0), *_BIDI, *_INVISIBLE, *_TAGS]:
        table[code] = f"⟨U+{code:04X}⟩"
    table[0x2028] = table[0x2029] = " "
    table[0xFFFC] = "\ufffd"
    return table


_TABLE = _build_table()


def make_visible(text: str) -> str:
    """Replace control characters, direction overrides and tag characters by visible signs.

    Works character by character, so a text may be cut anywhere before. Tabs, line feeds and
    joiners (emoji, Indic scripts) stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_TABLE)
