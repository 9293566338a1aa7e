"""Which types the tensors of a model have, as bars."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.theme import Theme
from app.widgets.numbers import size, whole
from app.widgets.painting import MEDIUM, color, rounded_box, text_font
from engine.library.entries import TensorShare

_ROW = 22
_MOST = 12


class TensorShares(QWidget):
    """One line a type: its share of the bytes, how many tensors, how many bytes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares: Sequence[TensorShare] = ()
        self.setAccessibleName(self.tr("Tensors by type"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_shares(self, shares: Sequence[TensorShare]) -> None:
        """Largest first; of very many only the largest are drawn."""
        self._shares = shares[:_MOST]
        self.setVisible(bool(shares))
        self.setAccessibleDescription(
            "; ".join(
                self.tr("{type}: {count} tensors, {size}").format(
                    type=share.type, count=whole(share.tensors), size=size(share.nbytes)
                )
                for share in self._shares
            )
        )
        self.setFixedHeight(max(1, _ROW * len(self._shares)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _ROW * max(1, len(self._shares)))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = max(sum(share.nbytes for share in self._shares), 1)
        for number, share in enumerate(self._shares):
            box = QRectF(0, number * _ROW + 1, self.width(), _ROW - 2)
            rounded_box(painter, box, tokens.radius_tag, color(tokens, "bg3"))
            bar = QRectF(box)
            bar.setWidth(max(3.0, box.width() * share.nbytes / total))
            rounded_box(painter, bar, tokens.radius_tag, color(tokens, "accent", 0.32))
            room = box.adjusted(8, 0, -8, 0)
            painter.setFont(text_font(tokens, "xs", MEDIUM))
            painter.setPen(color(tokens, "fg"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, share.type)
            painter.setFont(text_font(tokens, "xs", tabular=True))
            painter.setPen(color(tokens, "fg2"))
            text = self.tr("{count} × · {size}").format(count=whole(share.tensors), size=size(share.nbytes))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.end()
