"""What one repository offers: its quantizations with size and fit, and the download."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.panels.model.facts import FactList
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.empty_state import EmptyState
from app.widgets.numbers import count, size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.row_table import RowTable, TableColumn
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.protocol.hub import HubListed, HubVariant


def variant_name(variant: HubVariant) -> str:
    """How a variant is called: its quantization, or what else it is."""
    if variant.kind == "safetensors":
        return QCoreApplication.translate("HubOffer", "safetensors")
    if variant.kind == "projector":
        text = QCoreApplication.translate("HubOffer", "{name} (reads images)")
        return text.format(name=variant.label)
    return variant.label


def fit_text(variant: HubVariant) -> str:
    """Whether it would run here, in a word."""
    texts = {
        "fits": QCoreApplication.translate("HubOffer", "✓ fits"),
        "tight": QCoreApplication.translate("HubOffer", "~ tight"),
        "too_large": QCoreApplication.translate("HubOffer", "✕ too large"),
    }
    return texts.get(variant.fit, "")


class OfferView(QWidget):
    """The right side of the dialog. `show_offer`, `show_loading` or `show_nothing`."""

    download_requested = Signal(object)
    """`HubVariant`."""
    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._listed: HubListed | None = None
        self._repo = ""
        self.name = TextLabel("", theme, role="fg", size="l", weight=SEMIBOLD, elide=True)
        self.facts = FactList(self.tr("Facts"), theme)
        self.variants: RowTable[HubVariant] = RowTable(self._columns(), self)
        self.table = DataTable(self.variants, self.tr("Variants"), theme, {0: 128, 1: 80, 2: 84}, stretch=0)
        self.hint = TextLabel("", theme, size="xs", wrap=True)
        self.download = TextButton(self.tr("Download"), theme, kind="primary", icon_name="download")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Download"))
        self.state = TextLabel("", theme, size="xs", tabular=True, elide=True)
        self.hold_up = TextLabel("", theme, role="warn", size="xs", wrap=True)
        self.hold_up.hide()
        self.cancel = TextButton(self.tr("Cancel"), theme)
        self.empty = EmptyState(
            "hard-drive-download",
            self.tr("No repository is chosen"),
            self.tr("Its files appear here with their sizes before anything is downloaded."),
            theme,
            compact=True,
        )
        self._build()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._select())
        self.download.clicked.connect(self._ask)
        self.table.doubleClicked.connect(lambda _index: self._ask())
        self.cancel.clicked.connect(self.cancel_requested)
        self.show_nothing()

    @property
    def listed(self) -> HubListed | None:
        return self._listed

    def current(self) -> HubVariant | None:
        """The variant that is marked."""
        rows = self.table.selected_rows()
        return self.variants.row(rows[0]) if rows else None

    def show_nothing(self, text: str = "") -> None:
        """Nothing is chosen, or the reason why there is nothing to show."""
        self._listed = None
        usual = self.tr("Its files appear here with their sizes before anything is downloaded.")
        self.empty.set_text(text or usual)
        self._stack.setCurrentWidget(self.empty)

    def show_loading(self, repo: str) -> None:
        self.show_nothing(self.tr("Looking at {repo}…").format(repo=repo))

    def show_offer(self, listed: HubListed) -> None:
        """All variants; the one that was marked stays marked, else the one that most people would take."""
        same = self._repo == listed.repo
        marked = self.current() if same else None
        self._listed, self._repo = listed, listed.repo
        self.name.set_text(listed.repo)
        self.facts.set_facts(self._facts(listed))
        self.variants.set_rows(listed.variants)
        labels = [each.label for each in listed.variants]
        known = marked is not None and marked.label in labels
        self.table.selectRow(
            labels.index(marked.label) if marked is not None and known else _preferred(listed)
        )
        self.set_running(None)
        self._stack.setCurrentWidget(self._body)
        if not listed.variants:
            self.show_nothing(
                self.tr("This repository has neither GGUF nor safetensors files. Nothing else is fetched.")
            )

    def set_running(self, running: tuple[float, str] | None, hold_up: str = "") -> None:
        """A download of the marked variant is under way: its fraction, what is said of it, and why it
        waits.
        """
        self.hold_up.set_text(hold_up)
        self.hold_up.setVisible(bool(hold_up))
        self.download.setVisible(running is None)
        for widget in (self.progress, self.state, self.cancel):
            widget.setVisible(running is not None)
        if running is not None:
            self.progress.setValue(round(running[0] * 1000))
            self.state.set_text(running[1])

    def _columns(self) -> tuple[TableColumn[HubVariant], ...]:
        return (
            TableColumn(self.tr("Variant"), variant_name),
            TableColumn(self.tr("Size"), lambda each: size(each.size_bytes), number=True),
            TableColumn(
                self.tr("Memory"),
                lambda each: size(each.need_bytes) if each.need_bytes else "",
                number=True,
                share=self._share,
                tip=self.tr("Weights, a KV cache of 4,096 tokens and buffers, of this computer's memory"),
            ),
            TableColumn(self.tr("Here"), fit_text),
        )

    def _share(self, variant: HubVariant) -> float | None:
        total = self._listed.memory_bytes if self._listed is not None else 0
        return variant.need_bytes / total if total and variant.need_bytes else None

    def _facts(self, listed: HubListed) -> list[tuple[str, str]]:
        gated = self.tr("gated: ask its owner first") if listed.gated else ""
        facts = [
            (self.tr("Architecture"), listed.architecture),
            (self.tr("Parameters"), count(listed.parameters) if listed.parameters else ""),
            (self.tr("Trained context"), whole(listed.context_length) if listed.context_length else ""),
            (self.tr("Licence"), listed.license or self.tr("not stated")),
            (self.tr("Made from"), ", ".join(listed.base_models)),
            (self.tr("Access"), gated),
            (self.tr("Revision"), listed.revision[:12]),
        ]
        return [(name, value) for name, value in facts if value]

    def _select(self) -> None:
        variant, listed = self.current(), self._listed
        self.download.setEnabled(variant is not None)
        if variant is None or listed is None:
            return
        left = max(variant.size_bytes - variant.present_bytes, 0)
        if left == 0:
            self.download.setText(self.tr("Check again"))
            self.hint.set_text(self.tr("This variant is on this computer already."))
        elif variant.present_bytes:
            self.download.setText(self.tr("Continue ({size} left)").format(size=size(left)))
            self.hint.set_text(self._room(left, listed))
        else:
            self.download.setText(self.tr("Download {size}").format(size=size(left)))
            self.hint.set_text(self._room(left, listed))
        self.download.setAccessibleName(self.download.text())
        self.download.updateGeometry()
        room = left <= listed.free_bytes
        self.hint.set_role("fg2" if room else "error")
        self.download.setEnabled(room)

    def _room(self, needed: int, listed: HubListed) -> str:
        if needed > listed.free_bytes:
            text = self.tr("There is not enough room on the disk: {free} are free.")
        elif listed.left_out:
            text = self.tr("{free} are free on the disk. {count} other files are never fetched.")
        else:
            text = self.tr("{free} are free on the disk.")
        return text.format(free=size(listed.free_bytes), count=whole(listed.left_out))

    def _ask(self) -> None:
        variant = self.current()
        if variant is not None and self.download.isVisible() and self.download.isEnabled():
            self.download_requested.emit(variant)

    def _build(self) -> None:
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        column.addWidget(self.table, 1)
        column.addWidget(self.hint)
        column.addWidget(self.state)
        column.addWidget(self.hold_up)
        column.addWidget(self.progress)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.download)
        column.addLayout(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _preferred(listed: HubListed) -> int:
    """Q4_K_M where it fits, which most people take; else the largest that fits; else the smallest."""
    fitting = [row for row, each in enumerate(listed.variants) if each.fit == "fits"]
    usual = [row for row in fitting if listed.variants[row].label == "Q4_K_M"]
    return usual[0] if usual else fitting[-1] if fitting else 0
