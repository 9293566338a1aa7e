"""Said where the training stack is not installed: what is missing, and how it comes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.numbers import whole
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

COMMAND = "lathe addons install training"


class InstallBanner(QFrame):
    """Hidden while nothing is missing."""

    install_requested = Signal()
    copy_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = TextLabel("", theme, wrap=True)
        self.install = TextButton(self.tr("Install"), theme, kind="primary", icon_name="download")
        self.copy = TextButton(COMMAND, theme, icon_name="copy")
        self.copy.setAccessibleName(self.tr("Copy the command that installs it"))
        self.copy.setToolTip(self.copy.accessibleName())
        self.install.clicked.connect(self.install_requested)
        self.copy.clicked.connect(lambda: self.copy_requested.emit(COMMAND))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.install)
        row.addWidget(self.copy)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        title = TextLabel(self.tr("Training is not installed yet"), theme, role="fg", weight=SEMIBOLD)
        column.addWidget(title)
        column.addWidget(self._text)
        column.addLayout(row)
        self.hide()

    def show_missing(self, packages: tuple[str, ...], installing: float | None) -> None:
        """Names of packages; none hides the banner. `installing`: how much of it is done, None while it is
        not installed.
        """
        self.setVisible(bool(packages))
        if installing is not None:
            text = self.tr("It is being installed: {share} %. Everything else can be used meanwhile.")
            self._text.set_text(text.format(share=whole(round(100 * installing))))
        else:
            text = self.tr(
                "Chatting does not need it, so it comes on demand: PyTorch and its companions, about 1.5 GB "
                "on disk. Missing: {packages}."
            )
            self._text.set_text(text.format(packages=", ".join(packages)))
        self.install.setEnabled(installing is None)
