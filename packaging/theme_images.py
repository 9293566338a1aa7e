"""Write the few images that a Qt style sheet can only take from files, one set for each theme.

python packaging/theme_images.py          write resources/themes/<theme>/*.svg
python packaging/theme_images.py --check  exit 1 when a file differs from what would be written
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.theme.tokens import DARK, LIGHT, Tokens  # noqa: E402

STROKE = "2.25"
IMAGES: dict[str, tuple[str, str]] = {
    "chevron-up": ("chevron-up", "fg2"),
    "chevron-left": ("chevron-left", "fg2"),
    "chevron-down": ("chevron-down", "fg2"),
    "chevron-right": ("chevron-right", "fg2"),
    "check": ("check", "on_accent"),
    "minus": ("minus", "on_accent"),
    "menu-check": ("check", "accent_text"),
}
"""File name: (lucide icon, colour role)."""


def image(name: str, tokens: Tokens) -> str:
    """One image as SVG text."""
    source, role = IMAGES[name]
    svg = (ROOT / "resources" / "icons" / f"{source}.svg").read_text(encoding="utf-8")
    return svg.replace("currentColor", getattr(tokens, role)).replace('"2"', f'"{STROKE}"')


def outdated() -> list[tuple[Path, str]]:
    """Files that differ from what they should hold, with the right content."""
    result = []
    for tokens in (DARK, LIGHT):
        for name in IMAGES:
            path = ROOT / "resources" / "themes" / tokens.name / f"{name}.svg"
            text = image(name, tokens)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                result.append((path, text))
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args().check
    stale = outdated()
    for path, text in stale:
        print(path.relative_to(ROOT), "is out of date" if check else "written")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
