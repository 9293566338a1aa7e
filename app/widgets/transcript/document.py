"""A single text to read, in the column and with the typography of the transcript."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSlider, QWidget

from app.theme.theme import Theme
from app.widgets.transcript.message import TranscriptMessage
from app.widgets.transcript.view import TranscriptView


class DocumentView(TranscriptView):
    """Shows one Markdown text from its beginning. Selecting, copying, code, formulas: as in a chat."""

    stepped = Signal(int)
    """Alt+Right or Alt+Left: 1 for the next text, -1 for the one before."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(name)

    def show_text(self, text_id: str, title: str, text: str) -> None:
        """Show another text, or the same one in another language. `text` has no heading of its own."""
        message = TranscriptMessage(text_id, "document", f"# {title}\n\n{text}", author=title)
        self.set_messages([message])
        self.scroll_to(text_id)

    def settled(self, *, at_end: bool) -> None:
        """No button that leads to the end: a text is read from its beginning."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Forward):
            self.stepped.emit(1)
        elif event.matches(QKeySequence.StandardKey.Back) and event.key() != Qt.Key.Key_Backspace:
            self.stepped.emit(-1)
        elif event.matches(QKeySequence.StandardKey.MoveToEndOfLine):
            self.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
        else:
            super().keyPressEvent(event)
