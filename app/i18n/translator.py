"""Which language the window speaks."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.resource_paths import resource

SOURCE = "en"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Locale name: the language's own name. “system” stands for the desktop's."""


def resolve(language: str) -> str:
    """The locale that a setting means: one of `LANGUAGES`."""
    if language in LANGUAGES:
        return language
    chinese = QLocale.system().language() == QLocale.Language.Chinese
    return "zh_CN" if chinese and "zh_CN" in available() else SOURCE


def available() -> list[str]:
    """The languages that can be chosen: English, and those whose texts are installed."""
    return [
        name for name in LANGUAGES if name == SOURCE or resource("translations", f"lathe_{name}.qm").exists()
    ]


class Translator:
    """Installs the translations of one language at a time."""

    def __init__(self) -> None:
        self._installed: list[QTranslator] = []
        self.language = SOURCE

    def use(self, language: str) -> None:
        """Switch; open widgets get a `LanguageChange` event. Takes a setting's value."""
        self.language = resolve(language)
        self.remove()
        QLocale.setDefault(self._locale_of(language))
        folders = (
            (str(resource("translations")), "lathe"),
            (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase"),
        )
        for folder, name in folders:
            translator = QTranslator()
            if translator.load(f"{name}_{self.language}", folder):
                QCoreApplication.installTranslator(translator)
                self._installed.append(translator)

    def _locale_of(self, language: str) -> QLocale:
        """How numbers and dates are written: as the desktop does, where it says so."""
        desktop = QLocale.system()
        says = language == "system" and desktop.language() != QLocale.Language.C
        return desktop if says else QLocale(self.language)

    def remove(self) -> None:
        """Take the texts out of the application again."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed = []

    def is_chinese(self) -> bool:
        return self.language.startswith("zh")
