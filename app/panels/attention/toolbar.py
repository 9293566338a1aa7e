"""The controls of the attention panel: they stand beside the tabs."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.models.attention_state import AttentionState
from app.panels.attention.live_button import LiveButton
from app.panels.attention.look_popup import LookPopup
from app.theme.theme import Theme
from app.widgets.choice import Toggle
from app.widgets.icon_button import IconButton


class AttentionToolbar(QWidget):
    """Shows and changes the shared state; what needs more is a signal."""

    pin_toggled = Signal(bool)
    read_requested = Signal(bool)
    """Read the text again; True: all layers."""
    export_requested = Signal(str)
    """“png”, “svg” or “npz”."""
    expand_requested = Signal()
    help_requested = Signal()

    def __init__(
        self, state: AttentionState, theme: Theme, *, expandable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self.live = LiveButton(theme)
        self.live.toggled.connect(state.set_live)
        self.pin = IconButton("pin", self.tr("Hold the chosen token"), theme, checkable=True)
        self._pinned = Toggle(self.pin, self.pin_toggled.emit)
        self.table = IconButton(
            "list-ordered", self.tr("List the heads by what they do"), theme, checkable=True
        )
        self.read = IconButton("scan-text", self.tr("Read the prompt too…"), theme)
        self.read.clicked.connect(self._open_read_menu)
        self.look = IconButton("sliders-horizontal", self.tr("Shades and lines…"), theme)
        self._popup = LookPopup(state, theme, self)
        self.look.clicked.connect(lambda: self._popup.open_at(self.look))
        self.export = IconButton("download", self.tr("Export…"), theme)
        self.export.clicked.connect(self.open_export_menu)
        self.note = IconButton("info", caution(), theme, size=22, icon_size=14, role="fg3")
        """Stands where there is room for it."""
        self.note.clicked.connect(self.help_requested)
        self.expand = IconButton("maximize-2", self.tr("Open on the page Inspect"), theme)
        self.expand.clicked.connect(self.expand_requested)
        self._menu: QMenu | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.live)
        row.addSpacing(4)
        for button in (self.pin, self.read, self.table, self.look, self.export, self.expand):
            row.addWidget(button)
        self.expand.setVisible(expandable)
        state.taps_changed.connect(self._follow)
        self._follow()

    def show_pinned(self, pinned: bool) -> None:
        """Whether a token is held."""
        self._pinned.set(pinned)

    def open_export_menu(self) -> None:
        """Which kind of file."""
        self._menu = QMenu(self)
        for kind, text in (
            ("png", self.tr("Picture (PNG)…")),
            ("svg", self.tr("Drawing (SVG)…")),
            ("npz", self.tr("Numbers for numpy (NPZ)…")),
        ):
            self._menu.addAction(text, partial(self.export_requested.emit, kind))
        self._menu.popup(self.export.mapToGlobal(self.export.rect().bottomLeft()))

    def _open_read_menu(self) -> None:
        self._menu = menu = QMenu(self)
        layer = self.tr("Read prompt and reply: layer {layer}").format(layer=self._state.layer)
        menu.addAction(layer, lambda: self.read_requested.emit(False))
        menu.addAction(
            self.tr("Read prompt and reply: all layers (for rollout)"), lambda: self.read_requested.emit(True)
        )
        menu.addSeparator()
        group = QActionGroup(menu)
        for choice, text in (
            ("all", self.tr("Live: all layers")),
            ("layer", self.tr("Live: the chosen layer only (costs less)")),
        ):
            action = QAction(text, menu, checkable=True, checked=self._state.tap_choice == choice)
            action.triggered.connect(lambda _on=False, choice=choice: self._state.set_tap_choice(choice))
            group.addAction(action)
            menu.addAction(action)
        menu.popup(self.read.mapToGlobal(self.read.rect().bottomLeft()))

    def _follow(self) -> None:
        self.live.set_live(self._state.live)


def caution() -> str:
    """The note that belongs beside every picture of attention."""
    return QCoreApplication.translate(
        "Attention",
        "Attention is not an explanation: a weight says where a head reads, not what it takes from there "
        "nor what the answer owes to it. Click for more.",
    )
