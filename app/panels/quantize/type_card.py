"""What a type means, in plain words: its blocks, its bits, the truth behind its name."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.quantize.texts import family_name, family_words, type_words, upgrade_words
from app.theme.theme import Theme
from app.widgets import numbers
from app.widgets.painting import SEMIBOLD
from app.widgets.text_label import TextLabel
from engine.protocol.jobs import TypePlanned
from engine.quantize.types import FILE_TYPES, TENSOR_TYPES, FileType


class TypeCard(QWidget):
    """Follows the marked row of the table."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel("", theme, role="fg", size="m", weight=SEMIBOLD)
        self._words = TextLabel("", theme, role="fg", wrap=True)
        self._layout_words = TextLabel("", theme, wrap=True)
        self._here = TextLabel("", theme, role="warn", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        for label in (self._title, self._words, self._layout_words, self._here):
            column.addWidget(label)
        column.addStretch(1)

    def show_type(self, name: str, plan: TypePlanned | None) -> None:
        """`plan`: what it gives for the chosen model, if that is known."""
        kind = FILE_TYPES[name]
        family = family_name(kind.family)
        self._title.set_text(self.tr("{type} · {family}").format(type=name, family=family))
        self._words.set_text(" ".join((type_words(name), self._name_words(kind))).strip())
        self._layout_words.set_text(" ".join((self._block(kind), family_words(kind.family))))
        here = self._for_this_model(plan)
        self._here.set_text(here)
        self._here.setVisible(bool(here))

    def _block(self, kind: FileType) -> str:
        base = TENSOR_TYPES[kind.base]
        bits = numbers.decimal(base.bits, 4).rstrip("0").rstrip(".,")
        if base.block == 1:
            return self.tr("{base}: {bits} bits for each weight.").format(base=base.name, bits=bits)
        return self.tr("{base}: {bytes} bytes for {block} weights, {bits} bits per weight.").format(
            base=base.name, bytes=base.size, block=base.block, bits=bits
        )

    def _name_words(self, kind: FileType) -> str:
        if kind.name != kind.base and kind.upgrades:
            return self.tr("The name says {base}; sensitive tensors get {upgrades}.").format(
                base=kind.base, upgrades=upgrade_words(kind.upgrades)
            )
        return ""

    def _for_this_model(self, plan: TypePlanned | None) -> str:
        if plan is None or not plan.fallbacks:
            return ""
        text = self.tr(
            "In this model the rows of {count} of {total} tensors are no multiple of the block: they become "
            "another type ({changes}), so the file has {bits} bits per weight."
        )
        return text.format(
            count=plan.fallbacks,
            total=len(plan.after),
            changes=plan.changes,
            bits=numbers.decimal(plan.bits_per_weight, 2),
        )
