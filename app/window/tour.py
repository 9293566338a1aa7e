"""The tour: a callout beside one part of the window after the other. The program below goes on working."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from app.window.overlay import OverlayCard

WIDTH = 320
GAP = 12
MARGIN = 12
SHADE = 4
"""How far the clear place reaches beyond what is pointed at."""


class TourStep(NamedTuple):
    """`prepare` brings what is pointed at onto the screen; `targets` are its widgets, all in one frame."""

    title: str
    text: str
    prepare: Callable[[], object]
    targets: Callable[[], Sequence[QWidget]]


class Tour(OverlayCard):
    """`begin` with steps; those whose target is not there are passed over."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window, theme, covers=False)
        self._steps: Sequence[TourStep] = ()
        self._number = 0
        self.setFixedWidth(WIDTH)
        self.title = TextLabel("", theme, role="fg", size="l", weight=SEMIBOLD, wrap=True)
        self.text = TextLabel("", theme, size="m", wrap=True)
        self.dots = _Dots(theme)
        self.back = TextButton("", theme, kind="ghost")
        self.next = TextButton("", theme, kind="primary")
        self.end = TextButton("", theme, kind="ghost")
        self.back.clicked.connect(lambda: self._go(-1))
        self.next.clicked.connect(lambda: self._go(1))
        self.end.clicked.connect(self.leave)
        self._build()

    @property
    def number(self) -> int:
        """The step that is shown, from 0."""
        return self._number

    def begin(self, steps: Sequence[TourStep]) -> None:
        self._steps = steps
        self._number = -1
        self.back.setText(self.tr("Back"))
        self.back.setAccessibleName(self.tr("Back"))
        self.end.setText(self.tr("End the tour"))
        self.end.setAccessibleName(self.tr("End the tour (Esc)"))
        self.end.setToolTip(self.tr("Esc"))
        self.open()
        self._go(1)

    def targets(self) -> list[QWidget]:
        """What the callout points at now."""
        if not 0 <= self._number < len(self._steps):
            return []
        return [widget for widget in self._steps[self._number].targets() if widget.isVisible()]

    def place(self) -> None:
        frame = self._frame()
        self.scrim.cover(QRectF(frame))
        height = max(self._column.heightForWidth(WIDTH), self._column.minimumSize().height())
        size = QSize(WIDTH, height)
        self.setGeometry(QRect(spot(self._window.rect(), frame, size), size))

    def _go(self, by: int) -> None:
        """The next step that has something to point at; past the last one the tour is over."""
        number = self._number + by
        while 0 <= number < len(self._steps):
            self._number = number
            self._steps[number].prepare()
            if self.targets():
                self._show()
                return
            number += by
        if by > 0:
            self.leave()

    def _show(self) -> None:
        step, last = self._steps[self._number], len(self._steps) - 1
        self.title.set_text(step.title)
        self.text.set_text(step.text)
        self.setAccessibleName(step.title)
        self.setAccessibleDescription(step.text)
        words = self.tr("Done") if self._number == last else self.tr("Next")
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.next.setAccessibleDescription(f"{step.title}. {step.text}")
        self.back.setVisible(self._number > 0)
        self.end.setVisible(self._number < last)
        self.dots.show_place(self._number, len(self._steps))
        self._column.activate()
        self.scrim.raise_()
        self.raise_()
        self.place()
        self.next.setFocus(Qt.FocusReason.TabFocusReason)

    def _frame(self) -> QRect:
        frame = QRect()
        for widget in self.targets():
            corner = widget.mapTo(self._window, QPoint(0, 0))
            frame = frame.united(QRect(corner, widget.size()))
        if frame.isNull():
            return frame
        grown = frame.adjusted(-SHADE, -SHADE, SHADE, SHADE)
        return grown.intersected(self._window.rect().adjusted(1, 1, -1, -1))

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.dots)
        foot.addStretch(1)
        foot.addWidget(self.end)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 12, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(6)
        column.addLayout(foot)


class _Dots(QWidget):
    """Which step of how many."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._place, self._count = 0, 0

    def show_place(self, place: int, count: int) -> None:
        self._place, self._count = place, count
        self.setFixedSize(count * 10, 8)
        words = self.tr("Step {number} of {count}").format(number=place + 1, count=count)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(self._count):
            painter.setBrush(self._theme.color("accent" if number == self._place else "fg3"))
            painter.drawEllipse(QRectF(number * 10, 1, 6, 6))
        painter.end()


def spot(room: QRect, frame: QRect, size: QSize) -> QPoint:
    """Where a callout stands: beside what it points at, at the first side with room, inside the window."""
    right, left = frame.right() + GAP, frame.left() - GAP - size.width()
    above, below = frame.top() - GAP - size.height(), frame.bottom() + GAP
    beside = frame.center().y() - size.height() // 2
    over = frame.center().x() - size.width() // 2
    sides = (
        QPoint(right, beside) if right + size.width() + MARGIN <= room.width() else None,
        QPoint(left, beside) if left >= MARGIN else None,
        QPoint(over, above) if above >= MARGIN else None,
        QPoint(over, below) if below + size.height() + MARGIN <= room.height() else None,
    )
    found = next((side for side in sides if side is not None), QPoint(over, beside))
    x = max(MARGIN, min(found.x(), room.width() - size.width() - MARGIN))
    y = max(MARGIN, min(found.y(), room.height() - size.height() - MARGIN))
    return QPoint(x, y)
