"""A line above the pictures: what is being read, what hinders, and the button that helps."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.meter import Meter
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel


class NoticeLine(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Callable[[], object] | None = None
        self._text = TextLabel("", theme, role="fg2", size="s", elide=True)
        self._meter = Meter(self.tr("Progress"), theme, height=4)
        self._meter.setFixedWidth(120)
        self._button = TextButton("", theme, height=24)
        self._button.clicked.connect(self._run)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._meter)
        row.addWidget(self._button)
        self.hide()

    def say(
        self,
        text: str,
        *,
        role: str = "fg2",
        fraction: float | None = None,
        action: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        """`fraction` shows progress; an empty text hides the line."""
        self._act = act
        self._text.set_role(role)
        self._text.set_text(text)
        self._meter.setVisible(fraction is not None)
        self._meter.set_parts(((fraction or 0.0, "accent"),))
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.updateGeometry()
        self._button.setVisible(bool(action))
        self.setVisible(bool(text))

    def text(self) -> str:
        return self._text.full_text()

    def _run(self) -> None:
        if self._act is not None:
            self._act()
