"""The first start: language, theme, where models are. Everything takes effect at once."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n.translator import LANGUAGES, available
from app.models.model_sources import ModelSources
from app.settings import AppSettings
from app.theme.theme import Theme
from app.widgets.empty_state import IconTile
from app.widgets.hline import HLine
from app.widgets.painting import SEMIBOLD
from app.widgets.segmented import SegmentedControl
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from app.window.model_places import ModelPlaces
from app.window.overlay import OverlayCard

WIDTH = 520
LABEL = 116
EDGE = 12


class Welcome(OverlayCard):
    """`tour_requested` after *Show me around*; `left` in any case."""

    tour_requested = Signal()
    folder_requested = Signal()

    def __init__(self, window: QWidget, theme: Theme, settings: AppSettings) -> None:
        super().__init__(window, theme, covers=True)
        self._settings = settings
        self._sources = ModelSources(self)
        self._body: QWidget | None = None
        self._focus = "language"
        self._shown: tuple[Mapping[str, int], bool] = ({}, True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._write)
        settings.changed.connect(self._follow)
        self._write()

    def set_places(self, counts: Mapping[str, int], *, searching: bool) -> None:
        """How many models were found in each place, so far."""
        self._shown = (counts, searching)
        self.places.set_counts(counts, searching=searching)
        self.place()

    def open(self) -> None:
        super().open()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        room = self._window.rect()
        self.scrim.cover(QRectF())
        width = min(WIDTH, room.width() - 2 * EDGE)
        self._column.activate()
        wanted = self._column.heightForWidth(width) if self._column.hasHeightForWidth() else 0
        height = min(max(wanted, self._column.minimumSize().height()), room.height() - 2 * EDGE)
        left, top = (room.width() - width) // 2, max(EDGE, (room.height() - height) * 2 // 5)
        self.setGeometry(QRect(left, top, width, height))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._again.start()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()  # a line that was written anew may need more room
        return done

    # writing

    def _write(self) -> None:
        """Everything in the language of now; the keyboard stays where it was."""
        held = self._body is not None and self._body.isAncestorOf(self._window.focusWidget())
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.deleteLater()
        self._body = body = QWidget()
        self._column.addWidget(body)
        self.setAccessibleName(self.tr("Welcome to Lathe"))
        rows = QVBoxLayout(body)
        rows.setContentsMargins(28, 24, 28, 20)
        rows.setSpacing(14)
        rows.addLayout(self._head())
        rows.addWidget(HLine(self._theme))
        rows.addLayout(self._choices())
        rows.addWidget(HLine(self._theme))
        rows.addWidget(self._model_places())
        rows.addSpacing(4)
        rows.addLayout(self._foot())
        self.set_places(self._shown[0], searching=self._shown[1])
        if held:
            chosen = self.language.button(self.language.current() or "system")
            chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def _head(self) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(4)
        title = TextLabel(self.tr("Welcome to Lathe"), self._theme, role="fg", size="h", weight=SEMIBOLD)
        told = self.tr(
            "A workbench for language models. Everything runs on this computer; nothing is sent anywhere. "
            "What you choose here can be changed under Settings."
        )
        texts.addWidget(title)
        texts.addWidget(TextLabel(told, self._theme, size="m", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(IconTile("sparkles", self._theme), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row

    def _choices(self) -> QVBoxLayout:
        names = [("system", self.tr("Like the desktop"))]
        names += [(name, LANGUAGES[name]) for name in available()]
        modes = (
            ("system", self.tr("Like the desktop")),
            ("dark", self.tr("Dark")),
            ("light", self.tr("Light")),
        )
        self.language = SegmentedControl(self.tr("Language"), names, self._theme)
        self.mode = SegmentedControl(self.tr("Theme"), modes, self._theme)
        rows = QVBoxLayout()
        rows.setSpacing(10)
        for text, control, key in (
            (self.tr("Language"), self.language, "appearance.language"),
            (self.tr("Theme"), self.mode, "appearance.theme"),
        ):
            control.set_current(self._settings.value(key))
            control.selected.connect(lambda value, key=key: self._settings.set_value(key, value))
            row = QHBoxLayout()
            label = TextLabel(text, self._theme, role="fg", size="m")
            label.setFixedWidth(LABEL)
            row.addWidget(label)
            row.addWidget(control, 1)
            rows.addLayout(row)
        return rows

    def _model_places(self) -> QWidget:
        self.places = ModelPlaces(self._settings, self._sources, self._theme)
        self.places.folder_requested.connect(self.folder_requested)
        return self.places

    def _foot(self) -> QHBoxLayout:
        self.start = TextButton(self.tr("Show me around"), self._theme, kind="primary", icon_name="route")
        self.start.setToolTip(self.tr("Seven places, half a minute; Esc ends it"))
        self.start.clicked.connect(self._start_tour)
        skip = TextButton(self.tr("Start without"), self._theme)
        skip.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        later = self.tr("The tour can be taken later, too: see Help.")
        row.addWidget(TextLabel(later, self._theme, role="fg3", size="s", wrap=True), 1)
        row.addWidget(skip)
        row.addWidget(self.start)
        return row

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self._column.sizeHint().height())

    def _start_tour(self) -> None:
        self.leave()
        self.tour_requested.emit()

    def _follow(self, key: str) -> None:
        if key == "appearance.language":
            self.language.set_current(self._settings.value(key))
        elif key == "appearance.theme":
            self.mode.set_current(self._settings.value(key))
