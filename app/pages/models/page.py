"""The models page: every model on this computer, where models are looked for, and endpoints."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
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

_PIECE_MS = 5
"""Between two pieces of the page: what is there can be drawn, and the user heard."""


def models_title() -> str:
    return QCoreApplication.translate("Pages", "Models")


class ModelsPage(QObject):
    """A `Page`: places left, the table in the centre, the marked model right."""

    icon_name = "library"

    card_requested = Signal(str)
    metadata_requested = Signal(str)
    quantize_requested = Signal(list)
    compare_requested = Signal(list)
    convert_requested = Signal(list)
    """Paths of model files, for other pages."""
    table_made = Signal(object)
    """Once: the `LibraryTable`, still empty."""

    table: LibraryTable
    places: Places
    details: DetailsView
    nothing: EmptyState
    no_match: EmptyState

    def __init__(
        self, models: ModelsController, background: Background, host: PageHost, theme: Theme
    ) -> None:
        """The top bar is there at once; the rest follows in pieces, see `made`."""
        super().__init__()
        self._theme = theme
        self._models, self._background, self._host = models, background, host
        self._navigator, self._inspector = _panel(), _panel()
        self._centre = QWidget()
        self.rows = LibraryTableModel(self)
        self.filter = TextField(
            self.tr("Search models"),
            theme,
            placeholder=self.tr("Search by name, architecture, quantization, licence, tag or path"),
            icon_name="search",
            height=30,
            parent=self._centre,
        )
        self.summary = TextLabel("", theme, role="fg3", size="s", tabular=True)
        self.rescan = TextButton(self.tr("Look again"), theme, kind="ghost", icon_name="refresh-cw")
        self.get_models = TextButton(
            self.tr("Get models…"), theme, kind="primary", icon_name="cloud-download"
        )
        self.add_endpoint = TextButton(self.tr("Add endpoint…"), theme, icon_name="server")
        self.open_file = TextButton(self.tr("Open a file…"), theme, icon_name="folder-open")
        self._column = self._build_centre()
        self._pieces = self._make()
        self._made = False
        QTimer.singleShot(_PIECE_MS, self._inspector, self._make_next)

    @property
    def made(self) -> bool:
        """Whether all of the page is there; until then its other parts must not be asked for."""
        return self._made

    def finish(self) -> None:
        """Make what is missing, now."""
        while not self._made:
            self._made = next(self._pieces, True)

    @property
    def title(self) -> str:
        return models_title()

    def navigator(self) -> QWidget | None:
        return self._navigator

    def centre(self) -> QWidget:
        return self._centre

    def inspector(self) -> QWidget | None:
        return self._inspector

    def bottom(self) -> QWidget | None:
        return None

    def _make_next(self) -> None:
        """Together they take longer than a frame."""
        self._made = self._made or next(self._pieces, True)
        if not self._made:
            QTimer.singleShot(_PIECE_MS, self._inspector, self._make_next)

    def _make(self) -> Iterator[bool]:
        """Each piece is made inside the widget that shows it: to move it there would be to style it again."""
        theme, centre = self._theme, self._centre
        self.table = LibraryTable(self.rows, theme, centre)
        self._column.addWidget(self.table, 1)
        self.table_made.emit(self.table)
        yield False
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
            parent=centre,
        )
        self.no_match = EmptyState(
            "search-x",
            self.tr("No model fits"),
            self.tr("Nothing here has all of these words. Look in another place, or search for less."),
            theme,
            action_text=self.tr("Show all models"),
            parent=centre,
        )
        for widget in (self.nothing, self.no_match):
            widget.hide()
            self._column.addWidget(widget, 1)
        self.places = Places(theme, self._navigator)
        _fill(self._navigator, self.places)
        yield False
        self.details = DetailsView(theme, self._inspector, whole=False)
        _fill(self._inspector, self.details)
        yield False
        self.details.complete()
        yield False
        self._link = ModelsLink(self, self._models, self._background, self._host, theme)

    def _build_centre(self) -> QVBoxLayout:
        centre, theme = self._centre, self._theme
        bar = QWidget(centre)
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
        column.addStretch()  # as long as there is no table
        centre.setFocusProxy(self.filter)
        return column


def _panel() -> QWidget:
    """The surface of a region whose contents come later."""
    panel = QWidget()
    panel.setProperty("surface", "panel")
    panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return panel


def _fill(panel: QWidget, content: QWidget) -> None:
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
