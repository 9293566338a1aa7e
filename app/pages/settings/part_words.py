"""What the parts of the home folder are called, what they hold, and what is lost with them."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP


class PartWords(NamedTuple):
    """`loss`: what deleting it means; "" where it cannot be made anew."""

    title: str
    explanation: str
    loss: str = ""


_WORDS = {
    "chats": (
        QT_TRANSLATE_NOOP("Settings", "Chats and settings"),
        QT_TRANSLATE_NOOP("Settings", "The database lathe.db: every message, version, preset and benchmark."),
        "",
    ),
    "states": (
        QT_TRANSLATE_NOOP("Settings", "Saved model states"),
        QT_TRANSLATE_NOOP("Settings", "Let a reopened chat answer without reading it all again."),
        QT_TRANSLATE_NOOP(
            "Settings", "Chats stay as they are. A reopened chat is read once more before its first reply."
        ),
    ),
    "models": (
        QT_TRANSLATE_NOOP("Settings", "Models"),
        QT_TRANSLATE_NOOP(
            "Settings", "Downloaded, converted and quantized here. They are deleted on the page Models."
        ),
        "",
    ),
    "runs": (
        QT_TRANSLATE_NOOP("Settings", "Training runs"),
        QT_TRANSLATE_NOOP("Settings", "Recipes, metrics, samples, checkpoints and results."),
        "",
    ),
    "data": (
        QT_TRANSLATE_NOOP("Settings", "Data sets"),
        QT_TRANSLATE_NOOP(
            "Settings", "Their settings and saved versions; the files themselves stay where they are."
        ),
        "",
    ),
    "measured": (
        QT_TRANSLATE_NOOP("Settings", "Comparisons and sensitivity maps"),
        QT_TRANSLATE_NOOP("Settings", "What models lost, token by token; where files came from."),
        "",
    ),
    "jobs": (
        QT_TRANSLATE_NOOP("Settings", "Jobs"),
        QT_TRANSLATE_NOOP("Settings", "The list of jobs with their logs. What they wrote lies elsewhere."),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Jobs that have ended leave the list, with their logs. The files that they wrote stay.",
        ),
    ),
    "lab": (
        QT_TRANSLATE_NOOP("Settings", "Results of the quantization lab"),
        QT_TRANSLATE_NOOP("Settings", "Plots and errors of single layers."),
        QT_TRANSLATE_NOOP("Settings", "The experiments have to be run again to see their plots."),
    ),
    "addons": (
        QT_TRANSLATE_NOOP("Settings", "Add-ons"),
        QT_TRANSLATE_NOOP("Settings", "The training stack, where it was installed from here."),
        "",
    ),
    "caches": (
        QT_TRANSLATE_NOOP("Settings", "Indexes and measurements"),
        QT_TRANSLATE_NOOP(
            "Settings", "Indexes of data sets and of the library; the fastest settings of each model here."
        ),
        QT_TRANSLATE_NOOP(
            "Settings", "They are made again when they are needed, which takes some seconds for each file."
        ),
    ),
    "snapshots": (
        QT_TRANSLATE_NOOP("Settings", "Snapshots"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Copies of the database from before changes of its layout (the newest five), and what a restore "
            "has replaced.",
        ),
        QT_TRANSLATE_NOOP(
            "Settings", "Afterwards the last update or restore cannot be taken back. This cannot be undone."
        ),
    ),
    "logs": (
        QT_TRANSLATE_NOOP("Settings", "Logs and reports"),
        QT_TRANSLATE_NOOP("Settings", "What the window and the engine wrote about themselves."),
        QT_TRANSLATE_NOOP("Settings", "Older logs and all reports are deleted. The present log stays."),
    ),
    "other": (
        QT_TRANSLATE_NOOP("Settings", "Other files"),
        QT_TRANSLATE_NOOP(
            "Settings", "The window's place, the network ledger, and what Lathe does not know."
        ),
        "",
    ),
}


def part_words(part: str) -> PartWords:
    """In the language of the interface."""
    texts = (QCoreApplication.translate("Settings", text) if text else "" for text in _WORDS[part])
    return PartWords(*texts)


def part_ids() -> list[str]:
    """In the order of the page."""
    return list(_WORDS)
