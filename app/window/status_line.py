"""The line at the foot of the window: what runs, on what, with how much memory, how fast."""

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.commands.registry import CommandRegistry
from app.theme.focus import draw_focus_ring, has_keyboard_focus
from app.theme.fonts import lines_up, ui_font
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.key_button import KeyButton
from app.widgets.sparkline import Sparkline
from app.window.status_state import Phase, StatusState

HEIGHT = 28
ICON = 13
GAP = 5
PHASE_ROLE: dict[Phase, str] = {
    "starting": "fg3",
    "loading": "info",
    "ready": "ok",
    "reading": "info",
    "generating": "ok",
    "no_model": "fg3",
    "failed": "error",
}


class StatusCell(KeyButton):
    """An icon or a dot with a few words. Without a click handler it only informs."""

    def __init__(self, theme: Theme, icon_name: str = "", *, role: str = "fg2") -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self._role = role
        self._dot = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._refit)

    def make_clickable(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_text(self, text: str, *, dot: str = "") -> None:
        """Empty text hides the cell. `dot` is a colour role."""
        if (text, dot) != (self.text(), self._dot):
            self._dot = dot
            self.setText(text)
            self.setAccessibleName(text)
            self._refit()
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self.text()) + self._lead() + 2
        return QSize(round(width), HEIGHT - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        middle = self.height() / 2
        if self._dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(self._dot))
            painter.drawEllipse(QPointF(4, middle), 3.25, 3.25)
        elif self._icon_name:
            draw_icon(painter, self._icon_name, QRectF(0, middle - ICON / 2, ICON, ICON), theme.color("fg3"))
        lively = self.underMouse() and self.focusPolicy() != Qt.FocusPolicy.NoFocus
        painter.setPen(theme.color("fg" if lively else self._role))
        painter.setFont(self._font())
        box = QRectF(self._lead(), 0, self.width() - self._lead(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        if has_keyboard_focus(self):
            draw_focus_ring(painter, QRectF(self.rect()), theme.tokens, theme.tokens.radius_tag)
        painter.end()

    def _font(self) -> QFont:
        return ui_font(self._theme.tokens.text_s, tabular=lines_up(self.text()))

    def _lead(self) -> float:
        if self._dot:
            return 9 + GAP
        return ICON + GAP if self._icon_name else 0

    def _refit(self) -> None:
        self.updateGeometry()
        self.update()


class StatusLine(QWidget):
    """Follows a `StatusState`."""

    def __init__(
        self, state: StatusState, theme: Theme, registry: CommandRegistry, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._registry = registry
        self.setFixedHeight(HEIGHT)
        self.setProperty("surface", "status")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Status"))
        self._phase = StatusCell(theme)
        self._device = StatusCell(theme, "cpu")
        self._memory = StatusCell(theme, "memory-stick")
        self._kv = StatusCell(theme, "database")
        self._spark = Sparkline(self.tr("Output tokens per second"), theme)
        self._spark.setFixedSize(84, 18)
        self._rate = StatusCell(theme, role="fg")
        self.server = StatusCell(theme, "server")
        self.server.make_clickable()
        self.server.setAccessibleName(self.tr("Local server"))
        self.jobs = StatusCell(theme, "layers")
        self.jobs.make_clickable()
        self.jobs.show_text("")
        self.jobs.setAccessibleName(self.tr("Jobs"))
        self.commands = StatusCell(theme, "command")
        self.commands.make_clickable()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(16)
        for cell in (self._phase, self._device, self._memory, self._kv):
            row.addWidget(cell)
        row.addStretch(1)
        for widget in (self._spark, self._rate, self.server, self.jobs, self.commands):
            row.addWidget(widget)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        state.changed.connect(self._soon.start)
        registry.shortcuts_changed.connect(self._soon.start)
        self.refresh()

    def refresh(self) -> None:
        """Show the state of now."""
        state = self._state
        self._phase.show_text(self._phase_text(), dot=PHASE_ROLE[state.phase])
        self._device.show_text(self._device_text())
        memory = state.memory_bytes
        self._memory.show_text(self._bytes(memory) if memory >= 0 else "")
        self._kv.show_text(self._kv_text())
        used, size = state.kv_tokens
        self._kv.setToolTip(
            self.tr("KV cache: {used} of {size} positions used").format(
                used=QLocale().toString(used), size=QLocale().toString(size)
            )
        )
        self._memory.setToolTip(self.tr("Memory of the engine process"))
        self._spark.setVisible(len(state.rates) > 1)
        self._spark.set_values(tuple(state.rates))
        rate = QLocale().toString(float(state.rate), "f", 1)
        self._rate.show_text(self.tr("{rate} tok/s").format(rate=rate) if state.rate > 0 else "")
        keys = self._registry.action("palette.commands").shortcut().toString() if self._has_palette() else ""
        title = self.tr("Commands")  # on its own: lupdate does not look into f-strings
        self.commands.show_text(f"{title}  {keys}".strip())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _has_palette(self) -> bool:
        return "palette.commands" in self._registry

    def _phase_text(self) -> str:
        text = {
            "starting": self.tr("Starting…"),
            "loading": self.tr("Loading the model…"),
            "ready": self.tr("Ready"),
            "reading": self.tr("Reading the prompt…"),
            "generating": self.tr("Generating…"),
            "no_model": self.tr("No model"),
            "failed": self.tr("Engine stopped"),
        }[self._state.phase]
        return f"{text} {self._state.detail}".strip()

    def _device_text(self) -> str:
        if not self._state.device:
            return ""
        threads = self.tr("%n thread(s)", None, self._state.threads) if self._state.threads else ""
        return " · ".join(part for part in (self._state.device, threads) if part)

    def _kv_text(self) -> str:
        fraction = self._state.kv_fraction
        if fraction < 0:
            return ""
        return self.tr("KV {percent} %").format(percent=round(fraction * 100))

    @staticmethod
    def _bytes(count: int) -> str:
        return QLocale().formattedDataSize(count, 0 if count < 2**30 else 1)
