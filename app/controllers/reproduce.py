"""Repeats a reply with its own seed and settings, and says whether the tokens are the same."""

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge.background import StoreAccess
from app.controllers.chat import ChatController
from engine.protocol.adapters import AdapterUse, as_used
from engine.protocol.values import LoadedModel, Provenance
from engine.sampling.params import SamplingParams
from engine.store.records import MessageRecord, ReplyRecord


@dataclass(frozen=True)
class Comparison:
    """`first_difference` counts tokens from 0, -1 when all are the same. `reasons` are sentences."""

    tokens: int
    first_difference: int
    reasons: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.first_difference < 0


class Reproducer(QObject):
    """One at a time. The chat's own sampling and adapters come back afterwards."""

    finished = Signal(object)
    """`Comparison`."""

    def __init__(self, chat: ChatController, access: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chat = chat
        self._access = access
        self._wanted: ReplyRecord | None = None
        self._kept: tuple[SamplingParams, tuple[AdapterUse, ...]] | None = None
        chat.reply_finished.connect(self._on_finished)

    def start(self, record: ReplyRecord) -> None:
        """Write a new version of the reply under the conditions of the old one."""
        if self._chat.generating:
            return
        self._wanted = record
        settings = self._chat.settings
        self._kept = settings.sampling, settings.adapters
        seeded = msgspec.structs.replace(record.provenance.sampling, seed=record.provenance.seed)
        used = as_used(record.provenance.adapters)
        self._chat.change_settings(sampling=seeded, adapters=used)
        self._chat.regenerate(record.message_id, seed=record.provenance.seed)

    def _on_finished(self, reply: MessageRecord) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        if self._kept is not None:
            sampling, adapters = self._kept
            self._chat.change_settings(sampling=sampling, adapters=adapters)
        if reply.status != "done":
            return

        def done(found: ReplyRecord | None) -> None:
            if found is not None:
                self.finished.emit(compare(wanted, found))

        self._access.run(lambda store: store.messages.reply(reply.id), done)


def compare(first: ReplyRecord, second: ReplyRecord) -> Comparison:
    """Token by token, and why they differ if they do."""
    pairs = zip(first.token_ids, second.token_ids, strict=False)
    different = next((place for place, (one, other) in enumerate(pairs) if one != other), -1)
    if different < 0 and len(first.token_ids) != len(second.token_ids):
        different = min(len(first.token_ids), len(second.token_ids))
    reasons = tuple(differences(first.provenance, second.provenance)) if different >= 0 else ()
    return Comparison(len(second.token_ids), different, reasons)


def differences(first: Provenance, second: Provenance) -> list[str]:
    """What is not the same between two replies, as sentences."""
    translate = QCoreApplication.translate
    pairs = (
        (first.model_hash, second.model_hash, translate("Reproduce", "The model file is another one.")),
        (
            first.engine_build,
            second.engine_build,
            translate("Reproduce", "The engine is another build: {first}, now {second}.").format(
                first=first.engine_build, second=second.engine_build
            ),
        ),
        (first.template_hash, second.template_hash, translate("Reproduce", "The chat template has changed.")),
        (first.prompt_hash, second.prompt_hash, translate("Reproduce", "The prompt is not the same.")),
        (first.sampling, second.sampling, translate("Reproduce", "The sampling settings differ.")),
        (first.adapters, second.adapters, translate("Reproduce", "The adapters differ.")),
        (first.seed, second.seed, translate("Reproduce", "The seed differs.")),
        (
            first.context,
            second.context,
            translate("Reproduce", "The model was loaded with other context settings."),
        ),
        (
            first.flash_attention,
            second.flash_attention,
            translate("Reproduce", "Flash attention was switched."),
        ),
        (
            first.evaluation,
            second.evaluation,
            translate("Reproduce", "The prompt was read in other pieces, which rounds differently."),
        ),
    )
    return [sentence for one, other, sentence in pairs if one != other]


def conditions_changed(provenance: Provenance, model: LoadedModel | None) -> list[str]:
    """What is already known to differ before trying."""
    translate = QCoreApplication.translate
    if model is None:
        return [translate("Reproduce", "No model is loaded.")]
    found = []
    if model.model_hash != provenance.model_hash:
        found.append(translate("Reproduce", "Another model file is loaded now."))
    if model.engine_build != provenance.engine_build:
        found.append(translate("Reproduce", "The engine is another build now."))
    if model.template_hash != provenance.template_hash:
        found.append(translate("Reproduce", "The chat template is another one now."))
    if model.flash_attention != provenance.flash_attention:
        found.append(translate("Reproduce", "Flash attention is set differently now."))
    return found
