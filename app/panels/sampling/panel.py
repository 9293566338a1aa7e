"""The sampling panel: every parameter that decides which token comes next."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.sampling import texts
from app.panels.sampling.amateur_choice import AmateurChoice
from app.panels.sampling.constraint_control import ConstraintControl
from app.panels.sampling.control import ParamControl
from app.panels.sampling.group_section import GroupSection
from app.panels.sampling.groups import BASIC, GROUP_PARAMS, REPLY, make_control
from app.panels.sampling.order_control import OrderControl
from app.panels.sampling.preset_bar import PresetBar
from app.panels.sampling.seed_control import SeedControl
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.section import SectionHeader
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.sampling.effects import Reason, dormant, ineffective
from engine.sampling.params import SamplerName, SamplingParams
from engine.sampling.presets import apply_preset, builtin, matching
from engine.sampling.specs import SPECS, STAGE_PARAMS
from engine.store.records import PresetRecord

GUTTER = 16


class SamplingPanel(QWidget):
    """A pure view: `set_params` shows, `params_changed` tells what the user did.

    Put it into a scroll area. Groups build their controls when they are first opened.
    """

    params_changed = Signal(object)
    """`SamplingParams`, by the user only."""
    preset_save_requested = Signal(str, object)
    """Name and `SamplingParams`."""
    preset_rename_requested = Signal(str, str)
    preset_delete_requested = Signal(str)
    preset_restore_requested = Signal(str)
    model_default_requested = Signal(object)
    """`SamplingParams` to use whenever this model is loaded."""
    model_default_cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._params = SamplingParams()
        self._supported: frozenset[str] | None = None
        self._own: tuple[PresetRecord, ...] = ()
        self._recommended: SamplingParams | None = None
        self._running = False
        self._controls: dict[str, ParamControl] = {}
        self._sections: dict[str, GroupSection] = {}
        self.setAccessibleName(self.tr("Sampling"))
        self.presets = PresetBar(theme)
        applies = self.tr("Changes apply from the next token.")
        self.note = TextLabel(applies, theme, role="fg3", size="xs", wrap=True)
        # It keeps its place while it is hidden: nothing moves under the pointer when a reply begins.
        policy = self.note.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.note.setSizePolicy(policy)
        self.note.hide()
        self.filter = TextField(
            self.tr("Find a parameter"), theme, placeholder=self.tr("Find a parameter"), icon_name="search"
        )
        self.nothing = TextLabel(self.tr("No parameter is called that."), theme, role="fg3")
        self.nothing.hide()
        self.amateur = AmateurChoice(theme)
        self._build()
        self._sections["decoding"].add_extra(self.amateur, "contrastive")
        self._wire()
        self._refresh()

    def params(self) -> SamplingParams:
        return self._params

    def set_params(self, params: SamplingParams) -> None:
        """Show other parameters without emitting."""
        if params != self._params:
            self._params = params
            self.presets.forget_basis()
            self._refresh()

    def set_last_seed(self, seed: int | None) -> None:
        """The seed of the latest reply; the user can pin it."""
        control = self._controls["seed"]
        if isinstance(control, SeedControl):
            control.set_last_seed(seed)

    def set_running(self, running: bool) -> None:
        """While a reply is written, say from when a change counts."""
        self._running = running
        self.note.setVisible(running)
        if running:
            self.note.set_text(self.tr("Changes apply from the next token."))

    def set_presets(self, presets: Sequence[PresetRecord]) -> None:
        """The user's own presets."""
        self._own = tuple(presets)
        self.presets.set_own(presets)
        self._show_preset()

    def set_model(
        self, name: str, *, recommended: SamplingParams | None = None, has_default: bool = False
    ) -> None:
        """The loaded model, what its files recommend, and whether the user gave it defaults."""
        self._recommended = recommended
        self.presets.set_model(name, has_default=has_default, has_recommendation=recommended is not None)

    def set_supported(self, names: Collection[str] | None) -> None:
        """The parameters the engine in use understands; None for all."""
        self._supported = None if names is None else frozenset(names)
        self._refresh()

    def set_constraint_error(self, name: str, message: str) -> None:
        """A fault in “grammar” or “json_schema” that the engine found; opens the group."""
        section = self._sections["constraints"]
        section.set_expanded(True)
        control = section.controls[name]
        if isinstance(control, ConstraintControl):
            control.set_error(message)

    def reset(self) -> None:
        """Back to what the model recommends, or llama.cpp's defaults; with a way back."""
        before = self._params
        after = self._recommended or SamplingParams()
        if after == before:
            return
        self._take(after)
        self.presets.undo.offer(self.tr("Back to the defaults"), lambda: self._take(before))

    def control(self, name: str) -> ParamControl:
        """The control of a parameter; builds its group."""
        if name not in self._controls:
            for section in self._sections.values():
                if name in GROUP_PARAMS[section.group]:
                    section.build()
                    return section.controls[name]
        return self._controls[name]

    def section(self, group: str) -> GroupSection:
        return self._sections[group]

    def expanded_groups(self) -> list[str]:
        """To be remembered with the window's state."""
        return [group for group, section in self._sections.items() if section.is_expanded()]

    def set_expanded_groups(self, groups: Collection[str]) -> None:
        for group, section in self._sections.items():
            section.set_expanded(group in groups)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        basic = self._part([self.presets, *self._make(BASIC), self.note], spacing=8)
        basic.setContentsMargins(GUTTER, 12, GUTTER, 4)
        column.addLayout(basic)
        column.addWidget(HLine(self._theme))
        column.addLayout(self._part(self._make(REPLY), spacing=4))
        column.addWidget(HLine(self._theme))
        header = SectionHeader(self.tr("All samplers"), self._theme)
        sections: list[QWidget] = []
        for group in GROUP_PARAMS:
            section = GroupSection(group, self._theme, self._prepare)
            section.value_changed.connect(self._on_changed)
            self._sections[group] = section
            sections.append(section)
        rest = self._part([header, self.filter, self.nothing], spacing=8)
        groups = QVBoxLayout()
        groups.setSpacing(0)
        for widget in sections:
            groups.addWidget(widget)
        rest.addLayout(groups)
        column.addLayout(rest)
        column.addStretch(1)

    def _part(self, widgets: Sequence[QWidget], spacing: int) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setContentsMargins(GUTTER, 12, GUTTER, 10)
        part.setSpacing(spacing)
        for widget in widgets:
            part.addWidget(widget)
        return part

    def _make(self, names: Sequence[str]) -> list[QWidget]:
        made: list[QWidget] = []
        for name in names:
            control = make_control(name, self._theme)
            control.value_changed.connect(self._on_changed)
            self._controls[name] = control
            made.append(control)
        return made

    def _wire(self) -> None:
        bar = self.presets
        bar.builtin_chosen.connect(self._choose_builtin)
        bar.own_chosen.connect(self._choose_own)
        bar.recommended_chosen.connect(self._choose_recommended)
        bar.save_requested.connect(self._save_preset)
        bar.rename_requested.connect(self.preset_rename_requested)
        bar.delete_requested.connect(self.preset_delete_requested)
        bar.restore_requested.connect(self.preset_restore_requested)
        bar.model_default_requested.connect(lambda: self.model_default_requested.emit(self._params))
        bar.model_default_cleared.connect(self.model_default_cleared)
        self.filter.textChanged.connect(self._on_filter)

    def _on_changed(self, name: str, value: object) -> None:
        if getattr(self._params, name) == value:
            return
        if self._running:
            self._say_when(name)
        self._take(replace(self._params, **{name: value}))

    def _say_when(self, name: str) -> None:
        if SPECS[name].applies == "reply":
            text = self.tr("{name} applies to the next reply.").format(name=texts.label(name))
        else:
            text = self.tr("Changes apply from the next token.")
        self.note.set_text(text)

    def _take(self, params: SamplingParams) -> None:
        """New parameters by the user."""
        self._params = params
        self._refresh()
        self.params_changed.emit(params)

    def _choose_builtin(self, preset_id: str) -> None:
        self._take(apply_preset(self._params, builtin(preset_id).sampling))

    def _choose_own(self, preset_id: str) -> None:
        for preset in self._own:
            if preset.id == preset_id:
                self._take(replace(preset.sampling, seed=self._params.seed))

    def _choose_recommended(self) -> None:
        if self._recommended is not None:
            self._take(apply_preset(self._params, self._recommended))

    def _save_preset(self, name: str) -> None:
        before = next((preset.sampling for preset in self._own if preset.name == name), None)
        self.preset_save_requested.emit(name, self._params)
        if before is not None and before != self._params:
            self.presets.undo.offer(
                self.tr("“{name}” was changed.").format(name=name),
                lambda: self.preset_save_requested.emit(name, before),
            )

    def _prepare(self, control: ParamControl) -> None:
        reasons = self._reasons()
        control.set_value(getattr(self._params, control.spec.name))
        control.set_reason(reasons.get(control.spec.name))
        control.set_dormant(control.spec.name in dormant(self._params))
        if isinstance(control, OrderControl):
            control.set_active(self._active_stages(reasons))

    def _reasons(self) -> dict[str, Reason]:
        return ineffective(self._params, self._supported)

    def _refresh(self) -> None:
        reasons = self._reasons()
        asleep = dormant(self._params)
        for name, control in self._controls.items():
            control.set_value(getattr(self._params, name))
            control.set_reason(reasons.get(name))
            control.set_dormant(name in asleep)
        for section in self._sections.values():
            section.refresh(self._params, reasons, asleep)
            for control in section.controls.values():
                if isinstance(control, OrderControl):
                    control.set_active(self._active_stages(reasons))
        self._show_preset()

    def _active_stages(self, reasons: dict[str, Reason]) -> frozenset[SamplerName]:
        return frozenset(
            stage
            for stage, names in STAGE_PARAMS.items()
            if stage in self._params.order
            and any(
                name not in reasons and not SPECS[name].is_neutral(getattr(self._params, name))
                for name in names
            )
        )

    def _show_preset(self) -> None:
        own = next(
            (
                preset.id
                for preset in self._own
                if preset.kind == "own" and replace(preset.sampling, seed=self._params.seed) == self._params
            ),
            None,
        )
        self.presets.set_current(own or matching(self._params))

    def _on_filter(self, text: str) -> None:
        needle = text.strip().casefold()
        found = [section.filter(needle) for section in self._sections.values()]
        self.nothing.setVisible(not any(found))
