"""The bundled fonts: Inter for the interface, JetBrains Mono for code, Noto Sans SC for Chinese.

The Latin fonts are small and registered before the first window. Noto Sans SC has 10 MB: it is registered
when the window is up (`load_cjk_fonts`), or at once where the interface itself is Chinese.
"""

import logging
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from app.resource_paths import resource

UI_FAMILIES = ["Inter", "Noto Sans SC", "PingFang SC", "Microsoft YaHei UI"]
MONO_FAMILIES = ["JetBrains Mono", "Noto Sans SC", "PingFang SC", "Microsoft YaHei UI"]
CJK_PREFIX = "NotoSansSC"

_WORD_HYPHEN = re.compile(r"[^\W\d_]-|-[^\W\d_]")

_log = logging.getLogger(__name__)


def load_fonts() -> None:
    """Register the Latin fonts. Call once, after the application object exists."""
    registered = _register(path for path in _font_files() if not path.name.startswith(CJK_PREFIX))
    if not registered and not QFontDatabase.families():
        # In a window without a single font nothing could be read.
        sys.stderr.write("lathe: error: There are no fonts, here or on this system. Install Lathe again.\n")


def load_cjk_fonts() -> None:
    """Register the Chinese font. Qt lays out again whatever lacked a glyph. Does nothing the second time."""
    _register(path for path in _font_files() if path.name.startswith(CJK_PREFIX))


def ui_font(px: int = 13, weight: QFont.Weight = QFont.Weight.Normal, tabular: bool = False) -> QFont:
    """The interface font at `px` logical pixels; `tabular` gives all digits the same width."""
    font = QFont(_ui_font(px, weight))
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def set_chinese(chinese: bool) -> bool:
    """Make headings stand out in a Chinese interface; true where this changes fonts.

    Noto Sans SC is here in one weight. Qt thickens its strokes from Bold on, not at the DemiBold that
    headings have with Inter.
    """
    global _chinese
    if chinese == _chinese:
        return False
    _chinese = chinese
    _ui_font.cache_clear()
    return True


def heading_weight() -> QFont.Weight:
    """What DemiBold becomes in the interface font."""
    return QFont.Weight.Bold if _chinese else QFont.Weight.DemiBold


def lines_up(text: str) -> bool:
    """Whether digits of one width suit a text: with them Inter's hyphen is as wide as a digit, which tears
    words such as “apache-2.0” apart.
    """
    return _WORD_HYPHEN.search(text) is None


def mono_font(px: int = 12, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The code font at `px` logical pixels."""
    return QFont(_mono_font(px, weight))


@cache
def _ui_font(px: int, weight: QFont.Weight) -> QFont:
    return _font(UI_FAMILIES, px, heading_weight() if weight == QFont.Weight.DemiBold else weight)


@cache
def _mono_font(px: int, weight: QFont.Weight) -> QFont:
    font = _font(MONO_FAMILIES, px, weight)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    return font


def _font(families: list[str], px: int, weight: QFont.Weight) -> QFont:
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(px)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _font_files() -> list[Path]:
    folder = resource("fonts")
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".ttf", ".otf"))


_chinese = False
_registered: set[Path] = set()


def _register(paths: Iterable[Path]) -> int:
    """How many there are now."""
    count = 0
    for path in paths:
        count += 1
        if path in _registered:
            continue
        _registered.add(path)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            _log.error("the font %s cannot be loaded", path.name)
            count -= 1
    return count
