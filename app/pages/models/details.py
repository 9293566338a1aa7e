"""What is known of one model, and what can be done with it."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.models.model_choices import ModelChoice, short_count
from app.panels.model.facts import FactList
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.protocol.values import LoadedModel
from engine.store.records import EndpointRecord


class ModelDetails(QWidget):
    """The right region of the models page."""

    load_requested = Signal(object)
    unload_requested = Signal()
    reveal_requested = Signal(str)
    edit_requested = Signal(object)
    delete_requested = Signal(str)
    card_requested = Signal(str)
    """Path of a file: show what the model is made of."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choice: ModelChoice | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = TextLabel("", theme, role="fg", size="l", weight=SEMIBOLD, wrap=True)
        self.path = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = FactList(self.tr("Facts"), theme)
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Loading"))
        self.load_button = TextButton(self.tr("Load"), theme, kind="primary", icon_name="play")
        self.unload_button = TextButton(self.tr("Unload"), theme, icon_name="power")
        self.card_button = TextButton(self.tr("Model card"), theme, icon_name="network")
        self.reveal_button = TextButton(self.tr("Show in folder"), theme, icon_name="folder-open")
        self.edit_button = TextButton(self.tr("Edit…"), theme, icon_name="pencil")
        self.delete_button = TextButton(self.tr("Remove"), theme, kind="danger", icon_name="trash-2")
        self.note = TextLabel("", theme, role="fg2", wrap=True)
        self._build()
        self._connect()
        self.show_choice(None, "", None)

    def show_choice(self, choice: ModelChoice | None, summary: str, loaded: LoadedModel | None) -> None:
        """`loaded` when it is the model in memory."""
        del summary
        self._choice = choice
        file, endpoint = _is(choice, "file"), _is(choice, "endpoint")
        self.name.set_text(choice.name if choice else self.tr("No model is marked"))
        self.path.set_text((choice.path or choice.base_url) if choice else "")
        self.facts.set_facts(self._facts(choice, loaded) if choice else [])
        self.progress.hide()
        usable = choice is not None and choice.usable
        self.load_button.setVisible(usable and loaded is None)
        self.load_button.setEnabled(True)
        self.unload_button.setVisible(loaded is not None)
        self.reveal_button.setVisible(file)
        self.card_button.setVisible(file and usable)
        for button in (self.edit_button, self.delete_button):
            button.setVisible(endpoint)
        convert = choice is not None and not choice.usable
        self.note.setVisible(convert)
        if convert:
            self.note.set_text(
                self.tr("A model that writes has to be GGUF: get that version of it, or convert it first.")
            )

    def show_loading(self, _name: str, fraction: float, _stage: str) -> None:
        """A model is being loaded."""
        self.load_button.setEnabled(False)
        self.progress.show()
        self.progress.setValue(round(fraction * 100))

    def _facts(self, choice: ModelChoice, loaded: LoadedModel | None) -> list[tuple[str, str]]:
        locale = QLocale()
        facts = [
            (self.tr("Architecture"), choice.architecture),
            (self.tr("Parameters"), short_count(choice.parameters) if choice.parameters else ""),
            (self.tr("Quantization"), choice.quantization),
            (self.tr("Size"), locale.formattedDataSize(choice.size_bytes, 1) if choice.size_bytes else ""),
            (
                self.tr("Trained context"),
                locale.toString(choice.context_length) if choice.context_length else "",
            ),
            (self.tr("Found in"), self._source(choice.source)),
        ]
        if loaded is not None:
            facts.append((self.tr("Context now"), locale.toString(loaded.n_ctx)))
            facts.append((self.tr("Device"), loaded.device))
        return [(name, value) for name, value in facts if value]

    def _source(self, source: str) -> str:
        names = {
            "starter": self.tr("the starter package"),
            "folder": self.tr("your folder"),
            "home": self.tr("Lathe's own folder"),
            "lmstudio": "LM Studio",
            "ollama": "Ollama",
            "huggingface": "Hugging Face",
            "text-generation-webui": "text-generation-webui",
            "jan": "Jan",
        }
        return names.get(source, "")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.name)
        column.addWidget(self.path)
        column.addWidget(HLine(self._theme))
        column.addWidget(self.facts)
        column.addWidget(self.note)
        column.addWidget(self.progress)
        for button in (
            self.load_button,
            self.unload_button,
            self.card_button,
            self.reveal_button,
            self.edit_button,
            self.delete_button,
        ):
            column.addWidget(button)
        column.addStretch(1)

    def _connect(self) -> None:
        self.load_button.clicked.connect(lambda: self.load_requested.emit(self._choice))
        self.unload_button.clicked.connect(self.unload_requested)
        self.card_button.clicked.connect(
            lambda: self.card_requested.emit(self._choice.path if self._choice else "")
        )
        self.reveal_button.clicked.connect(
            lambda: self.reveal_requested.emit(self._choice.path if self._choice else "")
        )
        self.delete_button.clicked.connect(
            lambda: self.delete_requested.emit(self._choice.endpoint_id if self._choice else "")
        )
        self.edit_button.clicked.connect(self._edit)

    def _edit(self) -> None:
        choice = self._choice
        if choice is not None:
            record = EndpointRecord(choice.endpoint_id, choice.name, choice.base_url, choice.remote_model)
            self.edit_requested.emit(record)


def _is(choice: ModelChoice | None, kind: str) -> bool:
    return choice is not None and choice.kind == kind
