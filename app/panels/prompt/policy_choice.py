"""What happens when the conversation is longer than the context."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from app.widgets.slider_row import RowHead
from app.widgets.text_label import TextLabel
from engine.protocol.values import OverflowPolicy

POLICIES: tuple[OverflowPolicy, ...] = ("stop", "drop_oldest", "keep_ends")


class PolicyChoice(QWidget):
    """Three policies, each explained in a sentence; `changed(policy, keep_first)` by the user only."""

    changed = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            "stop": self.tr("Stop"),
            "drop_oldest": self.tr("Drop oldest"),
            "keep_ends": self.tr("Keep ends"),
        }
        self.segments = SegmentedControl(
            self.tr("When the context is full"), [(key, names[key]) for key in POLICIES], theme
        )
        self.explanation = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.keep = NumberField(self.tr("Kept at the beginning"), theme, minimum=1, maximum=999, width=64)
        self._keep_row = QWidget()
        self._keep_row.setLayout(RowHead(self.tr("Kept at the beginning"), theme, self.keep))
        self.segments.selected.connect(lambda _key: self._emit())
        self.keep.number_changed.connect(lambda _number: self._emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.segments)
        column.addWidget(self.explanation)
        column.addWidget(self._keep_row)
        self.set_policy("drop_oldest", 2)

    def policy(self) -> str:
        return self.segments.current() or "drop_oldest"

    def set_policy(self, policy: OverflowPolicy, keep_first: int) -> None:
        """Show without emitting."""
        self.segments.set_current(policy)
        self.keep.set_number(keep_first)
        self._explain()

    def _emit(self) -> None:
        self._explain()
        self.changed.emit(self.policy(), round(self.keep.number()))

    def _explain(self) -> None:
        policy = self.policy()
        self._keep_row.setVisible(policy == "keep_ends")
        self.explanation.set_text(
            {
                "stop": self.tr(
                    "Nothing is left out: when the conversation no longer fits, Lathe says so and "
                    "waits for you."
                ),
                "drop_oldest": self.tr(
                    "The oldest turns are left out of the prompt, the system prompt stays. The chat "
                    "keeps them."
                ),
                "keep_ends": self.tr(
                    "The beginning and the latest turns stay, those in the middle are left out. Good "
                    "where the "
                    "task is described at the start."
                ),
            }[policy]
        )
