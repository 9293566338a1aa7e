"""The data sets beside the first one that a training learns from, too."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.theme.theme import Theme
from app.widgets.chip import Chip
from app.widgets.flow_layout import FlowLayout
from app.widgets.text_button import TextButton
from engine.datasets.shelf import DataSet


class FurtherData(QWidget):
    """A tag for each, and a button with a menu of those that can be added."""

    added = Signal(object)
    """`DataSet`."""
    removed = Signal(str)
    """Path of its file."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: list[Chip] = []
        self._files: tuple[str, ...] = ()
        self._candidates: list[DataSet] = []
        self.add = TextButton(self.tr("Add another"), theme, kind="ghost", icon_name="plus", height=24)
        self.add.setToolTip(self.tr("Learn from several data sets at once, for example from your chats, too"))
        self._flow = FlowLayout(self, 6)
        self._flow.addWidget(self.add)
        self.add.clicked.connect(self._open_menu)

    def show_sets(self, sets: Sequence[DataSet], files: Sequence[str]) -> None:
        """`sets`: all of the shelf; `files`: those that are learned from, the first one included."""
        further = tuple(files[1:])
        self._candidates = [one for one in sets if one.path not in files]
        if further != self._files:
            self._files = further
            self._show_chips(sets)
        self.add.setEnabled(bool(self._candidates))
        self.setVisible(bool(files) and bool(further or self._candidates))

    def menu(self) -> QMenu:
        """Those that can be added."""
        menu = QMenu(self)
        for one in self._candidates:
            menu.addAction(one.name.replace("&", "&&")).triggered.connect(
                lambda _checked=False, one=one: self.added.emit(one)
            )
        return menu

    def _show_chips(self, sets: Sequence[DataSet]) -> None:
        names = {one.path: one.name for one in sets}
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        for path in self._files:
            name = names.get(path, path.rpartition("/")[2])
            chip = Chip(name, self._theme, remove_text=self.tr("Leave out {name}").format(name=name))
            chip.remove_requested.connect(lambda path=path: self.removed.emit(path))
            self._flow.insert_widget(len(self._chips), chip)
            chip.show()
            self._chips.append(chip)

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.exec(self.add.mapToGlobal(QPoint(0, self.add.height())))
        menu.deleteLater()
