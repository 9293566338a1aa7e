"""Between the model controller and what shows the model: pill, picker, start page, composer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from app.controllers.chat_controllers import ChatControllers
from app.models.model_choices import ModelChoice, ModelChoicesModel, loading_key, short_count
from app.models.transcript_rows import short_model_name
from app.pages.chat.host import PageHost
from app.pages.chat.model_picker import ModelPicker
from app.pages.chat.view import ChatView
from app.pages.models.endpoint_dialog import EndpointDialog
from app.theme.theme import Theme
from engine.messages import AttachmentPart, Message
from engine.protocol.events import WorkerDied
from engine.protocol.values import ContextParams, LoadedModel

if TYPE_CHECKING:
    from app.pages.chat.page import ChatPage

_DIED = "engine-died"
_NONE = "no-model"
_READS = "reads-only"


class ModelLink(QObject):
    """Picking loads at once, and the chat remembers the choice."""

    def __init__(
        self,
        page: "ChatPage",
        view: ChatView,
        choices: ModelChoicesModel,
        controllers: ChatControllers,
        host: PageHost,
        theme: Theme,
    ) -> None:
        super().__init__(page)
        self._view = view
        self._choices = choices
        self._c = controllers
        self._host = host
        self._theme = theme
        self._waiting: tuple[str, Message] | None = None
        self._held: Callable[[], None] | None = None
        self._picker = ModelPicker(choices, theme, view)
        self._picker.chosen.connect(self._pick)
        self._picker.manage_requested.connect(lambda: host.show_page("models"))
        self._picker.endpoint_requested.connect(self._add_endpoint)
        self._picker.file_requested.connect(lambda: QTimer.singleShot(0, self.choose_file))
        view.top_bar.pill.clicked.connect(self.open_picker)
        view.start.starter_requested.connect(controllers.models.load_starter)
        view.start.choose_requested.connect(self.open_picker)
        models = controllers.models
        models.choices_changed.connect(self._on_choices)
        models.loading.connect(self._on_loading)
        models.loaded.connect(self._on_loaded)
        models.unloaded.connect(self._on_unloaded)
        models.load_failed.connect(lambda _error: self._give_back())
        controllers.chat.hold = self._hold
        controllers.bridge.engine_event.connect(self._on_event)
        self._on_choices(models.choices(), models.recent())
        if models.is_loading:
            self._on_loading(models.loading_name, 0.0, "weights")
        elif models.current is not None:
            self._on_loaded(models.current)
        else:
            self._on_unloaded()

    def open_picker(self) -> None:
        """Under the pill."""
        models = self._c.models
        models.refresh()
        current = models.current
        self._c.background.run(
            lambda: models.library.budget(current),
            lambda budget: self._choices.set_free(budget.ram_free + budget.vram_free),
        )
        pill = self._view.top_bar.pill
        self._picker.open_at(pill.mapToGlobal(pill.rect().bottomRight()))

    def choose_file(self) -> None:
        """Any GGUF file of this computer."""
        path, _ = QFileDialog.getOpenFileName(
            self._view, self.tr("Open a model file"), "", self.tr("GGUF models (*.gguf);;All files (*)")
        )
        if path:
            self.load_file(path)

    def load_file(self, path: str) -> None:
        """Load a model file; the chat remembers it."""
        self._load(path)

    def wait_for_model(self, session_id: str, message: Message) -> bool:
        """A message came before its model: send it when the model is there.

        False where none is on its way and none was used before: then the user has to choose.
        """
        models = self._c.models
        if not models.is_loading and not models.load_again():
            self._say_none_loaded()
            return False
        self._waiting = (session_id, message)
        name = short_model_name(models.loading_name)
        text = self.tr("Your message is sent as soon as {name} is loaded.").format(name=name)
        self._view.banner.show_message(
            "info", text, actions=[(self.tr("Cancel"), self._give_back)], key=_NONE
        )
        return True

    def _hold(self, begin: Callable[[], None]) -> bool:
        """A reply is asked of a model at rest: it begins when the model is back."""
        if not self._c.models.resting or not self._c.models.load_again():
            return False
        self._held = begin
        name = short_model_name(self._c.models.loading_name)
        text = self.tr("{name} was at rest; the reply begins as soon as it is loaded.").format(name=name)
        self._view.banner.show_message("info", text, key=_NONE)
        return True

    def _say_none_loaded(self) -> None:
        actions = [(self.tr("Choose a model…"), self.open_picker)]
        if self._c.models.has_starter:
            actions.insert(0, (self.tr("Load the starter model"), self._c.models.load_starter))
        self._view.banner.show_message(
            "warn", self.tr("No model is loaded."), self.tr("Pick one to get an answer."), actions, key=_NONE
        )

    def _give_back(self) -> None:
        """The waiting message goes back to the composer."""
        self._held = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[0] == self._c.chat.session_id:
            files = [part for part in waiting[1].parts if isinstance(part, AttachmentPart)]
            self._view.composer.set_draft(waiting[1].text(), files)

    def _pick(self, choice: ModelChoice) -> None:
        self._load(choice.key, choice.name)

    def _load(self, key: str, name: str = "") -> None:
        self._c.chat.set_model(key)
        self._c.models.load(key, name, self._context())

    def _context(self) -> ContextParams:
        return self._c.chat.settings.context

    def _on_choices(self, choices: list[ModelChoice], recent: list[str]) -> None:
        self._choices.set_choices(choices, recent)
        current = self._c.models.current
        self._choices.set_current(loading_key(current) if current else "")
        if current is None and not self._c.models.is_loading:
            self._view.start.show_none(starter=self._c.models.has_starter)

    def _on_loading(self, name: str, fraction: float, stage: str) -> None:
        shown = short_model_name(name)
        self._view.top_bar.pill.show_loading(shown, fraction)
        texts = {
            "weights": self.tr("Reading the weights… {percent} %"),
            "context": self.tr("Setting the context up…"),
            "measuring": self.tr("Measuring what is fastest on this computer…"),
        }
        text = texts.get(stage, texts["weights"]).format(percent=round(fraction * 100))
        self._view.start.show_loading(shown, text)
        self._view.composer.set_model_name(shown)

    def _on_loaded(self, model: LoadedModel) -> None:
        name = short_model_name(model.name)
        self._view.top_bar.pill.show_model(name, model.quantization)
        self._view.start.show_model(name, self._facts(model))
        self._view.composer.set_model_name(name)
        self._choices.set_current(loading_key(model))
        for key in (_DIED, _NONE, _READS):
            self._view.banner.clear(key)
        if "chat" not in model.abilities:
            self._give_back()
            self._say_it_only_reads(name, model)
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[0] == self._c.chat.session_id:
            self._c.chat.send(waiting[1])
        held, self._held = self._held, None
        if held is not None:
            held()

    def _say_it_only_reads(self, name: str, model: LoadedModel) -> None:
        """An encoder cannot chat: say what it can do, and where."""
        message = self.tr("{name} is an encoder: it reads text, and writes none.").format(name=name)
        if "fill_mask" in model.abilities:
            hint = self.tr("Under Inspect it fills masks and compares sentences, and shows its attention.")
        else:
            hint = self.tr("Under Inspect it compares sentences, and shows its attention.")
        actions = [(self.tr("Open Inspect"), lambda: self._host.show_page("inspect"))]
        self._view.banner.show_message("info", message, hint, actions, key=_READS)

    def _on_unloaded(self) -> None:
        self._view.banner.clear(_READS)
        if self._c.models.resting:
            self._show_resting(short_model_name(self._c.models.resting))
            return
        self._view.top_bar.pill.show_none()
        self._view.start.show_none(starter=self._c.models.has_starter)
        self._view.composer.set_model_name("")
        self._choices.set_current("")

    def _show_resting(self, name: str) -> None:
        """Its memory is free; nothing else has to change."""
        self._view.top_bar.pill.show_resting(name)
        self._view.start.show_resting(name)
        text = self.tr("{name} was unloaded because nobody used it.").format(name=name)
        hint = self.tr("Its memory is free again. The next message loads it.")
        actions = [(self.tr("Load it now"), self._load_again)]
        self._view.banner.show_message("info", text, hint, actions, key=_NONE)

    def _load_again(self) -> None:
        self._c.models.load_again()

    def _on_event(self, event: object) -> None:
        if not isinstance(event, WorkerDied):
            return
        if event.will_restart:
            message = self.tr("The engine process stopped unexpectedly and is being started again.")
            hint = self.tr("Nothing is lost: what the reply had so far is kept.")
            self._view.banner.show_message("warn", message, hint, key=_DIED)
        else:
            message = self.tr("The engine process keeps stopping.")
            hint = self.tr("Choose another model, or a smaller context length, to start it again.")
            actions = [(self.tr("Choose a model…"), self.open_picker)]
            self._view.banner.show_message("error", message, hint, actions, key=_DIED)

    def _add_endpoint(self) -> None:
        dialog = EndpointDialog(self._theme, self._view)
        dialog.saved.connect(self._c.models.save_endpoint)
        dialog.open()

    def _facts(self, model: LoadedModel) -> str:
        locale = QLocale()
        if model.backend == "remote":
            return self.tr("On another computer · {tokens} tokens of context").format(
                tokens=locale.toString(model.n_ctx)
            )
        facts = self.tr("{parameters} parameters · {type} · {tokens} tokens of context · on {device}").format(
            parameters=short_count(model.parameters),
            type=model.quantization,
            tokens=locale.toString(model.n_ctx),
            device=model.device,
        )
        if model.kind == "encoder_decoder":
            return self.tr("{facts} · answers each message by itself").format(facts=facts)
        return facts
