"""The left region of the models page: where models are, what they are, and files that are there twice."""

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.models.library_rows import Counts, Filter
from app.models.model_sources import ICONS, OWN_NAMES, ModelSources
from app.pages.models.place_list import PlaceList, PlaceRow
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.icon_button import IconButton
from app.widgets.numbers import size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel


class Places(QWidget):
    """`filter_changed` tells place, group and tag; the words of the search are the page's."""

    folder_added = Signal()
    folder_removed = Signal(str)
    filter_changed = Signal(object)
    """`Filter` without words."""
    search_requested = Signal()
    """Look for files that are there twice."""
    stop_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sources = ModelSources(self)
        self._counts = Counts()
        self._folders: Sequence[str] = ()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = PlaceList(theme)
        self.list.chosen.connect(lambda key: self.filter_changed.emit(filter_of(key)))
        self.list.removal_requested.connect(self.folder_removed)
        self.add = IconButton("folder-plus", self.tr("Add a folder of models"), theme)
        self.add.clicked.connect(self.folder_added)
        self._copies = TextLabel("", theme, size="xs", wrap=True)
        self.search = TextButton(self.tr("Find duplicates"), theme, icon_name="copy-check")
        self.search.setToolTip(
            self.tr("Reads files of the same size as far as needed to tell whether they are the same")
        )
        self.search.clicked.connect(self.search_requested)
        self.stop = TextButton(self.tr("Stop"), theme, kind="ghost")
        self.stop.clicked.connect(self.stop_requested)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(self.tr("Comparing files"))
        self._build()
        self.set_running(False)
        self.set_duplicates(0, 0, searched=False)
        self._refresh()

    def set_folders(self, folders: Sequence[str]) -> None:
        """The user's own folders."""
        self._folders = list(folders)
        self._refresh()

    def set_counts(self, counts: Counts) -> None:
        self._counts = counts
        self._refresh()

    def set_duplicates(self, files: int, freeable: int, *, searched: bool) -> None:
        """How many files have copies, and what these take."""
        if files:
            text = self.tr("{size} could be freed: {count} files are there twice or more.").format(
                size=size(freeable), count=whole(files)
            )
        else:
            text = self.tr("No file is there twice.") if searched else ""
        self._copies.set_text(text)
        self._copies.setVisible(bool(text))

    def set_running(self, running: bool) -> None:
        """While files are compared."""
        self.search.setVisible(not running)
        self.stop.setVisible(running)
        self.progress.setVisible(running)
        self.progress.setValue(0)

    def set_progress(self, fraction: float, _seconds_left: float) -> None:
        self.progress.setValue(round(fraction * 1000))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()

    def _refresh(self) -> None:
        counts = self._counts
        rows = [PlaceRow("", self.tr("All models"), "library", counts.all)]
        rows += self._kinds()
        rows.append(PlaceRow(None, self.tr("Places")))
        for folder in self._folders:
            place = f"folder:{folder}"
            name = PurePath(folder).name or folder
            rows.append(PlaceRow(f"place:{place}", name, "folder", counts.places[place], folder))
        for source in ("starter", "home", *OWN_NAMES, "endpoint"):
            count = counts.places[source]
            icon = ICONS.get(source, "hard-drive")
            rows.append(PlaceRow(f"place:{source}", self._sources.name(source), icon, count))
        if counts.tags:
            rows.append(PlaceRow(None, self.tr("Tags")))
            rows += [PlaceRow(f"tag:{tag}", tag, "tag", count) for tag, count in sorted(counts.tags.items())]
        self.list.places.set_rows(rows)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.places.index(0))

    def _kinds(self) -> list[PlaceRow]:
        """Those that there are; the ones that ask for attention last."""
        groups = self._counts.groups
        kinds = (
            ("gguf", self.tr("GGUF"), "box", False),
            ("safetensors", self.tr("safetensors"), "boxes", False),
            ("adapters", self.tr("Adapters"), "layers", False),
            ("duplicates", self.tr("Duplicates"), "copy", False),
            ("problems", self.tr("Not readable"), "triangle-alert", True),
        )
        return [
            PlaceRow(f"group:{key}", text, icon, groups[key], "", warn)
            for key, text, icon, warn in kinds
            if groups[key]
        ]

    def _build(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(8, 0, 0, 0)
        header.addWidget(TextLabel(self.tr("Library"), self._theme, role="fg", size="l", weight=SEMIBOLD))
        header.addStretch(1)
        header.addWidget(self.add)
        footer = QVBoxLayout()
        footer.setContentsMargins(8, 8, 8, 0)
        footer.setSpacing(8)
        footer.addWidget(self._copies)
        footer.addWidget(self.progress)
        footer.addWidget(self.search)
        footer.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 9, 8, 12)
        column.setSpacing(4)
        column.addLayout(header)
        column.addWidget(self.list, 1)
        column.addWidget(HLine(self._theme))
        column.addLayout(footer)


def filter_of(key: str) -> Filter:
    """What the key of a place means."""
    kind, _, value = key.partition(":")
    match kind:
        case "place":
            return Filter(place=value)
        case "group":
            return Filter(group=value)
        case "tag":
            return Filter(tag=value)
    return Filter()
