"""The prompt panel: system prompt, overflow policy, template, and the prompt as the model reads it."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.prompt.library_bar import PromptLibraryBar
from app.panels.prompt.policy_choice import PolicyChoice
from app.panels.prompt.segments_view import SegmentsView
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.number_field import NumberField
from app.widgets.section import CollapsibleSection, SectionHeader
from app.widgets.slider_row import RowHead
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel
from engine.protocol.values import PromptOptions, PromptReport
from engine.store.records import PromptRecord

PAUSE_MS = 300
"""Typing is passed on after this pause, or when the field is left."""
THINKING_VARIABLE = "enable_thinking"
"""What templates with a switch for thinking ask for."""


class PromptPanel(QWidget):
    """A pure view of `PromptOptions`; typing reaches `options_changed` after a short pause."""

    options_changed = Signal(object)
    """`PromptOptions`, by the user only."""
    prompt_save_requested = Signal(str, str)
    """Name and text for a new entry of the library."""
    prompt_update_requested = Signal(str, str)
    """Id and new text."""
    prompt_rename_requested = Signal(str, str)
    prompt_delete_requested = Signal(str)
    prompt_restore_requested = Signal(str)
    copy_requested = Signal(str)
    render_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Prompt"))
        self._theme = theme
        self._options = PromptOptions()
        self._model_template = ""
        self.library = PromptLibraryBar(theme)
        self.system = TextArea(
            self.tr("System prompt"),
            theme,
            placeholder=self.tr("How the model should behave, e.g. “Answer briefly, in plain English.”"),
            min_lines=4,
            max_lines=16,
        )
        self.policy = PolicyChoice(theme)
        self.raw = self._switch(
            self.tr("Raw mode"), self.tr("No chat template: the texts go to the model as they are.")
        )
        self.thinking = self._switch(
            self.tr("Thinking"),
            self.tr("Lets models that can think first do so, where their template offers it."),
        )
        self.thinking_note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.room = NumberField(
            self.tr("Tokens kept free for the reply"), theme, minimum=0, maximum=1_048_576, step=64, width=84
        )
        self.room.set_words({0.0: self.tr("auto")})
        self.template = TextArea(
            self.tr("Chat template (Jinja)"), theme, mono=True, min_lines=6, max_lines=24
        )
        self.template_error = TextLabel("", theme, role="error", size="xs", wrap=True)
        self.template_error.hide()
        self.template_reset = TextButton(
            self.tr("Use the model's own"), theme, kind="ghost", icon_name="rotate-ccw", height=24
        )
        self.segments = SegmentsView(theme)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._build()
        self._wire()
        self._show()

    def options(self) -> PromptOptions:
        """As the controls stand, also what is typed and not yet passed on."""
        typed = self.template.text()
        override = "" if typed == self._model_template else typed
        return replace(self._options, system=self.system.text(), template=override)

    def set_options(self, options: PromptOptions) -> None:
        """Show other options without emitting."""
        self._pause.stop()
        self._options = options
        self._show()

    def focus_system(self) -> None:
        """Put the cursor into the system prompt."""
        self.system.edit.setFocus()

    def set_model_template(self, source: str) -> None:
        """The template in the model, empty where it has none."""
        follows = not self._options.template
        self._model_template = source
        if follows:
            self.template.set_text(source)
        self._show_template_state()

    def set_template_error(self, message: str) -> None:
        """Why the template could not be rendered; empty when it can."""
        self.template_error.set_text(message)
        self.template_error.setVisible(bool(message))
        self.template.set_invalid(bool(message))

    def set_prompts(self, prompts: Sequence[PromptRecord]) -> None:
        """The prompt library."""
        self.library.set_prompts(prompts)

    def set_report(self, report: PromptReport | None) -> None:
        """The prompt as it was rendered (`MeasurePrompt` with `segments`)."""
        self.segments.set_segments(() if report is None else report.segments)

    def _switch(self, name: str, meaning: str) -> Switch:
        switch = Switch(name, self._theme)
        switch.setToolTip(meaning)
        switch.setAccessibleDescription(meaning)
        return switch

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(
            _part(
                8,
                SectionHeader(self.tr("System prompt"), self._theme),
                self.library,
                self.system,
            )
        )
        column.addWidget(HLine(self._theme))
        overflow = _part(8, SectionHeader(self.tr("When the context is full"), self._theme), self.policy)
        room = RowHead(self.tr("Kept free for the reply"), self._theme, self.room)
        overflow.addLayout(room)
        column.addLayout(overflow)
        column.addWidget(HLine(self._theme))
        switches = _part(8)
        switches.addLayout(RowHead(self.tr("Thinking"), self._theme, self.thinking))
        switches.addWidget(self.thinking_note)
        switches.addLayout(RowHead(self.tr("Raw mode, no template"), self._theme, self.raw))
        column.addLayout(switches)
        column.addWidget(HLine(self._theme))
        column.addLayout(_part(0, self._template_section(), self._rendered_section()))
        column.addStretch(1)

    def _template_section(self) -> CollapsibleSection:
        self._template_part = CollapsibleSection(self.tr("Chat template"), self._theme)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.template_reset)
        content = self._template_part.content
        content.addWidget(self.template)
        content.addWidget(self.template_error)
        content.addLayout(foot)
        return self._template_part

    def _rendered_section(self) -> CollapsibleSection:
        self.rendered = CollapsibleSection(self.tr("Rendered prompt"), self._theme)
        self.rendered.content.addWidget(self.segments)
        self.rendered.toggled.connect(lambda shown: self.render_requested.emit() if shown else None)
        return self.rendered

    def _wire(self) -> None:
        library = self.library
        library.picked.connect(self._on_picked)
        library.save_requested.connect(lambda name: self.prompt_save_requested.emit(name, self.system.text()))
        library.update_requested.connect(
            lambda key: self.prompt_update_requested.emit(key, self.system.text())
        )
        library.rename_requested.connect(self.prompt_rename_requested)
        library.delete_requested.connect(self.prompt_delete_requested)
        library.restore_requested.connect(self.prompt_restore_requested)
        for area in (self.system, self.template):
            area.edited.connect(lambda _text: self._pause.start())
            area.left.connect(lambda _text: self._pass_on())
        self._pause.timeout.connect(self._pass_on)
        self.system.edited.connect(library.set_text)
        self.policy.changed.connect(
            lambda policy, keep: self._take(replace(self.options(), overflow=policy, keep_first=keep))
        )
        self.raw.toggled.connect(lambda on: self._take(replace(self.options(), raw=on)))
        self.thinking.toggled.connect(lambda on: self._take(replace(self.options(), enable_thinking=on)))
        self.room.number_changed.connect(
            lambda number: self._take(replace(self.options(), reply_room=round(number)))
        )
        self.template_reset.clicked.connect(self._reset_template)
        self.segments.copy_requested.connect(self.copy_requested)
        self.segments.refresh_requested.connect(self.render_requested)

    def _on_picked(self, text: str) -> None:
        self.system.set_text(text)
        self._pass_on()

    def _reset_template(self) -> None:
        self.template.set_text(self._model_template)
        self.set_template_error("")
        self._pass_on()

    def _pass_on(self) -> None:
        self._pause.stop()
        self._take(self.options())

    def _take(self, options: PromptOptions) -> None:
        if options == self._options:
            return
        self._options = options
        self.library.set_text(options.system)
        self._show_template_state()
        self.options_changed.emit(options)

    def _show(self) -> None:
        options = self._options
        self.system.set_text(options.system)
        self.library.set_text(options.system)
        self.template.set_text(options.template or self._model_template)
        self.policy.set_policy(options.overflow, options.keep_first)
        self.room.set_number(options.reply_room)
        _turn(self.raw, options.raw)
        self._show_template_state()

    def _show_template_state(self) -> None:
        own = bool(self._options.template)
        self.template_reset.setEnabled(own)
        self.template.setEnabled(not self._options.raw)
        note = self.tr("changed") if own else "" if self._model_template else self.tr("none")
        self._template_part.header.set_note(self.tr("not used") if self._options.raw else note)
        self._show_thinking()

    def _show_thinking(self) -> None:
        """Off and not to be moved where the template would not look at it; the chat keeps its choice."""
        reason = ""
        source = self._options.template or self._model_template
        if self._options.raw:
            reason = self.tr("Without a template nothing asks for it.")
        elif source and THINKING_VARIABLE not in source:  # an unknown template may offer it
            reason = self.tr("This model's template does not offer it.")
        self.thinking.setEnabled(not reason)
        _turn(self.thinking, self._options.enable_thinking and not reason)
        self.thinking_note.set_text(reason)
        self.thinking_note.setVisible(bool(reason))


def _turn(switch: Switch, on: bool) -> None:
    if switch.isChecked() == on:
        return
    with QSignalBlocker(switch):
        switch.setChecked(on)
    switch.sync()


def _part(spacing: int, *widgets: QWidget) -> QVBoxLayout:
    part = QVBoxLayout()
    part.setContentsMargins(16, 12, 16, 12)
    part.setSpacing(spacing)
    for widget in widgets:
        part.addWidget(widget)
    return part
