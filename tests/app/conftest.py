"""Every test of the window sees the bundled fonts, so that pictures are the same on every machine, and an
empty desk.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from app.resource_paths import resource
from tests.support.desk import Desk


@pytest.fixture(scope="session", autouse=True)
def bundled_fonts(qapp: QApplication) -> None:
    """Loads `resources/fonts` and makes Inter the default; keeps Qt's own files out of the user's folders."""
    QStandardPaths.setTestModeEnabled(True)
    for path in sorted(resource("fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            pytest.fail(f"Qt cannot load {path.name}", pytrace=False)
    font = QFont("Inter")
    font.setPixelSize(13)
    qapp.setFont(font)


@pytest.fixture(autouse=True)
def _clean_desk(bundled_fonts: None, qapp: QApplication) -> Iterator[None]:
    """Windows, translators and looks of one test do not reach the next."""
    desk = Desk.of(qapp)
    yield
    desk.clear()
