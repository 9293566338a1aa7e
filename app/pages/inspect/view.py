"""The centre of the page Inspect: tabs, source, and one panel at a time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.pages.inspect.source_bar import SourceBar
from app.pages.inspect.views import ViewEntry
from app.panels.inspection_parts import PanelParts
from app.widgets.hline import HLine


class InspectView(QWidget):
    """Panels are made when their tab is first shown."""

    def __init__(self, entries: list[ViewEntry], parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = entries
        self._parts = parts
        self._panels: dict[str, QWidget] = {}
        self._corners: dict[str, QWidget] = {}
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.source_bar = SourceBar(parts.theme)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(self.tr("Views"))
        for entry in entries:
            self.bar.addTab(entry.title())
        self._stack = QStackedWidget()
        self._header = QHBoxLayout()
        self._header.setContentsMargins(11, 4, 14, 0)
        self._header.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header)
        column.addWidget(HLine(parts.theme))
        # Below the tabs: where a view has no use for it, they stay in their place.
        column.addWidget(self.source_bar)
        column.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._show)
        self._show(self.bar.currentIndex())

    def show_view(self, view_id: str) -> None:
        """Bring a tab to the front; unknown ids do nothing."""
        for index, entry in enumerate(self._entries):
            if entry.id == view_id:
                self.bar.setCurrentIndex(index)

    def current(self) -> str:
        """The id of the tab in front."""
        return self._entries[self.bar.currentIndex()].id

    def panel(self, view_id: str) -> QWidget:
        """The panel of a tab, made if it was never shown."""
        if view_id not in self._panels:
            entry = next(entry for entry in self._entries if entry.id == view_id)
            panel = self._panels[view_id] = entry.make(self._parts)
            self._stack.addWidget(panel)
            corner = getattr(panel, "corner", None)
            if corner is not None:
                widget: QWidget = corner()
                self._corners[view_id] = widget
                self._header.addWidget(widget)
        return self._panels[view_id]

    def _show(self, index: int) -> None:
        if index < 0:
            return
        view_id = self._entries[index].id
        self.source_bar.setVisible(self._entries[index].on_text)
        self._stack.setCurrentWidget(self.panel(view_id))
        for other, corner in self._corners.items():
            corner.setVisible(other == view_id)
