"""What an empty chat shows: who answers, what to try, what can be done here."""

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.empty_state import IconTile
from app.widgets.key_button import KeyButton
from app.widgets.painting import MEDIUM, SEMIBOLD, color, focus_ring, rounded_box, text_font
from app.widgets.scrolling import HeightScroll
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel


def example_prompts() -> tuple[tuple[str, str, str], ...]:
    """(icon, heading, prompt): small enough for a model of 135 million parameters."""
    translate = QCoreApplication.translate
    return (
        (
            "book-open-text",
            translate("StartPage", "Explain"),
            translate("StartPage", "Why is the sky blue? Explain it in three sentences."),
        ),
        (
            "pencil-line",
            translate("StartPage", "Write"),
            translate("StartPage", "Write a short poem about a lighthouse in winter."),
        ),
        (
            "list-checks",
            translate("StartPage", "List"),
            translate("StartPage", "Give me five ideas for a rainy Sunday afternoon."),
        ),
        (
            "code-xml",
            translate("StartPage", "Code"),
            translate("StartPage", "Write a Python function that reverses a string."),
        ),
    )


class PromptCard(KeyButton):
    """An example; a click sends it."""

    def __init__(self, icon_name: str, heading: str, prompt: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name, self._heading, self.prompt, self._theme = icon_name, heading, prompt, theme
        self.setText(heading)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(prompt)
        self.setToolTip(self.tr("Send this message"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, 76)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.55)
        box = QRectF(self.rect())
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        fill, line = color(tokens, "bg4" if hot else "bg3"), color(tokens, "line2" if hot else "line")
        rounded_box(painter, box, tokens.radius_card, fill, line)
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_card, tokens)
        draw_icon(painter, self._icon_name, QRectF(14, 14, 16, 16), color(tokens, "accent_text"))
        painter.setFont(text_font(tokens, "s", MEDIUM))
        painter.setPen(color(tokens, "fg"))
        painter.drawText(QRectF(38, 12, box.width() - 52, 20), Qt.AlignmentFlag.AlignVCenter, self._heading)
        font = text_font(tokens, "s")
        painter.setFont(font)
        painter.setPen(color(tokens, "fg2"))
        room = QRectF(14, 36, box.width() - 28, 34)
        flags = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        shown = self.prompt
        metrics = QFontMetrics(font)
        while shown and metrics.boundingRect(room.toRect(), flags, shown).height() > room.height() + 2:
            shown = shown[:-2].rstrip() + "…" if not shown.endswith("…") else shown[:-3].rstrip() + "…"
        painter.drawText(room, flags, shown)
        painter.end()


class StartPage(QWidget):
    """Calm: a name, a line of facts, four examples, a line of hints."""

    prompt_chosen = Signal(str)
    starter_requested = Signal()
    choose_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = TextLabel("", theme, role="fg", size="h", weight=SEMIBOLD)
        self._facts = TextLabel("", theme, role="fg2", size="m", wrap=True)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.starter_button = TextButton(
            self.tr("Load the starter model"), theme, kind="primary", icon_name="play", height=32
        )
        self.choose_button = TextButton(self.tr("Choose a model…"), theme, icon_name="folder-open", height=32)
        self.starter_button.clicked.connect(self.starter_requested)
        self.choose_button.clicked.connect(self.choose_requested)
        self._cards = [PromptCard(*example, theme, self) for example in example_prompts()]
        for card in self._cards:
            card.clicked.connect(lambda _checked=False, card=card: self.prompt_chosen.emit(card.prompt))
        self._build()
        self.show_none(starter=False)

    def show_model(self, name: str, facts: str) -> None:
        """A model is loaded: offer examples."""
        self._title.set_text(name)
        self._facts.set_text(facts)
        self._set_ready(True, False)

    def show_loading(self, name: str, stage: str) -> None:
        """A model is being loaded."""
        self._title.set_text(name)
        self._facts.set_text(stage)
        self._set_ready(False, False)
        self.choose_button.hide()

    def show_none(self, *, starter: bool) -> None:
        """No model: offer the starter where it is installed."""
        self._title.set_text(self.tr("No model is loaded"))
        text = self.tr("A chat needs a model in this computer's memory. Everything stays on this machine.")
        self._facts.set_text(text)
        self._set_ready(False, starter)

    def show_resting(self, name: str) -> None:
        """A model that loads again as soon as something is sent."""
        self._title.set_text(name)
        self._facts.set_text(self.tr("Unloaded while nobody used it; the next message loads it again."))
        self._set_ready(True, False)

    def _set_ready(self, ready: bool, starter: bool) -> None:
        for card in self._cards:
            card.setEnabled(ready)
        self.starter_button.setVisible(starter and not ready)
        self.choose_button.setVisible(not ready)

    def _build(self) -> None:
        theme = self._theme
        centre = Qt.AlignmentFlag.AlignHCenter
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.starter_button)
        buttons.addWidget(self.choose_button)
        buttons.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(10)
        for position, card in enumerate(self._cards):
            grid.addWidget(card, position // 2, position % 2)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(3)
        column.addWidget(IconTile("sparkles", theme, 44), 0, centre)
        column.addSpacing(4)
        column.addWidget(self._title, 0, centre)
        column.addWidget(self._facts)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addSpacing(12)
        column.addLayout(grid)
        column.addSpacing(14)
        column.addWidget(self._hints())
        column.addStretch(4)
        host = QWidget()
        host.setMaximumWidth(theme.tokens.text_column)
        host.setLayout(column)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(24, 12, 24, 12)
        row.addStretch(1)
        row.addWidget(host, 100)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(HeightScroll(content))

    def _hints(self) -> TextLabel:
        hints = (
            self.tr("/ for commands"),
            self.tr("Drop text files to attach them"),
            self.tr("Edit or branch at any message"),
        )
        # No break within a hint.
        line = " \u2003 ".join(hint.replace(" ", "\u00a0") for hint in hints)
        label = TextLabel(line, self._theme, role="fg3", size="s", wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return label
