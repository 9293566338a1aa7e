"""The attention panel: all heads, one head, one token."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.inspection_subject import NEWEST, Subject
from app.panels.attention.arcs import Arcs
from app.panels.attention.column import TitledColumn
from app.panels.attention.head_map import Extent, HeadMap, MaskLines, View
from app.panels.attention.links import make_links
from app.panels.attention.mosaic import Mosaic
from app.panels.attention.render_loop import RenderLoop
from app.panels.attention.toolbar import AttentionToolbar
from app.panels.inspection_parts import PanelParts
from app.widgets.numbers import whole
from app.widgets.select import Select
from engine.chat.inspection import Inspection
from engine.protocol.inspection import TapSpec

if TYPE_CHECKING:
    from app.panels.attention.renderer import Rendered, RenderRequest


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
        self.setAccessibleName(self.tr("Attention"))
        self.toolbar = AttentionToolbar(self._state, self._theme, expandable=parts.place == "chat")
        self.mosaic = Mosaic(self._theme)
        self.map = HeadMap(self._theme, self._value)
        self.arcs = Arcs(self._theme)
        self.reduction = Select(
            self.tr("What the map shows"),
            (
                ("head", self.tr("One head")),
                ("mean", self.tr("Mean of the layer")),
                ("rollout", self.tr("Rollout")),
            ),
            self._theme,
            height=22,
        )
        self.heads_column = TitledColumn(self.tr("Layers × heads"), self.mosaic, self._theme)
        self.map_column = TitledColumn("", self.map, self._theme)
        self.arcs_column = TitledColumn("", self.arcs, self._theme, self.reduction)
        self._loop = RenderLoop(parts.controllers.background, self._snapshot, parts.host.show_error, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._build()
        self._connect()
        self._on_subject(parts.source.subject)

    def corner(self) -> QWidget:
        """What stands beside the tabs."""
        return self.toolbar

    # building

    def _build(self) -> None:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self.heads_column, 5)
        row.addWidget(self.map_column, 2)
        row.addWidget(self.arcs_column, 3)
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(6)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        inspection, state = self._inspection, self._state
        self._parts.source.changed.connect(self._on_subject)
        inspection.rows_changed.connect(self._on_rows)
        inspection.tokens_changed.connect(self._on_rows)
        inspection.chosen_changed.connect(self._on_rows)
        state.shape_changed.connect(self._on_state)
        state.head_changed.connect(self._on_state)
        state.look_changed.connect(self._ask)
        state.taps_changed.connect(self._want)
        self.mosaic.chosen.connect(state.select)
        self.mosaic.resized.connect(self._ask)
        self.map.chosen.connect(self._choose)
        self.map.view_changed.connect(self._ask)
        self.arcs.chosen.connect(self._choose)
        self.arcs.resized.connect(self._show_links)
        self.reduction.selected.connect(state.set_reduction)
        self.toolbar.pin_toggled.connect(self._pin)
        self._soon.timeout.connect(self._loop.ask)
        self._loop.rendered.connect(self._show)
        self._parts.controllers.models.loaded.connect(lambda _model: self._on_subject(self._subject))
        self._on_state()

    # what is looked at

    @property
    def _subject(self) -> Subject | None:
        return self._parts.source.subject

    def _on_subject(self, subject: Subject | None) -> None:
        model = (subject.model if subject is not None else None) or self._parts.controllers.models.current
        if model is not None:
            self._state.set_shape(model.n_layer, model.n_head)
        if subject is not None:
            self.map.set_labels(subject.label)
        self.map.show_all()
        self._rendered = None
        self._ask()

    def _on_rows(self, subject: Subject) -> None:
        if subject is self._subject:
            self._ask()

    def _on_state(self) -> None:
        state = self._state
        self.mosaic.set_shape(state.layers, state.heads)
        self.mosaic.set_choice(state.layer, state.head)
        self.heads_column.set_caption(f"{state.layers} × {state.heads}")
        self.reduction.set_current(state.reduction)
        titles = {
            "head": self.tr("Layer {layer} · Head {head}"),
            "mean": self.tr("Layer {layer} · mean of {heads} heads"),
            "rollout": self.tr("Rollout through {layers} layers"),
        }
        title = titles[state.reduction].format(
            layer=state.layer, head=state.head, heads=state.heads, layers=state.layers
        )
        self.map_column.set_title(title)
        self._ask()

    def _choose(self, position: int) -> None:
        if self._subject is not None:
            self._inspection.choose(self._subject, position)

    def _pin(self, pinned: bool) -> None:
        subject = self._subject
        if subject is not None:
            self._inspection.choose(subject, subject.chosen_position if pinned else NEWEST)

    # what is wanted

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._inspection.unwant(self._owner)

    def _want(self) -> None:
        if self.isVisible() and self._state.live:
            taps = TapSpec(kinds=("attention",), layers=self._state.tapped_layers)
            self._inspection.want(self._owner, Inspection(taps=taps))
        else:
            self._inspection.unwant(self._owner)

    # drawing

    def _ask(self) -> None:
        if self.isVisible():
            self._soon.start()

    def _snapshot(self) -> "RenderRequest | None":
        # Numpy is there: the loop asks when the renderer is made.
        from app.panels.attention.head_matrix import Window  # noqa: PLC0415
        from app.panels.attention.renderer import RenderRequest  # noqa: PLC0415

        subject, state = self._subject, self._state
        if subject is None or not state.layers or not self.isVisible():
            return None
        view = self.map.view
        return RenderRequest(
            rows=subject.rows,
            layers=state.layers,
            heads=state.heads,
            layer=state.layer,
            head=state.head,
            reduction=state.reduction,
            gamma=state.gamma,
            position=subject.chosen_position,
            thumb=self.mosaic.thumb_size(),
            gap=self.mosaic.gap(),
            map_size=self.map.picture_size(),
            window=Window(*view) if view is not None else None,
        )

    def _show(self, rendered: "Rendered") -> None:
        subject = self._subject
        if subject is None or rendered.request.rows is not subject.rows:
            return
        self._rendered = rendered
        self.mosaic.show_image(rendered.mosaic, rendered.known_layers)
        mask = rendered.mask
        lines = MaskLines(mask.window, mask.sink) if mask is not None else None
        extent = Extent(rendered.first, rendered.queries, rendered.keys)
        self.map.set_chosen(rendered.request.position)
        self.map.show_map(rendered.map, View(*rendered.window), extent, lines)
        self.map_column.set_caption(f"{whole(rendered.queries)} × {whole(rendered.keys)}")
        self._show_links()

    def _show_links(self) -> None:
        subject, rendered = self._subject, self._rendered
        if subject is None or rendered is None:
            return
        position = rendered.request.position
        label = subject.label(position)
        self.arcs_column.set_title(self.tr("From “{token}”").format(token=label))
        if rendered.row is None:
            self.arcs.show_links((), label, position)
            self.arcs_column.set_caption("")
            return
        links = make_links(rendered.row, self._state.threshold, self.arcs.capacity(), subject.label)
        self.arcs.show_links(links, label, position)
        self.arcs_column.set_caption(f"Σ {sum(link.weight for link in links):.2f}")

    def _value(self, query: int, key: int) -> float | None:
        return self._rendered.matrix.value(query, key) if self._rendered is not None else None
