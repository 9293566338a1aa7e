"""The models page: every model on this computer, where models are looked for, and endpoints."""

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.bridge.background import Background
from app.controllers.models import ModelsController
from app.pages.chat.host import PageHost
from app.pages.models.details import DetailsView
from app.pages.models.link import ModelsLink
from app.pages.models.places import Places
from app.pages.models.table_model import LibraryTableModel
from app.pages.models.table_view import LibraryTable
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel


def models_title() -> str:
    return QCoreApplication.translate("Pages", "Models")


class ModelsPage(QObject):
    """A `Page`: places left, the table in the centre, the marked model right."""

    icon_name = "library"

    card_requested = Signal(str)
    quantize_requested = Signal(list)
    compare_requested = Signal(list)
    convert_requested = Signal(list)
    """Paths of model files, for other pages."""

    def __init__(
        self, models: ModelsController, background: Background, host: PageHost, theme: Theme
    ) -> None:
        super().__init__()
        self.rows = LibraryTableModel(self)
        self.table = LibraryTable(self.rows, theme)
        self.details = DetailsView(theme)
        self.places = Places(theme)
        self.filter = TextField(
            self.tr("Search models"),
            theme,
            placeholder=self.tr("Search by name, architecture, quantization, licence, tag or path"),
            icon_name="search",
            height=30,
        )
        self.nothing = EmptyState(
            "library",
            self.tr("No model was found"),
            self.tr(
                "Lathe reads the model folders of LM Studio, Ollama, Hugging Face, Jan and"
                " text-generation-webui, and folders that you add. Files stay where they are."
            ),
            theme,
            action_text=self.tr("Add a folder…"),
            action_icon="folder-plus",
        )
        self.no_match = EmptyState(
            "search-x",
            self.tr("No model fits"),
            self.tr("Nothing here has all of these words. Look in another place, or search for less."),
            theme,
            action_text=self.tr("Show all models"),
        )
        self.summary = TextLabel("", theme, role="fg3", size="s", tabular=True)
        self.rescan = TextButton(self.tr("Look again"), theme, kind="ghost", icon_name="refresh-cw")
        self.get_models = TextButton(
            self.tr("Get models…"), theme, kind="primary", icon_name="cloud-download"
        )
        self.add_endpoint = TextButton(self.tr("Add endpoint…"), theme, icon_name="server")
        self.open_file = TextButton(self.tr("Open a file…"), theme, icon_name="folder-open")
        self._centre = self._build(theme)
        self._link = ModelsLink(self, models, background, host, theme)

    @property
    def title(self) -> str:
        return models_title()

    def navigator(self) -> QWidget | None:
        return self.places

    def centre(self) -> QWidget:
        return self._centre

    def inspector(self) -> QWidget | None:
        return self.details

    def bottom(self) -> QWidget | None:
        return None

    def _build(self, theme: Theme) -> QWidget:
        centre = QWidget()
        bar = QWidget()
        bar.setProperty("surface", "topbar")
        bar.setProperty("edge", "bottom")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(theme.tokens.top_bar)
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(TextLabel(self.tr("Models"), theme, role="fg", size="l", weight=SEMIBOLD))
        row.addWidget(self.summary)
        row.addStretch(1)
        for button in (self.rescan, self.open_file, self.add_endpoint, self.get_models):
            row.addWidget(button)
        search = QHBoxLayout()
        search.setContentsMargins(16, 10, 16, 10)
        search.addWidget(self.filter)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(search)
        for widget in (self.table, self.nothing, self.no_match):
            column.addWidget(widget, 1)
        centre.setFocusProxy(self.filter)
        return centre
