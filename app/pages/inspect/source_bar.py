"""What the page looks at: the last reply of the open chat, or a text that is typed here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.meter import Meter
from app.widgets.segmented import SegmentedControl
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel

REPLY, TEXT = "reply", "text"


class SourceBar(QWidget):
    """Setters and signals only; the page reads."""

    kind_chosen = Signal(str)
    """“reply” or “text”."""
    run_requested = Signal(str, bool)
    """The text, and whether it goes through the chat template."""
    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = SegmentedControl(
            self.tr("What to look at"), ((REPLY, self.tr("Chat")), (TEXT, self.tr("Text"))), theme
        )
        self.kind.setFixedWidth(132)
        self.kind.set_current(REPLY)
        self.kind.selected.connect(self._on_kind)
        self._told = TextLabel("", theme, role="fg2", size="s", elide=True)
        self.template = SegmentedControl(
            self.tr("How the text is read"),
            (("raw", self.tr("As it is")), ("template", self.tr("As a message"))),
            theme,
        )
        self.template.setFixedWidth(196)
        self.template.set_current("raw")
        self.template.setToolTip(
            self.tr(
                "As it is: the model reads these words only. As a message: with its chat template around."
            )
        )
        self.run = TextButton(self.tr("Look inside"), theme, kind="primary", icon_name="scan-eye")
        self.run.setToolTip(self.tr("Read the text with the loaded model (Ctrl+Return)"))
        self.run.clicked.connect(self._run)
        self.cancel = TextButton(self.tr("Cancel"), theme)
        self.cancel.clicked.connect(self.cancel_requested)
        self.text = TextArea(
            self.tr("Text to look into"),
            theme,
            placeholder=self.tr("Type a text, for instance one that repeats itself: “Reykjavik … Reyk”"),
            min_lines=2,
            max_lines=4,
        )
        self.text.edited.connect(lambda _text: self._refresh())
        self._progress = Meter(self.tr("Progress"), theme, height=4)
        self._running = False
        self._ready = True
        self._build()
        self._refresh()

    def show_reply(self, title: str) -> None:
        """Name of the chat whose last reply is meant; empty while there is no reply."""
        text = self.tr("Last reply of “{chat}”").format(chat=title)
        self._told.set_text(text if title else self.tr("The open chat has no reply yet."))

    def show_text(self, text: str) -> None:
        """Put a text into the field, to be read as it is, and choose it as what to look at."""
        self.text.set_text(text)
        self.template.set_current("raw")
        self.kind.set_current(TEXT)
        self._on_kind(TEXT)

    def set_ready(self, ready: bool) -> None:
        """Whether a model is loaded that can read."""
        self._ready = ready
        self._refresh()

    def set_progress(self, fraction: float | None) -> None:
        """None when nothing is being read."""
        self._running = fraction is not None
        self._progress.set_parts(((fraction or 0.0, "accent"),))
        self._refresh()

    def current_kind(self) -> str:
        return self.kind.current() or REPLY

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.run.isEnabled():
            self._run()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.kind)
        row.addWidget(self._told, 1)
        row.addWidget(self.template)
        row.addStretch(0)
        row.addWidget(self.cancel)
        row.addWidget(self.run)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.text)
        column.addWidget(self._progress)

    def _run(self) -> None:
        self.run_requested.emit(self.text.text(), self.template.current() == "template")

    def _on_kind(self, kind: str) -> None:
        self._refresh()
        self.kind_chosen.emit(kind)
        if kind == TEXT:
            self.text.setFocus()

    def _refresh(self) -> None:
        typed = self.current_kind() == TEXT
        self._told.setVisible(not typed)
        for widget in (self.text, self.template):
            widget.setVisible(typed)
        self.run.setVisible(typed and not self._running)
        self.run.setEnabled(self._ready and bool(self.text.text().strip()))
        self.cancel.setVisible(self._running)
        self._progress.setVisible(self._running)
