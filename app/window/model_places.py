"""Places in which models were found, each with how many and a switch."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.model_sources import ICONS, OWN_NAMES, ModelSources
from app.settings import AppSettings
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

KEY = "models.left_out"


class ModelPlaces(QWidget):
    """The folders of other programs can be left out; the starter model and the user's folders are there."""

    folder_requested = Signal()

    def __init__(self, settings: AppSettings, sources: ModelSources, theme: Theme) -> None:
        super().__init__()
        self._settings, self._sources, self._theme = settings, sources, theme
        self._shown: list[tuple[str, int]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._lines: list[QWidget] = []
        self.switches: dict[str, Switch] = {}
        self._told = TextLabel("", theme, size="s", wrap=True)
        self.add = TextButton(self.tr("Add a folder…"), theme, icon_name="folder-plus")
        self.add.clicked.connect(self.folder_requested)
        head = QHBoxLayout()
        head.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(TextLabel(self.tr("Models on this computer"), theme, role="fg", size="m"))
        texts.addWidget(self._told)
        head.addLayout(texts, 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._rows)
        self._told.setVisible(False)

    def set_counts(self, counts: Mapping[str, int], *, searching: bool) -> None:
        """Only places that have models are listed."""
        order = ("starter", "home", "folder", *OWN_NAMES)
        shown = [(place, counts.get(place, 0)) for place in order if counts.get(place, 0)]
        self._told.set_text(self._sentence(shown, searching))
        self._told.setVisible(True)
        if shown == self._shown:
            return
        self._shown = shown
        self.switches = {}
        for line in self._lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(place, count) for place, count in shown]
        for line in self._lines:
            self._rows.addWidget(line)

    def _sentence(self, shown: list[tuple[str, int]], searching: bool) -> str:
        if searching and not shown:
            return self.tr("Looking for them…")
        if any(place in OWN_NAMES for place, _count in shown):
            return self.tr("They are used where they are; nothing is moved or copied.")
        return self.tr("No other program has models here. More can be had under Models.")

    def _line(self, place: str, count: int) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        picture = TextLabel("", self._theme)
        picture.setPixmap(icon(ICONS.get(place, "hard-drive")).pixmap(14, 14))
        name = self._sources.name(place)
        row.addWidget(picture)
        row.addWidget(TextLabel(name, self._theme, role="fg", size="s"))
        row.addStretch(1)
        row.addWidget(TextLabel(self.tr("%n model(s)", None, count), self._theme, size="s", tabular=True))
        switch = Switch(self.tr("List the models of {place}").format(place=name), self._theme)
        switch.setChecked(place not in self._settings.value(KEY))
        switch.setEnabled(place in OWN_NAMES)
        switch.toggled.connect(lambda checked, place=place: self._switch(place, bool(checked)))
        self.switches[place] = switch
        row.addWidget(switch)
        return line

    def _switch(self, place: str, wanted: bool) -> None:
        rest = [other for other in self._settings.value(KEY) if other != place]
        self._settings.set_value(KEY, rest if wanted else [*rest, place])
