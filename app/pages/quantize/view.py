"""The centre of the page Quantize: tabs, and one panel at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.pages.quantize.views import FileViewEntry
from app.panels.file_panel_parts import FilePanelParts
from app.widgets.hline import HLine


class QuantizeView(QWidget):
    """Panels are made when their tab is first shown. `attach` the parts before the first paint."""

    def __init__(self, entries: Sequence[FileViewEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self._parts: FilePanelParts | None = None
        self._panels: dict[str, QWidget] = {}
        self._corners: dict[str, QWidget] = {}
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(self.tr("Work on model files"))
        for entry in self._entries:
            self.bar.addTab(entry.title())
        self._stack = QStackedWidget()
        self._header = QHBoxLayout()
        self._header.setContentsMargins(11, 4, 14, 0)
        self._header.addWidget(self.bar, 1)

    def attach(self, parts: FilePanelParts) -> None:
        """Make the first panel, and the others when they are asked for."""
        self._parts = parts
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header)
        column.addWidget(HLine(parts.theme))
        column.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._show)
        self._show(self.bar.currentIndex())

    def show_view(self, view_id: str, paths: Sequence[str] = ()) -> None:
        """Bring a tab to the front, with model files to work on; unknown ids do nothing."""
        for index, entry in enumerate(self._entries):
            if entry.id == view_id:
                self.bar.setCurrentIndex(index)
                set_models = getattr(self.panel(view_id), "set_models", None)
                if paths and set_models is not None:
                    set_models(paths)

    def has_view(self, view_id: str) -> bool:
        return any(entry.id == view_id for entry in self._entries)

    def has_panel(self, view_id: str) -> bool:
        """Whether a tab was shown before."""
        return view_id in self._panels

    def current(self) -> str:
        """The id of the tab in front."""
        return self._entries[self.bar.currentIndex()].id

    def panel(self, view_id: str) -> QWidget:
        """The panel of a tab, made if it was never shown."""
        if view_id not in self._panels:
            if self._parts is None:
                raise RuntimeError("the view has no parts yet")
            entry = next(entry for entry in self._entries if entry.id == view_id)
            panel = self._panels[view_id] = entry.make(self._parts)
            self._stack.addWidget(panel)
            corner = getattr(panel, "corner", None)
            if corner is not None:
                widget: QWidget = corner()
                self._corners[view_id] = widget
                self._header.addWidget(widget)
        return self._panels[view_id]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for index, entry in enumerate(self._entries):
                self.bar.setTabText(index, entry.title())
        super().changeEvent(event)

    def _show(self, index: int) -> None:
        if index < 0:
            return
        view_id = self._entries[index].id
        self._stack.setCurrentWidget(self.panel(view_id))
        for other, corner in self._corners.items():
            corner.setVisible(other == view_id)
