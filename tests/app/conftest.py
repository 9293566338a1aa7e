"""Every test of the window sees the bundled fonts, so that pictures are the same on every machine."""

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from app.resource_paths import resource


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
