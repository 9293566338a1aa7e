"""The attention panel: all heads, one head, one token."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.inspection_subject import NEWEST, Subject
from app.panels.attention.arcs import Arcs
from app.panels.attention.column import Stacked, TitledColumn
from app.panels.attention.costs import cost_line
from app.panels.attention.export_link import ExportLink
from app.panels.attention.head_map import Extent, HeadMap, MaskLines, View
from app.panels.attention.heads_table import HeadsTable
from app.panels.attention.links import make_links
from app.panels.attention.mosaic import Mosaic
from app.panels.attention.part_choice import PartChoice
from app.panels.attention.reading_link import ReadingLink
from app.panels.attention.render_loop import RenderLoop
from app.panels.attention.token_flow import TokenFlow
from app.panels.attention.toolbar import AttentionToolbar
from app.panels.attention.words import map_title, mask_text
from app.panels.inspection_parts import PanelParts
from app.widgets.numbers import whole
from app.widgets.painting import MEDIUM
from app.widgets.select import Select
from app.widgets.text_label import TextLabel
from engine.chat.inspection import Inspection
from engine.protocol.inspection import TapSpec

if TYPE_CHECKING:
    from app.panels.attention.renderer import Rendered, RenderRequest

_HIGH = 320
"""From this height on there is room for more than three pictures."""
_UNBOUNDED = (1 << 24) - 1
"""Qt's own “no maximum”."""


class AttentionPanel(QWidget):
    """Wants attention while it is visible and live, draws what there is of its source's subject."""

    def __init__(self, parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._inspection = parts.inspection
        self._state = parts.inspection.attention
        self._theme = parts.theme
        self._owner = f"attention/{parts.place}"
        self._rendered: Rendered | None = None
        self._causal: bool | None = None
        self.setAccessibleName(self.tr("Attention"))
        self.toolbar = AttentionToolbar(self._state, self._theme, expandable=parts.place == "chat")
        self.mosaic = Mosaic(self._theme)
        self.table = HeadsTable(self._theme)
        self.map = HeadMap(self._theme, self._value)
        self.arcs = Arcs(self._theme)
        self.reduction = self._make_reduction()
        self.parts = PartChoice(self._theme)
        self.cost = TextLabel("", self._theme, role="fg3", size="xs", weight=MEDIUM, tabular=True, elide=True)
        self.flow = TokenFlow(self._theme)
        title = self.tr("Layers × heads")
        heads, maps = Stacked(self.mosaic, self.table), Stacked(self.map, self.flow)
        self.heads_column = TitledColumn(
            title, heads, self._theme, self.toolbar.note, self.parts, self.reduction, note=self.cost
        )
        self.map_column = TitledColumn("", maps, self._theme)
        self.arcs_column = TitledColumn("", self.arcs, self._theme)
        self._loop = RenderLoop(parts.controllers.background, self._snapshot, parts.host.show_error, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        body = self._build()
        self.reading = ReadingLink(parts, body, self)
        self.export = ExportLink(parts, self)
        self._lay_out()
        self._connect()
        self._on_state()
        self._on_subject(self.subject)

    def corner(self) -> QWidget:
        """What stands beside the tabs."""
        return self.toolbar

    # building

    def _make_reduction(self) -> Select:
        choices = (
            ("head", self.tr("One head")),
            ("mean", self.tr("Mean of the layer")),
            ("rollout", self.tr("Rollout")),
        )
        select = Select(self.tr("What the map shows"), choices, self._theme, height=22)
        select.setFixedWidth(132)
        select.setToolTip(
            self.tr(
                "One head; the mean over the heads of the layer; or rollout (Abnar and Zuidema 2020), which "
                "follows attention through all layers and needs prompt and reply to be read."
            )
        )
        return select

    def _build(self) -> QWidget:
        body = QWidget()
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(24)
        for column, stretch in ((self.heads_column, 5), (self.map_column, 2), (self.arcs_column, 2)):
            self._row.addWidget(column, stretch)
        return body

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(6)
        column.addWidget(self.reading.notice)
        column.addWidget(self.reading.stack, 1)

    def _connect(self) -> None:
        inspection, state, models = self._inspection, self._state, self._parts.controllers.models
        self._parts.source.changed.connect(lambda _subject: self._on_subject(self.subject))
        self.parts.chosen.connect(lambda: self._on_subject(self.subject))
        for signal in (inspection.rows_changed, inspection.tokens_changed, inspection.chosen_changed):
            signal.connect(self._on_rows)
        inspection.inspected.connect(self._on_inspected)
        inspection.finished.connect(lambda _subject: self._show_cost())
        state.shape_changed.connect(self._on_state)
        state.head_changed.connect(self._on_state)
        state.look_changed.connect(self._ask)
        state.taps_changed.connect(self._want)
        self.mosaic.chosen.connect(state.select)
        self.table.chosen.connect(state.select)
        self.mosaic.resized.connect(self._ask)
        self.map.chosen.connect(self._choose)
        self.map.view_changed.connect(self._ask)
        self.arcs.chosen.connect(self._choose_key)
        self.flow.chosen.connect(self._choose_key)
        self.arcs.resized.connect(self._show_links)
        self.reduction.selected.connect(state.set_reduction)
        self.toolbar.pin_toggled.connect(self._pin)
        self.toolbar.table.toggled.connect(self._show_table)
        self.toolbar.read_requested.connect(self.reading.read)
        self.toolbar.export_requested.connect(self.export.export)
        self.toolbar.expand_requested.connect(lambda: self._parts.host.show_page("inspect"))
        self.toolbar.help_requested.connect(lambda: self._parts.host.show_page("help"))
        self._soon.timeout.connect(self._loop.ask)
        self._loop.rendered.connect(self._show)
        models.loaded.connect(lambda _model: self._on_subject(self.subject))

    # what is looked at

    @property
    def subject(self) -> Subject | None:
        """The source's subject, or the part of it that was chosen."""
        whole = self._parts.source.subject
        return whole.part(self.parts.part) if whole is not None else None

    @property
    def rendered(self) -> "Rendered | None":
        """What is on the screen."""
        return self._rendered

    def _on_subject(self, subject: Subject | None) -> None:
        model = (subject.model if subject is not None else None) or self._parts.controllers.models.current
        self.parts.show_parts(self._parts.source.subject)
        if model is not None and model.n_layer:
            layers = subject.attention_layers if subject is not None else 0
            self._state.set_shape(layers or model.n_layer, model.n_head)
        if subject is not None:
            self.map.set_labels(subject.label, subject.key_label)
        self.toolbar.show_pinned(subject is not None and subject.chosen != NEWEST)
        self.map.show_all()
        self._rendered = self._causal = None
        if self._parts.place == "chat":
            self._state.set_row_of(None)
        self.reading.refresh()
        self._show_cost()
        self._ask()

    def _on_inspected(self, subject: Subject, _event: object) -> None:
        """An encoder-decoder has parts from now on."""
        if subject is self._parts.source.subject and subject.parts and not self.parts.offered:
            self._on_subject(self.subject)

    def _on_rows(self, subject: Subject) -> None:
        if subject is self.subject or subject is self._parts.source.subject:
            subject = self.subject or subject
            self.toolbar.show_pinned(subject.chosen != NEWEST)
            self.reading.refresh()
            self._ask()

    def _on_state(self) -> None:
        state = self._state
        self.mosaic.set_shape(state.layers, state.heads)
        self.mosaic.set_choice(state.layer, state.head)
        self.table.choose(state.layer, state.head)
        self.heads_column.set_caption(f"{state.layers} × {state.heads}" if state.layers else "")
        self.reduction.set_current(state.reduction)
        self.map_column.set_title(map_title(state))
        self.reading.refresh()
        self._ask()

    def _choose(self, position: int) -> None:
        if self.subject is not None:
            self._inspection.choose(self.subject, position)

    def _choose_key(self, position: int) -> None:
        """A token that is read asks in its turn what it reads; in another text it reads nothing."""
        if self.subject is not None and not self.subject.key_pieces:
            self._choose(position)

    def _pin(self, pinned: bool) -> None:
        subject = self.subject
        if subject is not None:
            self._inspection.choose(subject, subject.chosen_position if pinned else NEWEST)

    def _show_table(self) -> None:
        self._arrange()
        self._ask()

    # what is wanted

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()
        self.reading.refresh()
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._inspection.unwant(self._owner)
        if self._parts.place == "chat":
            self._state.set_row_of(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """A high panel has room for a large square map, for the list of heads and for the text."""
        high = self.height() > _HIGH
        for index, stretch in enumerate((4, 4, 3) if high else (5, 2, 2)):
            self._row.setStretch(index, stretch)
        listed = self.toolbar.table.isChecked()
        subject = self.subject
        ranked = subject is None or not subject.has_rows or subject.rows.causal
        self.toolbar.table.setVisible(not high and ranked)
        self.mosaic.setVisible(high or not (listed and ranked))
        self.table.setVisible((high or listed) and ranked)
        self.flow.setVisible(high)
        self.mosaic.setMaximumHeight(self.mosaic.fitting_height() if high else _UNBOUNDED)
        square = self.map.width() if high else _UNBOUNDED
        self.map.setMaximumHeight(min(square, max(200, self.height() - 190)) if high else _UNBOUNDED)
        self.map.setMinimumHeight(self.map.maximumHeight() if high else 60)

    def _want(self) -> None:
        if self.isVisible() and self._state.live:
            taps = TapSpec(kinds=("attention",), layers=self._state.tapped_layers)
            self._inspection.want(self._owner, Inspection(taps=taps))
        else:
            self._inspection.unwant(self._owner)
        self.reading.refresh()
        self._show_cost()

    # drawing

    def _ask(self) -> None:
        if self.isVisible():
            self._soon.start()

    def _snapshot(self) -> "RenderRequest | None":
        # Numpy is there: the loop asks when the renderer is made.
        from app.panels.attention.head_matrix import Window  # noqa: PLC0415
        from app.panels.attention.renderer import RenderRequest  # noqa: PLC0415

        subject, state = self.subject, self._state
        if subject is None or not state.layers or not self.isVisible():
            return None
        view = self.map.view
        listed = self.table.isVisible()
        return RenderRequest(
            rows=subject.rows,
            layers=state.layers,
            heads=state.heads,
            layer=state.layer,
            head=state.head,
            reduction=state.reduction,
            gamma=state.gamma,
            position=subject.chosen_position,
            thumb=self.mosaic.thumb_size() if self.mosaic.isVisible() else (0, 0),
            gap=self.mosaic.gap(),
            map_size=self.map.picture_size(),
            window=Window(*view) if view is not None else None,
            pieces=subject.all_pieces() if listed else (),
            statistics=listed,
        )

    def _show(self, rendered: "Rendered") -> None:
        subject = self.subject
        if subject is None or rendered.request.rows is not subject.rows:
            return
        self._rendered = rendered
        if rendered.matrix.causal != self._causal:
            # Kept apart: the matrix goes on growing, and is the same one as before.
            self._causal = rendered.matrix.causal
            self._arrange()
        if rendered.mosaic is not None:
            self.mosaic.show_image(rendered.mosaic, rendered.known_layers)
        if rendered.request.statistics:
            self.table.heads.set_rows(rendered.heads)
            self.table.choose(self._state.layer, self._state.head)
        mask = rendered.mask
        lines = MaskLines(mask.window, mask.sink) if mask is not None else None
        extent = Extent(rendered.first, rendered.queries, rendered.keys)
        self.map.set_chosen(rendered.request.position)
        self.map.set_causal(rendered.matrix.causal)
        self.map.show_map(rendered.map, View(*rendered.window), extent, lines)
        shape = f"{whole(rendered.queries)} × {whole(rendered.keys)}" if rendered.queries else ""
        self.map_column.set_caption(shape)
        self.map_column.setToolTip(mask_text(mask.kind, mask.window, mask.sink) if mask is not None else "")
        self._show_links()
        if self._parts.place == "chat":
            self._state.set_row_of(self._row_of)

    def _row_of(self, position: int) -> list[float] | None:
        row = self._rendered.matrix.row(position) if self._rendered is not None else None
        return row.tolist() if row is not None else None

    def _show_links(self) -> None:
        subject, rendered = self.subject, self._rendered
        if subject is None or rendered is None:
            return
        position = rendered.request.position
        label = subject.label(position)
        self.arcs_column.set_title(self.tr("From “{token}”").format(token=label))
        if rendered.row is None:
            self.arcs.show_links((), label, position)
            self.arcs_column.set_caption(self.tr("not read"))
            self._show_text(subject, (), position)
            return
        self._show_text(subject, rendered.row.tolist(), position)
        links = make_links(rendered.row, self._state.threshold, self.arcs.capacity(), subject.key_label)
        self.arcs.show_links(links, label, position)
        self.arcs_column.set_caption(f"Σ {sum(link.weight for link in links):.2f}")

    def _show_text(self, subject: Subject, weights: list[float] | tuple[()], position: int) -> None:
        if self.flow.isVisible():
            text = (id(subject), len(subject.pieces), len(subject.key_pieces))
            self.flow.show_text(text, len(subject.key_pieces) or subject.length, subject.key_label)
            self.flow.set_weights(weights, -1 if subject.key_pieces else position, self._state.gamma)

    def _show_cost(self) -> None:
        model = self._parts.controllers.models.current
        costs = self._inspection.costs
        self.cost.set_text(cost_line(costs, model.model_hash, self._inspection.scope) if model else "")
        self.cost.setToolTip(
            self.tr("Speed of the last replies of this model while attention was read, and while it was not.")
        )

    def _value(self, query: int, key: int) -> float | None:
        return self._rendered.matrix.value(query, key) if self._rendered is not None else None
