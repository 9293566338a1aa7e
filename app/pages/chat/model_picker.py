"""The popup in which a model is chosen."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.models.model_choices import (
    CHOICE_ROLE,
    CURRENT_ROLE,
    SECTION_ROLE,
    ModelChoice,
    ModelChoicesModel,
)
from app.models.transcript_rows import short_model_name
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, rounded_box, text_font
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel

WIDTH = 420
ROW_HEIGHT = 48
SECTION_HEIGHT = 26
MAX_HEIGHT = 380

Index = QModelIndex | QPersistentModelIndex


class ModelDelegate(QStyledItemDelegate):
    """Name with its quantization, the facts below; the heading of a section above its first row."""

    def __init__(self, model: ModelChoicesModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT + (SECTION_HEIGHT if index.data(SECTION_ROLE) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        choice: ModelChoice = index.data(CHOICE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(7, 0, -7, 0)
        section = index.data(SECTION_ROLE)
        if section:
            painter.setFont(text_font(tokens, "xs", MEDIUM))
            painter.setPen(color(tokens, "fg3"))
            heading = QRectF(box.left() + 9, box.top(), box.width(), SECTION_HEIGHT)
            painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, section)
            box.setTop(box.top() + SECTION_HEIGHT)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg5"))
        if not choice.usable:
            painter.setOpacity(0.6)
        name_icon = "server" if choice.kind == "endpoint" else "box"
        role = "accent_text" if index.data(CURRENT_ROLE) else "fg3"
        place = QRectF(box.left() + 9, box.top() + 16, 16, 16)
        draw_icon(painter, name_icon, place, color(tokens, role))
        room = box.adjusted(36, 7, -34, -6)
        ink = "error" if self._model.is_too_large(choice) else "fg2" if selected else "fg3"
        self._paint_texts(painter, choice, room, ink)
        if index.data(CURRENT_ROLE):
            mark = QRectF(box.right() - 26, box.center().y() - 8, 16, 16)
            draw_icon(painter, "check", mark, color(tokens, "accent_text"))
        painter.restore()

    def _paint_texts(self, painter: QPainter, choice: ModelChoice, room: QRectF, ink: str) -> None:
        tokens = self._theme.tokens
        font, small = text_font(tokens, "m", MEDIUM), text_font(tokens, "xs", MEDIUM)
        tag = choice.quantization
        tag_width = QFontMetrics(small).horizontalAdvance(tag) + 10 if tag else 0
        name = QFontMetrics(font).elidedText(
            short_model_name(choice.name), Qt.TextElideMode.ElideMiddle, int(room.width() - tag_width - 8)
        )
        painter.setFont(font)
        painter.setPen(color(tokens, "fg"))
        painter.drawText(
            QRectF(room.left(), room.top(), room.width(), 18), Qt.AlignmentFlag.AlignVCenter, name
        )
        if tag:
            left = room.left() + QFontMetrics(font).horizontalAdvance(name) + 8
            badge = QRectF(left, room.top() + 1, tag_width, 16)
            rounded_box(painter, badge, tokens.radius_tag, color(tokens, "bg4"))
            painter.setFont(small)
            painter.setPen(color(tokens, "fg2"))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, tag)
        facts_font = text_font(tokens, "xs")
        facts = QFontMetrics(facts_font).elidedText(
            self._model.facts(choice), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.setFont(facts_font)
        painter.setPen(color(tokens, ink))
        line = QRectF(room.left(), room.top() + 19, room.width(), 16)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, facts)


class ModelPicker(QFrame):
    """A popup under the pill: type to filter, arrows and Enter choose, Escape closes."""

    chosen = Signal(object)
    """`ModelChoice`."""
    manage_requested = Signal()
    endpoint_requested = Signal()
    file_requested = Signal()

    def __init__(self, model: ModelChoicesModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._model = model
        self.field = TextField(
            self.tr("Filter models"), theme, placeholder=self.tr("Filter models"), icon_name="search"
        )
        self.list = QListView(self)
        self.list.setModel(model)
        self.list.setObjectName("modelList")
        self.list.setItemDelegate(ModelDelegate(model, theme, self.list))
        self.list.setMouseTracking(True)
        # Thousands of rows are laid out as they come into view.
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Models"))
        self._nothing = TextLabel(self.tr("No model fits this filter."), theme, role="fg3", size="s")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._more = TextLabel("", theme, role="fg3", size="xs")
        self._more.setContentsMargins(16, 0, 16, 0)
        self._build()
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._choose)
        self.list.entered.connect(self.list.setCurrentIndex)
        model.modelReset.connect(self._fit)
        theme.changed.connect(self._restyle)
        self._restyle()

    def open_at(self, top_right: QPoint) -> None:
        """Show below a global point, right edges aligned."""
        self._model.set_filter("")
        self.field.clear()
        self._fit()
        self.move(top_right.x() - self.width(), top_right.y() + 6)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _build(self) -> None:
        theme = self._theme
        self.setObjectName("modelPicker")
        self.setFixedWidth(WIDTH)
        footer = QHBoxLayout()
        footer.setContentsMargins(8, 4, 8, 0)
        footer.setSpacing(2)
        for text, icon_name, signal in (
            (self.tr("Open a file…"), "folder-open", self.file_requested),
            (self.tr("Add endpoint…"), "server", self.endpoint_requested),
            (self.tr("Manage…"), "library", self.manage_requested),
        ):
            button = TextButton(text, theme, kind="ghost", icon_name=icon_name)
            button.clicked.connect(self.close)
            button.clicked.connect(signal)
            footer.addWidget(button)
        footer.addStretch(1)
        search = QHBoxLayout()
        search.setContentsMargins(8, 0, 8, 0)
        search.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 9, 1, 8)
        column.setSpacing(6)
        column.addLayout(search)
        column.addWidget(self.list)
        column.addWidget(self._more)
        column.addWidget(self._nothing)
        column.addLayout(footer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        self._model.set_filter(text)

    def _step(self, rows: int) -> None:
        count = self._model.rowCount()
        if count:
            row = (self.list.currentIndex().row() + rows) % count
            self.list.setCurrentIndex(self._model.index(row))

    def _choose(self, index: QModelIndex) -> None:
        choice = self._model.choice_at(index)
        if choice is not None and choice.usable:
            self.close()
            self.chosen.emit(choice)

    def _fit(self) -> None:
        count = self._model.rowCount()
        self.list.setVisible(count > 0)
        self._nothing.setVisible(count == 0)
        more = self._model.more
        self._more.set_text(self.tr("%Ln more: type to find them.", "", more))
        self._more.setVisible(more > 0)
        sections = self._model.sections()
        self.list.setFixedHeight(min(MAX_HEIGHT, count * ROW_HEIGHT + sections * SECTION_HEIGHT + 2))
        if count:
            self.list.setCurrentIndex(self._model.index(0))
        self.adjustSize()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self.setStyleSheet(
            f"#modelPicker {{ background: {tokens.bg3}; border: 1px solid {tokens.line2};"
            f" border-radius: {tokens.radius_card}px; }}"
            "#modelList::item:hover, #modelList::item:selected { background: transparent; }"
        )
