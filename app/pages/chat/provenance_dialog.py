"""How a reply came about: everything that decided its tokens, and a way to repeat it."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.models.transcript_rows import duration
from app.theme.theme import Theme
from app.widgets.flow_layout import FlowLayout
from app.widgets.hline import HLine
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.protocol.values import Provenance
from engine.sampling.params import SamplerName, SamplingParams
from engine.store.records import MessageRecord, ReplyRecord

_STAGE_FIELDS: dict[SamplerName, tuple[str, ...]] = {
    "penalties": ("repeat_penalty", "presence_penalty", "frequency_penalty"),
    "dry": ("dry_multiplier",),
    "top_n_sigma": ("top_n_sigma",),
    "top_k": ("top_k",),
    "typical_p": ("typical_p",),
    "top_p": ("top_p",),
    "min_p": ("min_p",),
    "xtc": ("xtc_probability", "xtc_threshold"),
    "temperature": ("temperature",),
}
_NEUTRAL = {
    "repeat_penalty": 1.0,
    "presence_penalty": 0.0,
    "frequency_penalty": 0.0,
    "dry_multiplier": 0.0,
    "top_n_sigma": -1.0,
    "top_k": 0,
    "typical_p": 1.0,
    "top_p": 1.0,
    "min_p": 0.0,
    "xtc_probability": 0.0,
}


def sampler_chain(sampling: SamplingParams) -> list[str]:
    """The stages that did something, in order, with their values in llama.cpp's words."""
    if sampling.decoding != "sample":
        return [sampling.decoding]
    if sampling.mirostat:
        return [f"mirostat {sampling.mirostat}", f"tau {sampling.mirostat_tau:g}"]
    stages = []
    for stage in sampling.order:
        values = [
            f"{name} {getattr(sampling, name):g}"
            for name in _STAGE_FIELDS[stage]
            if name == "temperature" or getattr(sampling, name) != _NEUTRAL.get(name)
        ]
        if stage == "xtc" and sampling.xtc_probability == 0:
            continue
        if values:
            stages.append(", ".join(values))
    return stages


class ProvenanceDialog(QDialog):
    """Not modal: the chat stays usable beside it."""

    seed_chosen = Signal(int)
    reproduce_requested = Signal(object)

    def __init__(
        self,
        message: MessageRecord,
        reply: ReplyRecord | None,
        changed: Sequence[str],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message = message
        self._reply = reply
        self.setWindowTitle(self.tr("How this reply came about"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        title = self.tr("How this reply came about")
        column.addWidget(TextLabel(title, theme, role="fg", size="l", weight=SEMIBOLD))
        if reply is None:
            text = self.tr("This message was written or edited by hand: there is nothing to repeat.")
            column.addWidget(TextLabel(text, theme, size="m", wrap=True))
        else:
            self._fill(column, reply, changed)
        column.addStretch(1)
        column.addLayout(self._buttons(reply))

    def _fill(self, column: QVBoxLayout, reply: ReplyRecord, changed: Sequence[str]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for row, (name, value, mono) in enumerate(self._facts(reply)):
            grid.addWidget(TextLabel(name, self._theme, role="fg2"), row, 0, Qt.AlignmentFlag.AlignTop)
            label = TextLabel(value, self._theme, role="fg", mono=mono, tabular=not mono, wrap=True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setAccessibleName(f"{name}: {value}")
            grid.addWidget(label, row, 1)
        column.addLayout(grid)
        column.addWidget(HLine(self._theme))
        column.addWidget(TextLabel(self.tr("Sampler order"), self._theme, weight=SEMIBOLD))
        chain = QWidget()
        flow = FlowLayout(chain, spacing=12)
        for position, stage in enumerate(sampler_chain(reply.provenance.sampling), start=1):
            flow.addWidget(TextLabel(f"{position}. {stage}", self._theme, role="fg", mono=True))
        column.addWidget(chain)
        if changed:
            column.addWidget(HLine(self._theme))
            heading = self.tr("Different now, so the tokens may differ")
            column.addWidget(TextLabel(heading, self._theme, role="warn", weight=SEMIBOLD))
            for sentence in changed:
                column.addWidget(TextLabel(sentence, self._theme, wrap=True))

    def _facts(self, reply: ReplyRecord) -> list[tuple[str, str, bool]]:
        source, locale = reply.provenance, QLocale()
        facts = [
            (self.tr("Model"), source.model_name, False),
            (self.tr("Model hash"), source.model_hash, True),
            (self.tr("Engine build"), source.engine_build, True),
            (self.tr("Template hash"), source.template_hash or self.tr("none (raw mode)"), True),
            (self.tr("Prompt hash"), source.prompt_hash, True),
            (self.tr("Seed"), str(source.seed), True),
            (self.tr("Context"), _context_text(source), False),
            (self.tr("Tokens written"), locale.toString(len(reply.token_ids)), False),
        ]
        if source.adapters:
            facts.append((self.tr("Adapters"), _adapters_text(source), False))
        metrics = self._message.metrics
        if metrics is not None:
            read = self.tr("{total}, of which {reused} were still in memory").format(
                total=locale.toString(metrics.prompt_tokens), reused=locale.toString(metrics.reused_tokens)
            )
            facts.append((self.tr("Prompt tokens"), read, False))
            facts.append((self.tr("Time"), duration(metrics.duration_ms), False))
        return facts

    def _buttons(self, reply: ReplyRecord | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if reply is not None:
            copy = TextButton(self.tr("Copy as JSON"), self._theme, kind="ghost", icon_name="copy")
            copy.clicked.connect(lambda: self._copy(reply.provenance))
            seed = TextButton(self.tr("Use this seed"), self._theme, icon_name="dices")
            seed.setToolTip(self.tr("Set this seed for the replies to come"))
            seed.clicked.connect(lambda: self._take_seed(reply.provenance.seed))
            again = TextButton(self.tr("Reproduce"), self._theme, kind="primary", icon_name="repeat")
            again.setToolTip(
                self.tr("Write it again with the same seed and settings, and compare the tokens")
            )
            again.clicked.connect(lambda: self._reproduce(reply))
            row.addWidget(copy)
            row.addStretch(1)
            row.addWidget(seed)
            row.addWidget(again)
        else:
            close = TextButton(self.tr("Close"), self._theme)
            close.clicked.connect(self.close)
            row.addStretch(1)
            row.addWidget(close)
        return row

    def _take_seed(self, seed: int) -> None:
        self.seed_chosen.emit(seed)
        self.close()

    def _reproduce(self, reply: ReplyRecord) -> None:
        self.reproduce_requested.emit(reply)
        self.close()

    def _copy(self, provenance: Provenance) -> None:
        text = msgspec.json.format(msgspec.json.encode(provenance), indent=2).decode()
        QGuiApplication.clipboard().setText(text)


def _adapters_text(source: Provenance) -> str:
    """One line an adapter: its file's name and its strength."""
    return "\n".join(
        f"{Path(one.path).stem} × {QLocale().toString(one.scale, 'g', 4)}" for one in source.adapters
    )


def _context_text(source: Provenance) -> str:
    translate = QCoreApplication.translate
    length = source.context.n_ctx
    parts = [
        translate("Provenance", "{count} tokens").format(count=QLocale().toString(length))
        if length
        else translate("Provenance", "chosen automatically"),
        f"KV {source.context.type_k}/{source.context.type_v}",
        translate("Provenance", "flash attention on")
        if source.flash_attention
        else translate("Provenance", "flash attention off"),
    ]
    return " · ".join(parts)
