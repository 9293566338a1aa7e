"""A transcript on the screen, and messages to show."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.theme.theme import Theme
from app.widgets.transcript.message import TranscriptMessage
from app.widgets.transcript.view import TranscriptView

Make = Callable[..., TranscriptView]


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> Iterator[TranscriptView]:
    """An empty view of 800 × 600."""
    transcript = TranscriptView(Theme("dark"))
    qtbot.addWidget(transcript)
    transcript.resize(800, 600)
    transcript.show()
    yield transcript
    transcript.formulas.close()


def user(number: int, text: str = "A question?") -> TranscriptMessage:
    return TranscriptMessage(f"u{number}", "user", text)


def reply(number: int, text: str = "An **answer** of some words.", **more: object) -> TranscriptMessage:
    return TranscriptMessage(f"a{number}", "assistant", text, **more)  # type: ignore[arg-type]


def chat(turns: int, words: int = 60) -> list[TranscriptMessage]:
    """Turns with answers that take several rows."""
    messages: list[TranscriptMessage] = []
    for number in range(turns):
        messages += [user(number), reply(number, f"Answer {number}. " + "word " * words)]
    return messages
