"""Write app/panels/training/setting_texts.py: titles and explanations of a recipe's settings, marked for
translation.

lupdate reads literals only, and the engine knows no Qt: hence this copy, kept equal by a test.

    python packaging/setting_texts.py          write it
    python packaging/setting_texts.py --check  exit 1 when it is out of date
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine.finetune.recipe.settings import settings  # noqa: E402

TARGET = ROOT / "app" / "panels" / "training" / "setting_texts.py"
HEAD = '''"""Settings of a recipe in words. Written by packaging/setting_texts.py: do not edit."""

# ruff: noqa: E501
# fmt: off
from app.i18n.marks import QT_TRANSLATE_NOOP

SETTING_TEXTS: dict[str, tuple[str, str]] = {
'''


def text() -> str:
    """The module's source."""
    lines = [HEAD]
    for setting in settings():
        lines.append(f"    {json.dumps(setting.key)}: (\n")
        for sentence in (setting.title, setting.words):
            literal = json.dumps(sentence, ensure_ascii=False)
            lines.append(f'        QT_TRANSLATE_NOOP("Recipe", {literal}),\n')
        lines.append("    ),\n")
    lines.append("}\n")
    return "".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args().check
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text():
        return 0
    if check:
        print("app/panels/training/setting_texts.py is out of date: run python packaging/setting_texts.py")
        return 1
    TARGET.write_text(text(), encoding="utf-8")
    print("app/panels/training/setting_texts.py written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
