"""Names of models that are variants of one: what they share is said once."""

import re
from collections.abc import Sequence
from itertools import takewhile

_LEAST = 6
"""Letters in common that are worth saying apart."""


def joined(names: Sequence[str]) -> str:
    """“Small-F16”, “Small-Q8_0” is “Small: F16 · Q8_0”."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    shared = "".join(letters[0] for letters in alike) if len(names) > 1 else ""
    # Whole words only.
    shared = re.sub(r"[^-_. /]*$", "", shared)
    ends = [name[len(shared) :] for name in names]
    if len(shared) < _LEAST or not all(ends):
        return " · ".join(names)
    return f"{shared.rstrip('-_. /')}: {' · '.join(ends)}"
