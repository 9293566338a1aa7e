"""Which programs' folders the window lists models of."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QLabel

from app.models.model_sources import OWN_NAMES
from app.pages.settings.rows import Row
from app.settings import AppSettings
from app.theme.theme import Theme
from app.widgets.switch import Switch

KEY = "models.left_out"


class PlacesRow(Row):
    """A switch for each program that keeps models of its own."""

    def __init__(self, settings: AppSettings, theme: Theme) -> None:
        super().__init__(
            QCoreApplication.translate("Settings", "Models of other programs"),
            QCoreApplication.translate(
                "Settings", "Listed with yours and used where they are. What is off here is not listed."
            ),
        )
        self._settings = settings
        self.switches: dict[str, Switch] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for line, (place, name) in enumerate(OWN_NAMES.items()):
            switch = Switch(self.tr("List the models of {place}").format(place=name), theme)
            switch.toggled.connect(lambda wanted, place=place: self._switch(place, bool(wanted)))
            label = QLabel(name)
            label.setProperty("role", "muted")
            self.switches[place] = switch
            grid.addWidget(switch, line, 0)
            grid.addWidget(label, line, 1)
        self.texts.addLayout(grid)
        settings.changed.connect(lambda key: self._follow() if key == KEY else None)
        self._follow()

    def _switch(self, place: str, wanted: bool) -> None:
        rest = [other for other in self._settings.value(KEY) if other != place]
        self._settings.set_value(KEY, rest if wanted else [*rest, place])

    def _follow(self) -> None:
        for place, switch in self.switches.items():
            switch.setChecked(place not in self._settings.value(KEY))
