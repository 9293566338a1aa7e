"""The order of the sampler stages: drag, or Alt+Up and Alt+Down; each can be switched off."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from app.panels.sampling.control import ParamControl
from app.panels.sampling.words import stage_name
from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.sampling.effects import Reason
from engine.sampling.params import DEFAULT_ORDER, SamplerName
from engine.sampling.specs import ParamSpec

_ROW = 28
_GRIP = 26


class StageRow(QCheckBox):
    """One stage: a grip to drag, its place and name, and whether it runs."""

    moved = Signal(int)
    """By how many places the user moves it (keyboard)."""
    dragged = Signal(float)
    """New middle of the row while dragged, in the parent's coordinates."""
    dropped = Signal()

    def __init__(self, stage: SamplerName, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(stage_name(stage), parent)
        self.setAccessibleName(stage_name(stage))
        self.stage = stage
        self.place = 0
        self.active = False
        self._theme = theme
        self._grab: float | None = None
        self.setToolTip(self.tr("Drag, or Alt+Up and Alt+Down, to change the order"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    def hitButton(self, pos: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(160, _ROW)

    def set_place(self, place: int, active: bool) -> None:
        """`active`: the stage does something with the present values."""
        self.place, self.active = place, active
        state = self.tr("in use") if active else self.tr("not in use")
        self.setAccessibleDescription(self.tr("Place {place}, {state}").format(place=place, state=state))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            self.focusNextPrevChild(step > 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() <= _GRIP:
            self._grab = event.position().y()
            self.raise_()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grab is None:
            grip = event.position().x() <= _GRIP
            self.setCursor(Qt.CursorShape.OpenHandCursor if grip else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        self.move(self.x(), round(self.mapToParent(event.position().toPoint()).y() - self._grab))
        self.dragged.emit(self.y() + self.height() / 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grab is None:
            super().mouseReleaseEvent(event)
            return
        self._grab = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.dropped.emit()
        self.update()

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
        box = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        hot = self.underMouse() or self._grab is not None
        edge = color(tokens, "accent") if self._grab is not None else color(tokens, "line")
        rounded_box(painter, box, tokens.radius_control, color(tokens, "bg4" if hot else "bg2"), edge)
        middle = box.center().y()
        draw_icon(painter, "grip-vertical", QRectF(7, middle - 7, 14, 14), color(tokens, "fg3"))
        on = self.isChecked()
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3" if not hot else "fg2"))
        number = str(self.place) if on else "–"
        painter.drawText(QRectF(24, 0, 16, self.height()), Qt.AlignmentFlag.AlignCenter, number)
        painter.setFont(text_font(tokens, "s", MEDIUM if on and self.active else text_font(tokens).weight()))
        painter.setPen(color(tokens, "fg" if on and self.active else "fg2" if on or hot else "fg3"))
        room = QRectF(46, 0, self.width() - 90, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if on and self.active:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(tokens, "accent"))
            painter.drawEllipse(QRectF(box.right() - 40, middle - 3, 6, 6))
        icon = "eye" if on else "eye-off"
        draw_icon(painter, icon, QRectF(box.right() - 22, middle - 7, 14, 14), color(tokens, "fg3"))
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        painter.end()


class StageList(QWidget):
    """The rows, placed by hand so that a dragged one can move between the others."""

    order_changed = Signal(tuple)
    """The stages that are on, in order; by the user only."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_ROW * len(DEFAULT_ORDER))
        self._active: frozenset[SamplerName] = frozenset()
        self._rows: list[StageRow] = []
        for stage in DEFAULT_ORDER:
            row = StageRow(stage, theme, self)
            row.setChecked(True)
            row.toggled.connect(lambda _on: self._changed())
            row.moved.connect(lambda step, row=row: self._move(row, step))
            row.dragged.connect(lambda y, row=row: self._drag(row, y))
            row.dropped.connect(self._place)
            self._rows.append(row)

    def order(self) -> tuple[SamplerName, ...]:
        return tuple(row.stage for row in self._rows if row.isChecked())

    def rows(self) -> list[StageRow]:
        """From first to last, the ones switched off included."""
        return list(self._rows)

    def set_order(self, order: tuple[SamplerName, ...]) -> None:
        """Show an order. Stages that are off keep their place where the rest allows it."""
        if order != self.order():
            by_stage = {row.stage: row for row in self._rows}
            if tuple(row.stage for row in self._rows if row.stage in order) != order:
                off = [row for row in self._rows if row.stage not in order]
                self._rows = [by_stage[stage] for stage in order] + off
            for row in self._rows:
                blocked = row.blockSignals(True)
                row.setChecked(row.stage in order)
                row.blockSignals(blocked)
        self._place()

    def set_active(self, stages: frozenset[SamplerName]) -> None:
        """Which stages do something with the present values."""
        self._active = stages
        self._number()

    def resizeEvent(self, event: object) -> None:
        self._place()

    def _move(self, row: StageRow, step: int) -> None:
        index = self._rows.index(row)
        target = index + step
        if 0 <= target < len(self._rows):
            self._rows.insert(target, self._rows.pop(index))
            self._place()
            row.setFocus()
            self.order_changed.emit(self.order())

    def _drag(self, row: StageRow, middle: float) -> None:
        target = min(max(int(middle // _ROW), 0), len(self._rows) - 1)
        index = self._rows.index(row)
        if target != index:
            self._rows.insert(target, self._rows.pop(index))
            self._place(held=row)
            self.order_changed.emit(self.order())

    def _changed(self) -> None:
        self._number()
        self.order_changed.emit(self.order())

    def _place(self, held: StageRow | None = None) -> None:
        for index, row in enumerate(self._rows):
            if row is not held:
                row.setGeometry(0, index * _ROW, self.width(), _ROW)
        self._number()

    def _number(self) -> None:
        place = 0
        for row in self._rows:
            place += row.isChecked()
            row.set_place(place, row.stage in self._active)


class OrderControl(ParamControl):
    """The list with a word of explanation and a way back to llama.cpp's order."""

    def __init__(self, spec: ParamSpec, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.list = StageList(self.tr("Sampler stages"), theme)
        self.reset = TextButton(
            self.tr("Default order"), theme, kind="ghost", icon_name="rotate-ccw", height=24
        )
        hint = TextLabel(self.tr("Dot: in use"), theme, role="fg3", size="xs", elide=True)
        self.list.order_changed.connect(self._on_changed)
        self.reset.clicked.connect(self._on_reset)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(hint, 1)
        foot.addWidget(self.reset)
        self.column.addWidget(self.list)
        self.column.addLayout(foot)

    def set_value(self, value: object) -> None:
        if isinstance(value, tuple):
            self.list.set_order(value)
            self.reset.setEnabled(value != DEFAULT_ORDER)

    def set_reason(self, reason: Reason | None) -> None:
        """The order itself is never without effect."""

    def set_active(self, stages: frozenset[SamplerName]) -> None:
        self.list.set_active(stages)

    def _on_changed(self, order: tuple[SamplerName, ...]) -> None:
        self.reset.setEnabled(order != DEFAULT_ORDER)
        self.emit_value(order)

    def _on_reset(self) -> None:
        self.list.set_order(DEFAULT_ORDER)
        self._on_changed(DEFAULT_ORDER)
