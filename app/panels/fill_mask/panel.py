"""Asks the loaded encoder while the user types."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.encoder_questions import EncoderQuestions
from app.i18n.errors import describe
from app.models.transcript_rows import short_model_name
from app.panels.fill_mask.view import FillMaskView
from app.panels.inspection_parts import PanelParts
from engine.errors import UserError
from engine.protocol.events import Embedded, MaskFilled, NextSentenceScored
from engine.protocol.values import LoadedModel

PAUSE_MS = 200
CANDIDATES = 12


class FillMaskPanel(QWidget):
    """Connects `FillMaskView` with the engine. Does nothing while it is hidden."""

    def __init__(self, parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        base = parts.controllers
        self._questions = EncoderQuestions(base.client, base.bridge, self)
        self._model: LoadedModel | None = None
        self.view = FillMaskView(parts.theme)
        self.setAccessibleName(self.tr("Fill mask"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._typing = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._typing.timeout.connect(self._ask_masks)
        self._comparing = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._comparing.timeout.connect(self._ask_pair)
        self.view.text_changed.connect(self._on_text)
        self.view.pair.changed.connect(lambda _first, _second: self._comparing.start())
        self.view.models_requested.connect(lambda: parts.host.show_page("models"))
        base.models.loaded.connect(self._follow)
        base.models.unloaded.connect(lambda: self._follow(None))
        self._follow(base.models.current)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_masks()
        self._ask_pair()

    def _follow(self, model: LoadedModel | None) -> None:
        """Another model, or none."""
        self._questions.forget()
        self._model = model if model is not None and model.kind == "encoder" else None
        if self._model is None:
            self.view.show_empty()
            return
        can = self._model.abilities
        self.view.show_model(
            short_model_name(self._model.name),
            self._model.mask_token,
            follows="next_sentence" in can,
            alike="embed" in can,
        )
        self._ask_masks()
        self._ask_pair()

    # masks

    def _on_text(self, _text: str) -> None:
        self.view.clear()
        self._typing.start()

    def _ask_masks(self) -> None:
        model, text = self._model, self.view.text.text()
        if model is None or not model.mask_token or not self.isVisible():
            return
        if model.mask_token not in text:
            hint = self.tr("Write {mask} where a word is missing.").format(mask=model.mask_token)
            self.view.set_note(hint if text.strip() else "")
            self.view.clear()
            return
        self._questions.fill_mask(
            text, CANDIDATES, lambda event: self._show_masks(text, event), self._refused
        )

    def _show_masks(self, text: str, event: MaskFilled) -> None:
        if text != self.view.text.text():
            return
        self.view.set_note(
            self.tr("Click a word to put it in its place; the other masks are then read again.")
        )
        self.view.show_masks(text, event.masks)

    def _refused(self, error: Exception) -> None:
        """What the user can fix is said beside the text; a bug goes where bugs go."""
        if isinstance(error, UserError):
            self.view.set_note(describe(error).message)
        else:
            self._parts.host.show_error(error)

    # sentences

    def _ask_pair(self) -> None:
        model, (first, second) = self._model, self.view.pair.texts()
        pair = self.view.pair
        if model is None or not first or not second or not self.isVisible():
            pair.show_follows(None)
            pair.show_alike(None)
            return
        if "next_sentence" in model.abilities:
            self._questions.next_sentence(first, second, self._show_follows, self._parts.host.show_error)
        if "embed" in model.abilities:
            self._questions.embed((first, second), self._show_alike, self._parts.host.show_error)

    def _show_follows(self, event: NextSentenceScored) -> None:
        self.view.pair.show_follows(event.p)

    def _show_alike(self, event: Embedded) -> None:
        # An encoder was asked: there is time to import numpy.
        from engine.taps.arrays import unpack  # noqa: PLC0415

        first, second = unpack(event.vectors).astype("f8")
        self.view.pair.show_alike(float(first @ second))
