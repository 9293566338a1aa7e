"""How a model came to be, as a chain: the newest file at the top, what the first one was made from below."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QDateTime, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.numbers import number_locale
from app.widgets.painting import MEDIUM, color, rounded_box
from app.widgets.text_label import TextLabel
from engine.library.details import ModelDetails
from engine.library.lineage import LineageStep

_RAIL = 26
_ICONS = {
    "quantize": "shrink",
    "target": "shrink",
    "convert": "arrow-left-right",
    "download": "cloud-download",
    "merge": "merge",
    "imatrix": "grid-3x3",
}


class Link(NamedTuple):
    """One file of the chain, and how it was made from the one below."""

    name: str
    how: str
    settings: str
    icon: str


class LineageView(QWidget):
    """Empty and hidden where nothing is known."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.links: list[Link] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_details(self, details: ModelDetails) -> None:
        """Steps of Lathe first, then what the file itself says of its origin."""
        self.links = self._links(details)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, link in enumerate(self.links):
            last = number == len(self.links) - 1
            self._column.addWidget(LinkRow(link, self._theme, first=number == 0, last=last))
        self.setVisible(bool(self.links))

    def _links(self, details: ModelDetails) -> list[Link]:
        links = [self._made(step) for step in details.lineage]
        if details.lineage:
            source = next(iter(details.lineage[-1].sources), None)
            if source is not None:
                icon = "cloud-download" if source.role == "hub" else "box"
                links.append(Link(source.name, "", "", icon))
        origin = details.origin
        if origin is None:
            return links
        said: list[Link] = []
        if origin.quantized_by:
            text = self.tr("quantized by {name}").format(name=origin.quantized_by)
            said.append(Link(details.entry.name, text, "", "file-text"))
        if origin.source:
            said.append(Link(origin.source, self.tr("its source, as the file says"), "", "file-text"))
        said += [
            Link(base.label(), self.tr("its base model, as the file says"), "", "file-text")
            for base in origin.bases
            if base.label()
        ]
        if origin.imatrix_file:
            text = self.tr("importance matrix, {chunks} chunks").format(chunks=origin.imatrix_chunks)
            said.append(Link(origin.imatrix_file, text, origin.imatrix_dataset, "file-text"))
        return links + said

    def _made(self, step: LineageStep) -> Link:
        locale = number_locale()
        day = QDateTime.fromMSecsSinceEpoch(step.made_ms).date()
        how = self.tr("{operation} on {date}").format(
            operation=self._operation(step.operation),
            date=locale.toString(day, locale.FormatType.ShortFormat),
        )
        others = [f"{self._role(each.role)}: {each.name}" for each in step.sources[1:]]
        settings = [f"{self._setting(name)} {value}".strip() for name, value in step.settings.items()]
        return Link(
            step.target.name, how, " · ".join(settings + others), _ICONS.get(step.operation, "hammer")
        )

    def _operation(self, name: str) -> str:
        words = {
            "quantize": self.tr("quantized"),
            "target": self.tr("quantized to a target"),
            "convert": self.tr("converted"),
            "imatrix": self.tr("measured"),
            "download": self.tr("downloaded"),
            "finetune": self.tr("fine-tuned"),
            "merge": self.tr("merged"),
            "prune": self.tr("pruned"),
            "edit": self.tr("edited"),
        }
        return words.get(name, name)

    def _role(self, role: str) -> str:
        words: Mapping[str, str] = {
            "model": self.tr("model"),
            "imatrix": self.tr("importance matrix"),
            "adapter": self.tr("adapter"),
            "text": self.tr("text"),
            "data": self.tr("data"),
        }
        return words.get(role, role)

    def _setting(self, name: str) -> str:
        """`type_name Q4_K_M` says enough without its name."""
        return "" if name == "type_name" else name


class LinkRow(QWidget):
    """A name with a line through all of them at the left."""

    def __init__(
        self, link: Link, theme: Theme, *, first: bool, last: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = link.icon
        self._first, self._last = first, last
        self.setAccessibleName(", ".join(part for part in (link.name, link.how, link.settings) if part))
        column = QVBoxLayout(self)
        column.setContentsMargins(_RAIL, 3, 0, 9)
        column.setSpacing(1)
        column.addWidget(TextLabel(link.name, theme, role="fg", weight=MEDIUM, elide=True))
        for text in (link.how, link.settings):
            if text:
                column.addWidget(TextLabel(text, theme, role="fg2", size="xs", wrap=True))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(8, 12)
        painter.setPen(QPen(color(tokens, "line2"), 1.5))
        top = centre.y() if self._first else 0.0
        bottom = centre.y() if self._last else float(self.height())
        painter.drawLine(QPointF(centre.x(), top), QPointF(centre.x(), bottom))
        tile = QRectF(centre.x() - 8, centre.y() - 8, 16, 16)
        rounded_box(painter, tile, tokens.radius_tag, color(tokens, "bg1"))
        painter.setPen(Qt.PenStyle.NoPen)
        draw_icon(painter, self._icon, tile.adjusted(1.5, 1.5, -1.5, -1.5), color(tokens, "fg2"))
        painter.end()
