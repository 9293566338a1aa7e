"""Gamma of the shades and the threshold of the lines, in a small popup."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.models.attention_state import AttentionState
from app.theme.theme import Theme
from app.widgets.text_label import TextLabel
from app.widgets.value_slider import ValueSlider

_WIDTH = 240


class LookPopup(QFrame):
    """Closes by itself; every movement shows at once."""

    def __init__(self, state: AttentionState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._state = state
        self._theme = theme
        self.setObjectName("lookPopup")
        self.setAccessibleName(self.tr("Shades and lines"))
        self.setFixedWidth(_WIDTH)
        self._gamma_text = TextLabel("", theme, tabular=True)
        self.gamma = ValueSlider(
            self.tr("Gamma of the shades"), theme, minimum=0.2, maximum=1.0, step=0.05, neutral=0.5
        )
        self.gamma.setToolTip(
            self.tr("Low values bring out weak attention; 1 shows the weights as they are.")
        )
        self._threshold_text = TextLabel("", theme, tabular=True)
        self.threshold = ValueSlider(
            self.tr("Smallest weight that gets a line"),
            theme,
            minimum=0.0,
            maximum=0.2,
            step=0.005,
            neutral=0.01,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        for widget in (self._gamma_text, self.gamma, self._threshold_text, self.threshold):
            column.addWidget(widget)
        column.insertSpacing(2, 6)
        self.gamma.number_changed.connect(self._take)
        self.threshold.number_changed.connect(self._take)
        state.look_changed.connect(self._follow)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._follow()

    def open_at(self, button: QWidget) -> None:
        """Above or below a button, inside the screen."""
        self.adjustSize()
        below = button.mapToGlobal(QPoint(button.width() - _WIDTH, button.height() + 4))
        room = button.screen().availableGeometry()
        if below.y() + self.height() > room.bottom():
            below = button.mapToGlobal(QPoint(button.width() - _WIDTH, -self.height() - 4))
        self.move(max(room.left(), below.x()), below.y())
        self.show()
        self.gamma.setFocus()

    def _take(self) -> None:
        self._state.set_look(self.gamma.number(), self.threshold.number())

    def _follow(self) -> None:
        self.gamma.set_number(self._state.gamma)
        self.threshold.set_number(self._state.threshold)
        self._gamma_text.set_text(self.tr("Gamma {value}").format(value=f"{self._state.gamma:.2f}"))
        threshold = self.tr("Lines from {value} on").format(value=f"{self._state.threshold:.3f}")
        self._threshold_text.set_text(threshold)

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self.setStyleSheet(
            f"QFrame#lookPopup{{background:{tokens.bg3};border:1px solid {tokens.line2};"
            f"border-radius:{tokens.radius_card}px;}}"
        )
