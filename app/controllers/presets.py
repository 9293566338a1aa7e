"""Sampling presets and the prompt library: small shelves of named things."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.bridge.background import StoreAccess
from app.bridge.engine_bridge import EngineBridge
from engine.sampling.params import SamplingParams
from engine.store.database import Store
from engine.store.records import Change, PresetRecord, PromptRecord


class PresetsController(QObject):
    """Keeps both lists fresh."""

    presets_changed = Signal(list)
    prompts_changed = Signal(list)
    failed = Signal(object)

    def __init__(self, access: StoreAccess, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._presets: list[PresetRecord] = []
        self._prompts: list[PromptRecord] = []
        bridge.store_changed.connect(self._on_change)

    def refresh(self) -> None:
        self._access.run(lambda store: store.presets.list(), self._take_presets, self.failed.emit)
        self._access.run(lambda store: store.prompts.list(), self._take_prompts, self.failed.emit)

    def presets(self) -> list[PresetRecord]:
        """The user's own, without the defaults of models."""
        return [preset for preset in self._presets if preset.kind == "own"]

    def prompts(self) -> list[PromptRecord]:
        return list(self._prompts)

    def model_default(self, model: str) -> SamplingParams | None:
        """What the user wants whenever this model is loaded."""
        found = (each.sampling for each in self._presets if each.kind == "model" and each.model == model)
        return next(found, None)

    def save_preset(self, name: str, sampling: SamplingParams) -> None:
        """A new preset, or another content of the one with this name."""
        same = next((preset.id for preset in self.presets() if preset.name == name), "")
        self._run(lambda store: store.presets.save(PresetRecord(same, name, sampling=sampling)))

    def rename_preset(self, preset_id: str, name: str) -> None:
        preset = next((each for each in self._presets if each.id == preset_id), None)
        if preset is not None:
            record = PresetRecord(preset.id, name, preset.kind, preset.model, preset.sampling)
            self._run(lambda store: store.presets.save(record))

    def delete_preset(self, preset_id: str) -> None:
        self._run(lambda store: store.presets.delete(preset_id))

    def restore_preset(self, preset_id: str) -> None:
        self._run(lambda store: store.presets.restore(preset_id))

    def set_model_default(self, model: str, sampling: SamplingParams | None) -> None:
        """Remember (or forget) the parameters of a model."""
        old = next((each.id for each in self._presets if each.kind == "model" and each.model == model), "")
        if sampling is not None:
            record = PresetRecord(old, model, "model", model, sampling)
            self._run(lambda store: store.presets.save(record))
        elif old:
            self._run(lambda store: store.presets.delete(old))

    def save_prompt(self, name: str, text: str) -> None:
        """A new entry of the prompt library."""
        self._run(lambda store: store.prompts.save(PromptRecord("", name, text)))

    def update_prompt(self, prompt_id: str, text: str) -> None:
        self._replace_prompt(prompt_id, lambda old: PromptRecord(old.id, old.name, text))

    def rename_prompt(self, prompt_id: str, name: str) -> None:
        self._replace_prompt(prompt_id, lambda old: PromptRecord(old.id, name, old.text))

    def delete_prompt(self, prompt_id: str) -> None:
        self._run(lambda store: store.prompts.delete(prompt_id))

    def restore_prompt(self, prompt_id: str) -> None:
        self._run(lambda store: store.prompts.restore(prompt_id))

    def _replace_prompt(self, prompt_id: str, change: Callable[[PromptRecord], PromptRecord]) -> None:
        old = next((each for each in self._prompts if each.id == prompt_id), None)
        if old is not None:
            record = change(old)
            self._run(lambda store: store.prompts.save(record))

    def _run(self, work: Callable[[Store], object]) -> None:
        self._access.run(work, None, self.failed.emit)

    def _take_presets(self, presets: list[PresetRecord]) -> None:
        self._presets = presets
        self.presets_changed.emit(self.presets())

    def _take_prompts(self, prompts: list[PromptRecord]) -> None:
        self._prompts = prompts
        self.prompts_changed.emit(prompts)

    def _on_change(self, change: Change) -> None:
        if change.area in ("presets", "prompts"):
            self.refresh()
