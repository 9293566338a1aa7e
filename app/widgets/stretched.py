"""A column that takes the room that is left, but never too little to be read."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHeaderView


class StretchedColumn(QObject):
    """Stretches `section` of a header; where less than `least` logical pixels are left, the table scrolls
    sideways instead. Lives as long as the header.
    """

    def __init__(self, header: QHeaderView, section: int, least: int) -> None:
        super().__init__(header)
        self._header, self._section, self._least = header, section, least
        self._fitting = False
        header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        header.installEventFilter(self)
        # A method, not a lambda: Qt ends the connection with the header.
        header.sectionResized.connect(self._on_resized)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return super().eventFilter(watched, event)

    def _on_resized(self, section: int, _before: int, _after: int) -> None:
        if section != self._section:
            self._fit()

    def _fit(self) -> None:
        if self._fitting:
            return
        self._fitting = True
        header, section = self._header, self._section
        others = sum(header.sectionSize(each) for each in range(header.count()) if each != section)
        modes = QHeaderView.ResizeMode
        wanted = modes.Stretch if header.width() - others >= self._least else modes.Interactive
        if header.sectionResizeMode(section) != wanted:
            header.setSectionResizeMode(section, wanted)
        if wanted == modes.Interactive and not header.isSectionHidden(section):
            header.resizeSection(section, max(self._least, header.minimumSectionSize()))
        self._fitting = False
