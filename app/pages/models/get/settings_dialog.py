"""Which hub is asked, with which key; and the switch “Work offline” of the settings, at hand here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.theme.theme import Theme
from app.widgets.painting import SEMIBOLD
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.errors import UserError
from engine.hub.settings import HubSettings


class HubSettingsDialog(QDialog):
    """`saved` brings `HubSettings`, whether to work offline, and a new key, "" to forget it, or None to
    leave it as it is.
    """

    saved = Signal(object, bool, object)

    def __init__(
        self, settings: HubSettings, usual: str, has_key: bool, offline: bool, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._usual = usual
        self.setWindowTitle(self.tr("Hub of models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self.address = TextField(self.tr("Address"), theme, placeholder=usual, height=30)
        self.address.setText(settings.endpoint)
        stored = self.tr("stored; empty leaves it, one space forgets it")
        none = self.tr("only for gated and private repositories")
        self.key = TextField(self.tr("Key"), theme, placeholder=stored if has_key else none, height=30)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.offline = Switch(self.tr("Work offline"), theme)
        self.offline.setChecked(offline)
        self.problem = TextLabel("", theme, role="error", wrap=True)
        self.problem.hide()
        self.save_button = TextButton(self.tr("Save"), theme, kind="primary")
        self._build()

    def accept(self) -> None:
        settings = HubSettings(self.address.text().strip())
        try:
            settings.address()
        except UserError as error:
            told = describe(error)
            self.problem.set_text(f"{told.message} {told.hint}")
            self.problem.show()
            self.address.set_invalid(True)
            self.address.setFocus()
            return
        text = self.key.text()
        self.saved.emit(settings, self.offline.isChecked(), text.strip() if text else None)
        super().accept()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        title = self.tr("Hub of models")
        column.addWidget(TextLabel(title, self._theme, role="fg", size="l", weight=SEMIBOLD))
        text = self.tr(
            "Searches and downloads go to this address and to nobody else. The key is kept in the system's"
            " keyring, for this address only."
        )
        column.addWidget(TextLabel(text, self._theme, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate((self.address, self.key)):
            label = TextLabel(field.accessibleName(), self._theme)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(TextLabel(self.tr("Work offline"), self._theme), 2, 0)
        switch = QHBoxLayout()
        switch.setSpacing(8)
        switch.addWidget(self.offline)
        whole = self.tr("for all of Lathe, the same switch as under Settings")
        switch.addWidget(TextLabel(whole, self._theme, role="fg3", size="s"), 1)
        grid.addLayout(switch, 2, 1)
        column.addLayout(grid)
        column.addWidget(self.problem)
        cancel = TextButton(self.tr("Cancel"), self._theme, kind="ghost")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.accept)
        for field in (self.address, self.key):
            field.returnPressed.connect(self.accept)
        row_layout = QHBoxLayout()
        row_layout.addStretch(1)
        row_layout.addWidget(cancel)
        row_layout.addWidget(self.save_button)
        column.addLayout(row_layout)
