"""The text that models are compared on where the user has none: bundled, written for Lathe."""

import sys
from pathlib import Path

BUNDLED_NAME = "mixed.txt"
_ENGINE = Path(__file__).resolve().parent.parent


def default_text() -> Path:
    """In a checkout, an installed wheel, or a frozen bundle. Raises `FileNotFoundError`."""
    bundle = getattr(sys, "_MEIPASS", None)
    roots = [Path(bundle) / "resources"] if bundle else []
    roots += [_ENGINE.parent / "app" / "_resources", _ENGINE.parent / "resources"]
    for root in roots:
        path = root / "texts" / BUNDLED_NAME
        if path.is_file():
            return path
    raise FileNotFoundError(f"no texts in {', '.join(map(str, roots))}")
