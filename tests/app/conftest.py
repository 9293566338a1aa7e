"""Every test of the window sees the bundled fonts and the English texts, and finds an empty desk."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from app.i18n.translator import Translator
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


@pytest.fixture(scope="session", autouse=True)
def english() -> Iterator[None]:
    """Counted texts as users read them: “2 messages”, not “2 message(s)”."""
    translator = Translator()
    translator.use("en")
    yield
    translator.remove()


@pytest.fixture(autouse=True)
def _clean_desk(
    bundled_fonts: None, english: None, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Windows, translators and looks of one test do not reach the next."""
    desk, translators = Desk.of(qapp), list[Translator]()
    use = Translator.use

    def recorded_use(self: Translator, language: str) -> None:
        translators.append(self)
        use(self, language)

    monkeypatch.setattr(Translator, "use", recorded_use)
    yield
    desk.clear()
    for translator in translators:
        translator.remove()
