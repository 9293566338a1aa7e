"""Editors for the GBNF grammar and the JSON schema."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.panels.sampling import texts
from app.panels.sampling.control import ParamControl
from app.panels.sampling.words import reason_text
from app.theme.theme import Theme
from app.widgets.slider_row import RowHead
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel
from engine.errors import UserError
from engine.sampling.effects import Reason
from engine.sampling.gbnf import check_grammar
from engine.sampling.specs import ParamSpec
from engine.sampling.validate import parse_schema


class ConstraintControl(ParamControl):
    """A text that must be well formed: only then it is passed on; else the fault stands below it."""

    def __init__(
        self,
        spec: ParamSpec,
        check: Callable[[str], object],
        placeholder: str,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, parent)
        self._check = check
        self._value = ""
        name = texts.label(spec.name)
        self.clear = TextButton(self.tr("Clear"), theme, kind="ghost", height=22)
        self.clear.setAccessibleName(self.tr("Clear {name}").format(name=name))
        self.clear.clicked.connect(self._on_clear)
        self.head = RowHead(name, theme, self.clear)
        self.area = TextArea(name, theme, placeholder=placeholder, mono=True, min_lines=3, max_lines=16)
        self.area.edit.setAccessibleDescription(texts.meaning(spec.name))
        self.area.edited.connect(self._on_edited)
        self.error = TextLabel("", theme, role="error", size="xs", wrap=True)
        self.error.hide()
        self.setFocusProxy(self.area)
        self.column.addLayout(self.head)
        self.column.addWidget(self.area)
        self.column.addWidget(self.error)
        self.clear.hide()

    def set_value(self, value: object) -> None:
        if isinstance(value, str) and value != self._value:
            self._value = value
            self.area.set_text(value)
            self._show_fault(self._fault(value))

    def set_reason(self, reason: Reason | None) -> None:
        self.head.warning.set_reason(reason_text(reason) if reason else "")

    def set_error(self, message: str) -> None:
        """A fault that only the engine found; goes with the next edit."""
        self._show_fault(message)

    def _on_edited(self, text: str) -> None:
        fault = self._fault(text)
        self._show_fault(fault)
        value = text if text.strip() else ""
        if not fault and value != self._value:
            self._value = value
            self.emit_value(value)

    def _on_clear(self) -> None:
        self.area.set_text("")
        self._on_edited("")
        self.area.setFocus()

    def _fault(self, text: str) -> str:
        if not text.strip():
            return ""
        try:
            self._check(text)
        except UserError as error:
            return error.params.get("reason", error.message)
        return ""

    def _show_fault(self, fault: str) -> None:
        shown = fault[:1].upper() + fault[1:]
        if fault and self._value not in ("", self.area.text()):
            kept = self.tr("Until it is right, replies follow the last text that was.")
            shown = f"{shown.rstrip('.')}. {kept}"
        self.error.set_text(shown)
        self.error.setVisible(bool(fault))
        self.area.set_invalid(bool(fault))
        self.clear.setVisible(bool(self.area.text()))


def grammar_control(spec: ParamSpec, theme: Theme) -> ConstraintControl:
    return ConstraintControl(spec, check_grammar, 'root ::= "yes" | "no"', theme)


def schema_control(spec: ParamSpec, theme: Theme) -> ConstraintControl:
    return ConstraintControl(spec, parse_schema, '{"type": "object"}', theme)
