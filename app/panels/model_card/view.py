"""A model as its file describes it: drawn, as tables, and in its own words."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.panels.model_card.canvas import CardCanvas, CardScroll
from app.panels.model_card.document import CardDocument
from app.panels.model_card.routing_view import RoutingView
from app.panels.model_card.tables import CardTables
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.empty_state import EmptyState
from app.widgets.icon_button import IconButton
from app.widgets.painting import text_font
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.text_label import TextLabel

PARTS = ("drawing", "layers", "template", "metadata", "routing")


class ModelCardView(QWidget):
    """Shows a `CardDocument`."""

    model_chosen = Signal(str)
    export_requested = Signal(str)
    """“png” or “svg”."""
    copy_requested = Signal(str)
    part_shown = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document: CardDocument | None = None
        self._part = "drawing"
        self.setAccessibleName(self.tr("Model card"))
        tables = CardTables(self)
        self.layers, self.tensors, self.metadata = tables.layers(), tables.tensors(), tables.metadata()
        self._make_controls()
        self.canvas = CardCanvas(theme)
        self.routing = RoutingView(theme)
        self.template = self._make_template()
        self.empty = EmptyState(
            "network",
            self.tr("What the model is made of"),
            self.tr(
                "The card is drawn from the file itself: layers, heads, experts, and where its bytes are."
                " Load a model, or choose one of the library above. The weights are not read."
            ),
            theme,
        )
        self._stack = QStackedWidget()
        self._pages = {
            "empty": self.empty,
            "drawing": CardScroll(self.canvas),
            "layers": self._make_layers(),
            "template": self.template,
            "metadata": self._make_metadata(),
            "routing": self.routing,
        }
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_bar())
        column.addWidget(self._stack, 1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_document(None)

    # setters

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Models as (path, name), and the one that is shown."""
        self.choice.set_choices(choices)
        self.choice.set_current(current)

    def set_document(self, document: CardDocument | None, problem: str = "") -> None:
        """Another model; None with the reason where there is nothing to show."""
        self._document = document
        self._problem.set_text(problem)
        self.export.setEnabled(document is not None)
        self.part.setEnabled(document is not None)
        self.canvas.set_document(document)
        if document is not None:
            card = document.card
            self.layers.set_rows(card.layers)
            self.tensors.set_rows(card.outside)
            self.metadata.set_rows(_unique([*document.lineage, *document.metadata]))
            self.template.setPlainText(document.template or self.tr("The file has no chat template."))
            self.part.button("routing").setVisible(card.facts.n_expert > 0)
            if card.facts.n_expert == 0 and self._part == "routing":
                self._part = "drawing"
        self.show_part(self._part)

    @property
    def document(self) -> CardDocument | None:
        return self._document

    def show_part(self, part: str) -> None:
        """“drawing”, “layers”, “template”, “metadata” or “routing”."""
        self._part = part
        self.part.set_current(part)
        self._stack.setCurrentWidget(self._pages[part if self._document is not None else "empty"])
        if self._document is not None:
            self.part_shown.emit(part)

    # building

    def _make_controls(self) -> None:
        theme = self._theme
        self.choice = Select(self.tr("Model"), (), theme, middle=True)
        self.choice.setMaximumWidth(260)
        self.part = SegmentedControl(
            self.tr("Part of the card"),
            (
                ("drawing", self.tr("Drawing")),
                ("layers", self.tr("Layers")),
                ("template", self.tr("Template")),
                ("metadata", self.tr("Metadata")),
                ("routing", self.tr("Routing")),
            ),
            theme,
        )
        self.part.button("routing").setVisible(False)
        self.part.setMaximumWidth(400)
        self.export = IconButton("download", self.tr("Export the drawing…"), theme)
        self._problem = TextLabel("", theme, role="error", elide=True)
        self.choice.selected.connect(self.model_chosen)
        self.part.selected.connect(self.show_part)
        self.export.clicked.connect(self._show_exports)

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(self.choice, 260)
        bar.addWidget(self.part, 400)
        bar.addWidget(self._problem, 1)
        bar.addWidget(self.export)
        return bar

    def _make_template(self) -> QPlainTextEdit:
        edit = QPlainTextEdit()
        edit.setReadOnly(True)
        edit.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        edit.setAccessibleName(self.tr("Chat template"))
        edit.setTabChangesFocus(True)
        return edit

    def _make_layers(self) -> QWidget:
        layer_widths = {0: 60, 1: 64, 2: 78, 3: 70, 4: 72, 5: 104, 6: 90, 7: 94}
        self.layer_table = DataTable(self.layers, self.tr("Layers"), self._theme, layer_widths)
        tensor_widths = {0: 184, 1: 116, 2: 104, 3: 56}
        self.tensor_table = DataTable(
            self.tensors, self.tr("Tensors of the layer"), self._theme, tensor_widths, mono=(0,)
        )
        self.layer_table.selectionModel().currentRowChanged.connect(self._show_tensors)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(12)
        body.setContentsMargins(16, 0, 16, 10)
        body.addWidget(self.layer_table)
        body.addWidget(self.tensor_table)
        body.setStretchFactor(0, 4)
        body.setStretchFactor(1, 3)
        return body

    def _make_metadata(self) -> QWidget:
        self.metadata_table = DataTable(
            self.metadata, self.tr("What the file says"), self._theme, {0: 320}, mono=(0,)
        )
        self.metadata_table.copy_pressed.connect(self._copy_metadata)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 16, 10)
        column.addWidget(self.metadata_table)
        return page

    # answering

    def _show_tensors(self, current: QModelIndex) -> None:
        if current.isValid():
            self.tensors.set_rows(self.layers.row(current.row()).tensors)

    def _copy_metadata(self) -> None:
        rows = [self.metadata.row(number) for number in self.metadata_table.selected_rows()]
        if rows:
            self.copy_requested.emit("\n".join(f"{key}\t{value}" for key, value in rows))

    def _show_exports(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, text in (("png", self.tr("Picture (PNG)…")), ("svg", self.tr("Drawing (SVG)…"))):
            menu.addAction(text).triggered.connect(
                lambda _checked=False, kind=kind: self.export_requested.emit(kind)
            )
        menu.popup(self.export.mapToGlobal(self.export.rect().bottomLeft()))

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "s", mono=True)
        self.template.setFont(font)
        families = ",".join(f'"{name}"' for name in font.families())
        self.template.setStyleSheet(
            f"QPlainTextEdit{{background:{tokens.code};color:{tokens.fg};border:0;padding:12px 16px;"
            f"font-family:{families};font-size:{font.pixelSize()}px;}}"
        )


def _unique(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Where the model comes from first, then the rest as in the file."""
    return list(dict(rows).items())
