"""Between the choice of contrastive decoding's smaller model and the open chat."""

from PySide6.QtCore import QObject

from app.controllers.chat_controllers import ChatControllers
from app.controllers.vocabularies import Vocabularies
from app.i18n.errors import describe
from app.panels.sampling.amateur_choice import AmateurChoice
from engine.errors import UserError
from engine.library.vocabulary import Vocabulary
from engine.store.records import SessionSettings


class AmateurLink(QObject):
    """Lists the models there are, and says at once when the chosen one reads other tokens."""

    def __init__(self, choice: AmateurChoice, controllers: ChatControllers, parent: QObject) -> None:
        super().__init__(parent)
        self._choice = choice
        self._c = controllers
        self._vocabularies = Vocabularies(controllers.background, self)
        self._contrastive = False
        choice.chosen.connect(lambda key: controllers.chat.change_settings(amateur=key))
        controllers.chat.settings_changed.connect(self._show_settings)
        models = controllers.models
        models.choices_changed.connect(lambda *_lists: self._show_choices())
        models.loaded.connect(lambda _model: self._show_choices())
        self._show_choices()

    def _show_settings(self, settings: SessionSettings) -> None:
        self._contrastive = settings.sampling.decoding == "contrastive"
        self._choice.set_current(settings.amateur)
        self._check()

    def _show_choices(self) -> None:
        """Files other than the loaded one that llama.cpp reads."""
        loaded = self._c.models.current
        path = loaded.path if loaded is not None else ""
        usable = [each for each in self._c.models.choices() if each.kind == "file" and each.usable]
        files = [each for each in usable if each.path.lower().endswith(".gguf")]
        self._choice.set_choices([(each.key, each.name) for each in files if each.path != path])
        self._check()

    def _check(self) -> None:
        """Compare the vocabularies of the two files; the engine compares them again when it loads them."""
        expert, key = self._c.models.current, self._choice.current()
        if not self._contrastive or not key or expert is None or expert.backend != "llama_cpp":
            self._choice.set_problem("")
            return
        path = next((each.path for each in self._c.models.choices() if each.key == key), "") or key
        expert_path, expert_name = expert.path, expert.name

        def failed(error: Exception) -> None:
            if key == self._choice.current():
                self._choice.set_problem(describe(error).message)

        def compare(first: Vocabulary, second: Vocabulary) -> None:
            if first.pieces == second.pieces:
                self._choice.set_problem("")
            else:
                name = first.path.name
                failed(UserError("amateur.vocabulary", name=name, expert=expert_name))

        def read_expert(amateur: Vocabulary) -> None:
            self._vocabularies.read(expert_path, lambda of_expert: compare(amateur, of_expert), failed)

        self._vocabularies.read(path, read_expert, failed)
