"""Memory by part: a stacked bar against what the machine has, and a line for each part."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.panels.training.words import part_role, part_word
from app.theme.theme import Theme
from app.widgets.meter import Meter
from app.widgets.numbers import size
from app.widgets.painting import color, rounded_box
from app.widgets.text_label import TextLabel
from engine.protocol.finetune import MemoryPart


class _Swatch(QWidget):
    """The colour of a part."""

    def __init__(self, role: str, theme: Theme) -> None:
        super().__init__()
        self._theme, self._role = theme, role
        self.setFixedSize(8, 16)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded_box(painter, QRectF(0, 4, 8, 8), 2, color(self._theme.tokens, self._role))
        painter.end()


class MemoryBar(QWidget):
    """`set_parts` shows a prediction; the bar is the memory of the machine."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.meter = Meter(self.tr("Memory"), theme, height=10)
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(2)
        self._lines.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.meter)
        column.addLayout(self._lines)

    def set_parts(self, parts: Sequence[MemoryPart], total: int, used_elsewhere: int) -> None:
        """`total`: bytes of the machine; `used_elsewhere`: what other programs have of it."""
        scale = max(total, sum(part.nbytes for part in parts) + used_elsewhere, 1)
        shares = [(used_elsewhere / scale, "taken")] if used_elsewhere else []
        shares += [(part.nbytes / scale, part_role(part.name)) for part in parts]
        self.meter.set_parts(shares)
        words = [(part_word(part.name), part_role(part.name), part.nbytes) for part in parts]
        words.append((self.tr("Other programs"), "taken", used_elsewhere))
        self.meter.setAccessibleDescription(", ".join(f"{name} {size(count)}" for name, _, count in words))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, role, count) in enumerate(words):
            self._lines.addWidget(_Swatch(role, self._theme), row, 0)
            self._lines.addWidget(TextLabel(name, self._theme, size="xs"), row, 1)
            figure = TextLabel(size(count), self._theme, role="fg", size="xs", tabular=True)
            self._lines.addWidget(figure, row, 2, Qt.AlignmentFlag.AlignRight)
