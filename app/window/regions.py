"""The resizable regions around a page: navigator left, inspector right, panel below, work in the centre.

Sizes and the user's choice of what is collapsed belong to the window, not to the page: they stay when the
page changes. A region is open when the page has a widget for it, the user has not collapsed it, and there is
room; in a small window the user can open it all the same.
"""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitterHandle, QStackedWidget, QWidget

from app.theme.theme import Theme
from app.window.splitter import HairlineSplitter

FIRST_FOCUS = "firstFocus"
"""Property of a page's widget: what takes the keyboard first, where controls stand before it. (A focus proxy
would hide those from the Tab key.)"""

Region = Literal["navigator", "inspector", "bottom"]
REGIONS: tuple[Region, ...] = ("navigator", "inspector", "bottom")

DEFAULT_SIZE: dict[Region, int] = {"navigator": 248, "inspector": 288, "bottom": 240}
MINIMUM: dict[Region, int] = {"navigator": 190, "inspector": 240, "bottom": 120}
CENTRE_MINIMUM = (320, 200)
CENTRE_COMFORT = (440, 400)
"""A smaller centre than this closes the inspector (width) or the bottom panel (height) by itself."""


class Regions(QWidget):
    """Hosts the widgets of all pages that were opened, and shows those of one."""

    layout_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes = dict(DEFAULT_SIZE)
        self._collapsed: set[Region] = set()
        self._cramped: set[Region] = set()
        self._insisted: set[Region] = set()
        self._present: set[Region] = set()
        self._blanks: dict[str, QWidget] = {}
        self._stacks: dict[Region, QStackedWidget] = {region: self._stack(region) for region in REGIONS}
        self.centre = QStackedWidget()
        self.centre.setMinimumSize(*CENTRE_MINIMUM)
        self._surface(self.centre, "canvas")
        self._middle = HairlineSplitter(Qt.Orientation.Vertical, theme)
        self._across = HairlineSplitter(Qt.Orientation.Horizontal, theme)
        self._middle.addWidget(self.centre)
        self._middle.addWidget(self._stacks["bottom"])
        self._across.addWidget(self._stacks["navigator"])
        self._across.addWidget(self._middle)
        self._across.addWidget(self._stacks["inspector"])
        self._middle.setStretchFactor(0, 1)
        self._middle.setStretchFactor(1, 0)
        for index, stretch in enumerate((0, 1, 0)):
            self._across.setStretchFactor(index, stretch)
        self._across.splitterMoved.connect(self._remember)
        self._middle.splitterMoved.connect(self._remember)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._across)

    def show_page(self, centre: QWidget, widgets: dict[Region, QWidget | None]) -> None:
        """Put a page's widgets in front; those seen for the first time are taken over."""
        self._front(self.centre, centre)
        self._present = set()
        for region, widget in widgets.items():
            if widget is not None:
                self._present.add(region)
                self._front(self._stacks[region], widget)
        self._apply()

    def show_blank(self) -> None:
        """Empty surfaces where the regions will be, while the page in front cannot be made yet."""
        for region in REGIONS:
            self._front(self._stacks[region], self._blanks.setdefault(region, QWidget()))
        self._front(self.centre, self._blanks.setdefault("centre", QWidget()))
        self._present = set(REGIONS) - {"bottom"}
        self._apply()

    def is_collapsed(self, region: Region) -> bool:
        return region in self._collapsed

    def is_open(self, region: Region) -> bool:
        """Whether it is seen, or would be on a page that has something there."""
        crowded_out = region in self._cramped and region not in self._insisted
        return region not in self._collapsed and not crowded_out

    def set_open(self, region: Region, wanted: bool) -> None:
        """What the user wants, whatever room there is; of the two sides the other one makes way."""
        self._remember()
        (self._collapsed.discard if wanted else self._collapsed.add)(region)
        (self._insisted.add if wanted and region in self._cramped else self._insisted.discard)(region)
        if wanted and region == "navigator":
            self._make_room_for_navigator()
        self._find_cramped()
        self._apply()
        self.layout_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._find_cramped():
            self._apply()
            self.layout_changed.emit()

    def _find_cramped(self) -> bool:
        """Which regions the window has no room for; whether that changed."""
        width = self.width() - self._sizes["navigator"] - self._sizes["inspector"]
        height = self.height() - self._sizes["bottom"]
        cramped: set[Region] = set()
        if width < CENTRE_COMFORT[0]:
            cramped.add("inspector")
        if width < CENTRE_MINIMUM[0] and "inspector" in self._insisted:
            cramped.add("navigator")
        if height < CENTRE_COMFORT[1]:
            cramped.add("bottom")
        changed = cramped != self._cramped
        self._cramped = cramped
        self._insisted &= cramped
        return changed

    def _make_room_for_navigator(self) -> None:
        if self.width() - self._sizes["navigator"] - self._sizes["inspector"] < CENTRE_MINIMUM[0]:
            self._insisted.discard("inspector")

    def divider(self, region: Region) -> QSplitterHandle:
        """The hairline that is dragged to resize a region."""
        if region == "bottom":
            return self._middle.handle(1)
        return self._across.handle(1 if region == "navigator" else 2)

    def area(self, region: Region | Literal["centre"]) -> QWidget:
        """The widget that hosts a region."""
        return self.centre if region == "centre" else self._stacks[region]

    def focus(self, region: Region | Literal["centre"]) -> bool:
        """Put the keyboard into a region; false when nothing there takes it."""
        stack = self.centre if region == "centre" else self._stacks[region]
        page = stack.currentWidget()
        if page is None or not stack.isVisible():
            return False
        first = page.property(FIRST_FOCUS)
        target = first if isinstance(first, QWidget) else page.focusProxy() or page
        if target.focusPolicy() == Qt.FocusPolicy.NoFocus:
            takers = (
                child
                for child in page.findChildren(QWidget)
                if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(page)
            )
            found = next(takers, None)
            if found is None:
                return False
            target = found
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return target.hasFocus()

    def sizes(self) -> dict[str, int]:
        """Logical pixels of each region, shown or not."""
        self._remember()
        return {str(region): size for region, size in self._sizes.items()}

    def restore(self, sizes: dict[str, int], collapsed: list[str]) -> None:
        """What an earlier `sizes` and `collapsed` said; nonsense is ignored."""
        for region in REGIONS:
            size = sizes.get(region, 0)
            if MINIMUM[region] <= size <= 4000:
                self._sizes[region] = size
        self._collapsed = {region for region in REGIONS if region in collapsed}
        self._apply()

    def collapsed(self) -> list[str]:
        return sorted(self._collapsed)

    def _apply(self) -> None:
        for region, stack in self._stacks.items():
            stack.setVisible(region in self._present and self.is_open(region))
        rest = max(self.width() - self._sizes["navigator"] - self._sizes["inspector"], CENTRE_MINIMUM[0])
        self._across.setSizes([self._sizes["navigator"], rest, self._sizes["inspector"]])
        height = max(self.height() - self._sizes["bottom"], CENTRE_MINIMUM[1])
        self._middle.setSizes([height, self._sizes["bottom"]])

    def _remember(self) -> None:
        if not self.isVisible():
            return
        for region, stack in self._stacks.items():
            if stack.isVisible():
                self._sizes[region] = stack.height() if region == "bottom" else stack.width()

    def _stack(self, region: Region) -> QStackedWidget:
        stack = QStackedWidget()
        if region == "bottom":
            stack.setMinimumHeight(MINIMUM[region])
        else:
            stack.setMinimumWidth(MINIMUM[region])
        self._surface(stack, "panel")
        stack.setVisible(False)
        return stack

    @staticmethod
    def _surface(widget: QWidget, name: str) -> None:
        widget.setProperty("surface", name)
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @staticmethod
    def _front(stack: QStackedWidget, widget: QWidget) -> None:
        if stack.indexOf(widget) < 0:
            stack.addWidget(widget)
        stack.setCurrentWidget(widget)
