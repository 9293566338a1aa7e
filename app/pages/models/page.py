"""The models page: every model on this computer, where models are looked for, and endpoints."""

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.models.model_choices import ModelChoice, ModelChoicesModel, loading_key
from app.pages.chat.host import PageHost
from app.pages.models.details import ModelDetails
from app.pages.models.endpoint_dialog import EndpointDialog
from app.pages.models.list_view import ModelList
from app.pages.models.places import Places
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.protocol.values import LoadedModel
from engine.store.records import EndpointRecord


def models_title() -> str:
    return QCoreApplication.translate("Pages", "Models")


class ModelsPage(QObject):
    """A `Page`: places left, the list in the centre, facts right."""

    icon_name = "library"

    def __init__(self, models: ModelsController, host: PageHost, theme: Theme) -> None:
        super().__init__()
        self._models = models
        self._host = host
        self._theme = theme
        self.choices = ModelChoicesModel(self)
        self.list = ModelList(self.choices, theme)
        self.details = ModelDetails(theme)
        self.places = Places(theme)
        self.filter = TextField(
            self.tr("Filter models"),
            theme,
            placeholder=self.tr("Filter models"),
            icon_name="search",
            height=30,
        )
        self._empty = EmptyState(
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
        self._summary = TextLabel("", theme, role="fg3", size="s", tabular=True)
        self._centre = self._build()
        self._connect()
        self._show(models.choices(), models.recent())
        models.refresh()

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

    def _build(self) -> QWidget:
        theme = self._theme
        centre = QWidget()
        bar = QWidget()
        bar.setProperty("surface", "topbar")
        bar.setProperty("edge", "bottom")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(theme.tokens.top_bar)
        self.rescan = TextButton(self.tr("Look again"), theme, kind="ghost", icon_name="refresh-cw")
        self.add_endpoint = TextButton(self.tr("Add endpoint…"), theme, icon_name="server")
        self.open_file = TextButton(self.tr("Open a file…"), theme, icon_name="folder-open")
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(TextLabel(self.tr("Models"), theme, role="fg", size="l", weight=SEMIBOLD))
        row.addWidget(self._summary)
        row.addStretch(1)
        for button in (self.rescan, self.open_file, self.add_endpoint):
            row.addWidget(button)
        search = QHBoxLayout()
        search.setContentsMargins(20, 12, 20, 4)
        search.addWidget(self.filter)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(search)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        centre.setFocusProxy(self.filter)
        return centre

    def _connect(self) -> None:
        models = self._models
        models.choices_changed.connect(self._show)
        models.scanning_changed.connect(self._on_scanning)
        models.loaded.connect(self._on_loaded)
        models.unloaded.connect(lambda: self._on_loaded(None))
        models.loading.connect(self.details.show_loading)
        models.load_failed.connect(lambda _error: self._select())
        self.filter.textChanged.connect(self.choices.set_filter)
        self.filter.textChanged.connect(lambda _text: self.list.mark_first())
        self.list.current_changed.connect(self._select)
        self.list.activated_choice.connect(self._load)
        self.details.load_requested.connect(self._load)
        self.details.unload_requested.connect(models.unload)
        self.details.reveal_requested.connect(_reveal)
        self.details.edit_requested.connect(self._edit_endpoint)
        self.details.delete_requested.connect(self._delete_endpoint)
        self.places.folder_added.connect(self._choose_folder)
        self.places.folder_removed.connect(models.remove_folder)
        self._empty.action_requested.connect(self._choose_folder)
        self.rescan.clicked.connect(lambda _checked: models.refresh())
        self.open_file.clicked.connect(self._choose_file)
        self.add_endpoint.clicked.connect(lambda: self._edit_endpoint(None))

    def _show(self, choices: list[ModelChoice], recent: list[str]) -> None:
        del recent  # the page lists every model once
        marked = self.list.current_choice()
        self.choices.set_choices(choices, ())
        current = self._models.current
        self.choices.set_current(loading_key(current) if current else "")
        self.places.set_folders(self._models.folders)
        self.list.setVisible(bool(choices))
        self._empty.setVisible(not choices)
        self._summary.set_text(self.tr("%n found", "", len(choices)) if choices else "")
        self.list.mark(marked.key if marked else "")
        self._select()

    def _on_scanning(self, scanning: bool) -> None:
        self.rescan.setEnabled(not scanning)
        self.rescan.setText(self.tr("Looking…") if scanning else self.tr("Look again"))

    def _on_loaded(self, model: LoadedModel | None) -> None:
        self.choices.set_current(loading_key(model) if model else "")
        self._select()

    def _select(self) -> None:
        choice = self.list.current_choice()
        current = self._models.current
        loaded = (
            current
            if choice is not None
            and current is not None
            and loading_key(current) in (choice.path, choice.key, choice.name)
            else None
        )
        self.details.show_choice(choice, self.choices.facts(choice) if choice else "", loaded)

    def _load(self, choice: ModelChoice) -> None:
        if choice.usable:
            self._models.load(choice.key, choice.name)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._centre, self.tr("Add a folder of models"))
        if folder:
            self._models.add_folder(folder)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._centre, self.tr("Open a model file"), "", self.tr("GGUF models (*.gguf);;All files (*)")
        )
        if path:
            self._models.load(path)

    def _edit_endpoint(self, record: EndpointRecord | None) -> None:
        dialog = EndpointDialog(self._theme, self._centre, record)
        dialog.saved.connect(self._models.save_endpoint)
        dialog.open()

    def _delete_endpoint(self, endpoint_id: str) -> None:
        self._models.delete_endpoint(endpoint_id)
        self._host.show_toast(
            self.tr("The endpoint was removed."),
            self.tr("Undo"),
            lambda: self._models.restore_endpoint(endpoint_id),
        )


def _reveal(path: str) -> None:
    """Open the folder of a file in the file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path.rpartition("/")[0] or path))
