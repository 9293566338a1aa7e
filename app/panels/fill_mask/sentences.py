"""Two sentences: does the second follow the first, and how alike are they?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.theme.theme import Theme
from app.widgets.meter import Meter
from app.widgets.section import SectionHeader
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel


class SentencePair(QWidget):
    """Setters and signals only. `changed`: the first and the second sentence."""

    changed = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader(self.tr("Two sentences"), theme)
        self.first = TextField(
            self.tr("First sentence"), theme, placeholder=self.tr("A man is eating food."), height=32
        )
        self.second = TextField(
            self.tr("Second sentence"), theme, placeholder=self.tr("Someone has dinner."), height=32
        )
        self.follows = _Result(
            self.tr("The second follows the first"),
            self.tr("The model's head for its second training task: next-sentence prediction."),
            theme,
        )
        self.alike = _Result(
            self.tr("Likeness of meaning"),
            self.tr(
                "The cosine of the two sentence vectors: 1 for the same direction, about 0 for unrelated."
            ),
            theme,
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.header, 0, 0, 1, 2)
        grid.addWidget(self.first, 1, 0)
        grid.addWidget(self.second, 1, 1)
        grid.addWidget(self.follows, 2, 0)
        grid.addWidget(self.alike, 2, 1)
        for field in (self.first, self.second):
            field.textEdited.connect(lambda _text: self.changed.emit(*self.texts()))

    def texts(self) -> tuple[str, str]:
        return self.first.text().strip(), self.second.text().strip()

    def set_abilities(self, *, follows: bool, alike: bool) -> None:
        """What the loaded model can tell."""
        self.follows.setVisible(follows)
        self.alike.setVisible(alike)

    def show_follows(self, p: float | None) -> None:
        """A probability; None while there is none."""
        self.follows.show_value(None if p is None else f"{p * 100:.1f} %", p or 0.0)

    def show_alike(self, cosine: float | None) -> None:
        self.alike.show_value(None if cosine is None else f"{cosine:.3f}", max(0.0, cosine or 0.0))


class _Result(QWidget):
    """A name, a figure and a bar."""

    def __init__(self, name: str, tip: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.figure = TextLabel("–", theme, tabular=True)
        self.bar = Meter(name, theme, height=6)
        self.setToolTip(tip)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setVerticalSpacing(5)
        grid.addWidget(TextLabel(name, theme, role="fg2", size="s"), 0, 0)
        grid.addWidget(self.figure, 0, 1)
        grid.addWidget(self.bar, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def show_value(self, text: str | None, fraction: float) -> None:
        self.figure.set_text(text or "–")
        self.bar.set_parts(((min(1.0, fraction), "accent"),))
        self.bar.setAccessibleDescription(text or "")
