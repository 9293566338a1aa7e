"""A collapsible group of parameters, built when it is first needed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.panels.sampling import texts
from app.panels.sampling.control import ParamControl
from app.panels.sampling.groups import GROUP_PARAMS, MODE_PARAMS, make_control
from app.panels.sampling.words import group_title
from app.theme.theme import Theme
from app.widgets.section import CollapsibleSection
from engine.sampling.effects import Reason
from engine.sampling.params import DEFAULT_ORDER, SamplingParams
from engine.sampling.specs import SPECS


class GroupSection(CollapsibleSection):
    """Its heading tells what is set inside, also while it is closed."""

    value_changed = Signal(str, object)

    def __init__(
        self,
        group: str,
        theme: Theme,
        prepare: Callable[[ParamControl], None],
        parent: QWidget | None = None,
    ) -> None:
        """`prepare` fills a fresh control with the present values."""
        super().__init__(group_title(group), theme, parent=parent)
        self.group = group
        self._theme = theme
        self._prepare = prepare
        self._needle = ""
        self._mode = "sample"
        self.controls: dict[str, ParamControl] = {}
        self._extras: list[tuple[QWidget, str]] = []
        self.toggled.connect(lambda expanded: self.build() if expanded else None)

    def build(self) -> None:
        """Make the controls; nothing the second time."""
        if self.controls:
            return
        for name in GROUP_PARAMS[self.group]:
            control = make_control(name, self._theme)
            control.value_changed.connect(self.value_changed)
            self.controls[name] = control
            self.content.addWidget(control)
            self._prepare(control)
        for widget, _mode in self._extras:
            self.content.addWidget(widget)
        self._show_rows()

    def add_extra(self, widget: QWidget, mode: str) -> None:
        """What is no sampling parameter but belongs here in one decoding mode."""
        self._extras.append((widget, mode))
        if self.controls:
            self.content.addWidget(widget)
        else:
            widget.setParent(self)
            widget.hide()

    def filter(self, needle: str) -> bool:
        """Show only what matches (case folded); whether anything does. Empty shows all."""
        titled = needle in self.header.text().casefold()
        names = [name for name in GROUP_PARAMS[self.group] if titled or _matches(name, needle)]
        self.setVisible(bool(names))
        if needle and names:
            self.build()
        self._needle = needle
        self._show_rows(names)
        if needle:
            self.set_expanded(bool(names))
        return bool(names)

    def refresh(self, params: SamplingParams, reasons: dict[str, Reason], asleep: frozenset[str]) -> None:
        """Values, warnings and the summary in the heading."""
        for name, control in self.controls.items():
            control.set_value(getattr(params, name))
            control.set_reason(reasons.get(name))
            control.set_dormant(name in asleep)
        self._mode = params.decoding
        self._show_rows()
        names = GROUP_PARAMS[self.group]
        self.header.set_note(self._note(params), any(name in reasons for name in names))

    def _show_rows(self, found: list[str] | None = None) -> None:
        """While a filter is typed what it found, else what the decoding mode uses."""
        if found is None and self._needle:
            return
        for widget, mode in self._extras:
            widget.setVisible(bool(self.controls) and mode == self._mode)
        for name, control in self.controls.items():
            fits = MODE_PARAMS.get(name, self._mode) == self._mode
            control.setVisible(name in found if found is not None and self._needle else fits)

    def _note(self, params: SamplingParams) -> str:
        if self.group == "decoding":
            return {
                "sample": self.tr("Sample"),
                "greedy": self.tr("Greedy"),
                "beam": self.tr("Beam"),
                "contrastive": self.tr("Contrastive"),
            }[params.decoding]
        if self.group == "order":
            return "" if params.order == DEFAULT_ORDER else self.tr("changed")
        count = sum(_is_on(params, name) for name in GROUP_PARAMS[self.group])
        return self.tr("%n set", "", count) if count else self.tr("off")


def _is_on(params: SamplingParams, name: str) -> bool:
    """Whether the value does anything by itself: shaping parameters count by what they differ from."""
    spec = SPECS[name]
    value = getattr(params, name)
    if spec.is_number and spec.neutral is None:
        return bool(value != spec.default)
    if name == "dry_sequence_breakers":
        return bool(value != spec.default)
    return not spec.is_neutral(value)


def _matches(name: str, needle: str) -> bool:
    spec = SPECS[name]
    words = (texts.label(name), spec.name, spec.llama_name, texts.summary(name))
    return any(needle in word.casefold() for word in words)
