"""The five scenarios: name and what each measures."""

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP
from engine.protocol.commands import Scenario

SCENARIOS: tuple[Scenario, ...] = ("chat", "code", "writing", "document", "batch")

_TEXTS: dict[Scenario, tuple[str, str]] = {
    "chat": (
        QT_TRANSLATE_NOOP("Scenarios", "Chat"),
        QT_TRANSLATE_NOOP("Scenarios", "A short question and an answer of ordinary length."),
    ),
    "code": (
        QT_TRANSLATE_NOOP("Scenarios", "Code"),
        QT_TRANSLATE_NOOP("Scenarios", "A function with its tests."),
    ),
    "writing": (
        QT_TRANSLATE_NOOP("Scenarios", "Long writing"),
        QT_TRANSLATE_NOOP("Scenarios", "A short prompt and a long text: output speed over time."),
    ),
    "document": (
        QT_TRANSLATE_NOOP("Scenarios", "Document"),
        QT_TRANSLATE_NOOP("Scenarios", "A long text to summarise: input speed and time to first token."),
    ),
    "batch": (
        QT_TRANSLATE_NOOP("Scenarios", "Batch"),
        QT_TRANSLATE_NOOP("Scenarios", "Eight short requests one after the other."),
    ),
}


def scenario_name(scenario: str) -> str:
    """Translated; an unknown one as it is."""
    for known, (name, _meaning) in _TEXTS.items():
        if known == scenario:
            return str(QCoreApplication.translate("Scenarios", name))
    return scenario


def scenario_meaning(scenario: Scenario) -> str:
    return str(QCoreApplication.translate("Scenarios", _TEXTS[scenario][1]))
