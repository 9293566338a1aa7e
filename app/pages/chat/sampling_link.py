"""Between the sampling panel and the open chat, its presets, and what the loaded model understands."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.controllers.chat_controllers import ChatControllers
from app.pages.chat.amateur_link import AmateurLink
from app.panels.sampling.panel import SamplingPanel
from engine.errors import UserError
from engine.protocol.values import LoadedModel
from engine.sampling.params import SamplingParams
from engine.store.records import PresetRecord, ReplyRecord, SessionSettings

_CONSTRAINTS = {"grammar.invalid": "grammar", "schema.invalid": "json_schema"}
"""By the code of the error: the text of the panel that it is about."""


def faulty_constraint(error: BaseException) -> str:
    """“grammar” or “json_schema” where the error is about one of them, else empty."""
    return _CONSTRAINTS.get(error.code, "") if isinstance(error, UserError) else ""


class SamplingLink(QObject):
    """The chat's settings are the truth; the panel shows them."""

    def __init__(self, panel: SamplingPanel, controllers: ChatControllers, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._c = controllers
        self._seed_of: tuple[str, int] | None = None
        self._connect_presets()
        self._connect_chat()
        models = controllers.models
        self._amateurs = AmateurLink(panel.amateur, controllers, self)
        models.loaded.connect(self._on_loaded)
        models.unloaded.connect(self._on_unloaded)
        if models.current is not None:
            self._on_loaded(models.current)

    def _connect_presets(self) -> None:
        panel, presets = self._panel, self._c.presets
        panel.preset_save_requested.connect(presets.save_preset)
        panel.preset_rename_requested.connect(presets.rename_preset)
        panel.preset_delete_requested.connect(presets.delete_preset)
        panel.preset_restore_requested.connect(presets.restore_preset)
        panel.model_default_requested.connect(self._set_model_default)
        panel.model_default_cleared.connect(lambda: self._set_model_default(None))
        presets.presets_changed.connect(self._show_presets)

    def _connect_chat(self) -> None:
        panel, chat = self._panel, self._c.chat
        panel.params_changed.connect(chat.set_sampling)
        chat.settings_changed.connect(self._show_settings)
        chat.generating_changed.connect(panel.set_running)
        chat.path_changed.connect(self._show_last_seed)
        chat.reply_failed.connect(self._show_fault)

    def _show_settings(self, settings: SessionSettings) -> None:
        self._panel.set_params(settings.sampling)

    def _show_fault(self, error: BaseException) -> None:
        """What is wrong with a grammar or schema, where it is written."""
        name = faulty_constraint(error)
        if name and isinstance(error, UserError):
            self._panel.set_constraint_error(name, error.params.get("reason", error.message))

    # model

    def _on_loaded(self, model: LoadedModel) -> None:
        self._panel.set_supported(model.understands)
        self._show_model_presets()

    def _on_unloaded(self) -> None:
        self._panel.set_model("")
        self._panel.set_supported(None)

    def _set_model_default(self, params: SamplingParams | None) -> None:
        model = self._c.models.current
        if model is not None:
            self._c.presets.set_model_default(model.name, params)

    def _show_presets(self, presets: Sequence[PresetRecord]) -> None:
        self._panel.set_presets(presets)
        self._show_model_presets()

    def _show_model_presets(self) -> None:
        model = self._c.models.current
        if model is not None:
            has_default = self._c.presets.model_default(model.name) is not None
            self._panel.set_model(model.name, recommended=model.recommended, has_default=has_default)

    # seed

    def _show_last_seed(self) -> None:
        """Of the last reply on the open chat's path, once its provenance is read."""
        shown = self._last_reply()
        if shown == self._seed_of:
            return
        self._seed_of = shown
        self._panel.set_last_seed(None)

        def done(record: ReplyRecord | None) -> None:
            if shown == self._seed_of and record is not None:
                self._panel.set_last_seed(record.provenance.seed)

        if shown is not None:
            self._c.chat.edits.inspect(shown[0], done)

    def _last_reply(self) -> tuple[str, int] | None:
        """Id and number of tokens: a reply that goes on has another seed."""
        for record in reversed(self._c.chat.path):
            if record.message.role == "assistant" and record.status != "streaming":
                return record.id, record.metrics.output_tokens if record.metrics is not None else 0
        return None
