"""The chat template with a live preview: what the model would be given, and what the template should not
do.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.i18n.errors import describe
from app.panels.gguf_editor.template_edit import TemplateEdit
from app.panels.gguf_editor.template_words import finding_text
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, text_font
from app.widgets.select import Select
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.edit_gguf.template_preview import Finding, Preview
from engine.errors import UserError

_REST_MS = 250
_MARKS = {"danger": "✕", "warning": "!", "note": "·"}
_ROLES = {"danger": "error", "warning": "warn", "note": "fg2"}
SAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "short": (("user", "Why is the sky blue?"),),
    "long": (
        ("user", "Name a planet."),
        ("assistant", "Saturn."),
        ("user", "How many rings does it have?"),
    ),
    "system": (("system", "Answer in one sentence."), ("user", "Why is the sky blue?")),
}
CHAT = "chat"


class TemplateView(QWidget):
    """`preview_wanted` asks for a rendering of `text()` with `sample()`; `show_preview` brings it."""

    preview_wanted = Signal()
    submitted = Signal(str)
    """The text, when typing pauses or the field is left: one step of the undo list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet = False
        self.edit = TemplateEdit(theme)
        self.prompt = QPlainTextEdit()
        self.prompt.setReadOnly(True)
        self.prompt.setFrameShape(QFrame.Shape.NoFrame)
        self.prompt.setAccessibleName(self.tr("Prompt"))
        self.prompt.setTabChangesFocus(True)
        self.sample_choice = Select(
            self.tr("Conversation"),
            (
                ("short", self.tr("One question")),
                ("long", self.tr("Two questions and a reply")),
                ("system", self.tr("With a system message")),
                (CHAT, self.tr("The chat that is open")),
            ),
            theme,
        )
        self.sample_choice.set_current("long")
        self.generation = Switch(self.tr("Ask for a reply"), theme)
        self.generation.setChecked(True)
        self.error = TextLabel("", theme, role="error", wrap=True)
        self.to_line = TextButton("", theme, kind="ghost")
        self._heading = TextLabel(self.tr("Findings"), theme, role="fg3", size="xs", weight=MEDIUM)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(4)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._settle)
        self._line = 0
        self._build()
        self.edit.textChanged.connect(self._on_text)
        self.sample_choice.selected.connect(lambda _key: self.preview_wanted.emit())
        self.generation.toggled.connect(lambda _on: self.preview_wanted.emit())
        self.to_line.clicked.connect(lambda: self.edit.go_to_line(self._line))
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_preview(Preview(""))

    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Shown without being a step; the cursor stays where the text is the same."""
        if text != self.text():
            self._quiet = True
            self.edit.setPlainText(text)
            self._quiet = False
            self.preview_wanted.emit()

    def show_preview(self, preview: Preview) -> None:
        """What came of it: the prompt or the error, and the findings."""
        failed = bool(preview.code)
        self.error.set_text(describe(UserError(preview.code, **preview.params)).message if failed else "")
        self.error.setVisible(failed)
        self._line = preview.line
        self.to_line.setVisible(preview.line > 0)
        self.to_line.setText(self.tr("Go to line {line}").format(line=preview.line))
        self.to_line.updateGeometry()
        self.edit.set_error_line(preview.line)
        if not failed:
            self.prompt.setPlainText(preview.text)
            self._letter_by_letter()
        self.prompt.setEnabled(not failed)
        self._show_findings(preview.findings, failed=failed)

    def flush(self) -> None:
        """Take over what was typed just now."""
        if self._rest.isActive():
            self._rest.stop()
            self._settle()

    def _show_findings(self, findings: Sequence[Finding], *, failed: bool) -> None:
        """Nothing is said of a template that could not be read."""
        self._heading.setVisible(bool(findings) or not failed)
        while (item := self._findings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not findings and not failed:
            text = self.tr("✓ Nothing unusual about this template.")
            self._findings.addWidget(TextLabel(text, self._theme, role="ok", size="xs"))
        for finding in findings:
            text = f"{_MARKS[finding.severity]}  {finding_text(finding)}"
            if finding.line:
                text += " " + self.tr("(line {line})").format(line=finding.line)
            role = _ROLES[finding.severity]
            self._findings.addWidget(TextLabel(text, self._theme, role=role, size="xs", wrap=True))

    def _on_text(self) -> None:
        if not self._quiet:
            self._rest.start()

    def _settle(self) -> None:
        self.submitted.emit(self.text())
        self.preview_wanted.emit()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(TextLabel(self.tr("Preview with"), self._theme))
        bar.addWidget(self.sample_choice, 1)
        bar.addWidget(TextLabel(self.tr("Ask for a reply"), self._theme))
        bar.addWidget(self.generation)
        found = QWidget()
        whole = QVBoxLayout(found)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._findings)
        whole.addStretch(1)
        area = QScrollArea()
        area.setWidget(found)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMaximumHeight(132)
        area.setAccessibleName(self.tr("Findings"))
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.error)
        column.addWidget(self.to_line, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.prompt, 1)
        column.addWidget(self._heading)
        column.addWidget(area)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(8)
        body.addWidget(self.edit)
        body.addWidget(side)
        body.setSizes([560, 460])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(body)
        self.setFocusProxy(self.edit)

    def _letter_by_letter(self) -> None:
        """Style sheets forget that ligatures are off, and markers such as <|im_end|> would be drawn as
        one.
        """
        style = QTextCharFormat()
        style.setFont(text_font(self._theme.tokens, "s", mono=True))
        cursor = QTextCursor(self.prompt.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeCharFormat(style)

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "s", mono=True)
        self.prompt.setFont(font)
        families = ",".join(f'"{name}"' for name in font.families())
        self.prompt.setStyleSheet(
            f"QPlainTextEdit{{background:{tokens.bg1};color:{tokens.fg};border:1px solid {tokens.line};"
            f"border-radius:{tokens.radius_control}px;padding:8px;font-family:{families};"
            f"font-size:{font.pixelSize()}px;}}"
            f"QPlainTextEdit:disabled{{color:{tokens.fg3};}}"
        )
        self._letter_by_letter()
