"""Paints a message that is laid out."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen

from app.theme.icons import draw_icon
from app.widgets.transcript import metrics as m
from app.widgets.transcript.actions import ICONS
from app.widgets.transcript.flow import Flow
from app.widgets.transcript.item import Marks, Paint
from app.widgets.transcript.layout import MessageLayout

_ROLE_ICONS = {"assistant": "sparkles", "system": "scroll-text", "tool": "wrench"}
_Align = Qt.AlignmentFlag


@dataclass(slots=True)
class Shown:
    """What depends on the moment: `active` shows the actions, `focused` the ring."""

    name: str
    active: bool = False
    focused: bool = False
    caret: bool = False


def paint_message(
    layout: MessageLayout, paint: Paint, x: float, y: float, shown: Shown, marks: Callable[[int], Marks]
) -> None:
    """Paint with the column's left edge at `x` and the message's top at `y`."""
    if layout.divider:
        _paint_divider(layout, paint, x, y)
    if shown.focused:
        _paint_ring(layout, paint, x, y)
    if layout.is_user:
        _paint_bubble(layout, paint, x, y)
    elif not layout.is_document:
        _paint_header(layout, paint, x, y, shown.name)
    if layout.has_thinking():
        _paint_thinking_header(layout, paint, x, y)
    for box, name in layout.chips:
        _paint_chip(paint, box.translated(x, y), name)
    _paint_blocks(layout, paint, x, y, marks)
    if shown.caret:
        _paint_caret(layout, paint, x, y)
    if layout.error is not None:
        _paint_error(layout, layout.error, paint, x, y)
    _paint_footer(layout, paint, x, y, active=shown.active)


def _paint_ring(layout: MessageLayout, paint: Paint, x: float, y: float) -> None:
    top = y + layout.top - paint.style.px(m.TOP)
    box = QRectF(x - 10.5, top + 1.5, layout.width + 21, y + layout.height - top - 3)
    paint.painter.setPen(QPen(paint.style.color("accent"), 1.5))
    paint.painter.setBrush(Qt.BrushStyle.NoBrush)
    paint.painter.drawRoundedRect(box, 10, 10)


def _paint_divider(layout: MessageLayout, paint: Paint, x: float, y: float) -> None:
    painter, style = paint.painter, paint.style
    text = QCoreApplication.translate("Transcript", "Older turns are not sent to the model")
    painter.setFont(style.small)
    width = style.metrics(style.small).horizontalAdvance(text) + style.px(24)
    box = QRectF(x, y, layout.width, layout.top)
    painter.setPen(style.color("fg2"))
    painter.drawText(box, _Align.AlignCenter, text)
    painter.setPen(QPen(style.color("line2"), 1))
    middle = round(box.center().y()) + 0.5
    for left, right in ((x, box.center().x() - width / 2), (box.center().x() + width / 2, box.right())):
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))


def _paint_bubble(layout: MessageLayout, paint: Paint, x: float, y: float) -> None:
    if layout.bubble.isNull():
        return
    box = layout.bubble.translated(x, y).adjusted(0.5, 0.5, -0.5, -0.5)
    paint.painter.setPen(QPen(paint.style.color("line"), 1))
    paint.painter.setBrush(paint.style.color("bg3"))
    radius = paint.style.tokens.radius_bubble
    paint.painter.drawRoundedRect(box, radius, radius)


def _paint_header(layout: MessageLayout, paint: Paint, x: float, y: float, name: str) -> None:
    painter, style, message = paint.painter, paint.style, layout.message
    top = y + layout.top
    size = style.px(m.AVATAR)
    is_reply = message.role == "assistant"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color("accent_soft" if is_reply and not message.dropped else "bg4"))
    tile = QRectF(x, top - 1, size, size)
    painter.drawRoundedRect(tile, style.tokens.radius_control, style.tokens.radius_control)
    inset = style.px(5)
    icon_color = style.color("accent_text" if is_reply and not message.dropped else "fg2")
    draw_icon(
        painter,
        _ROLE_ICONS.get(message.role, "user"),
        tile.adjusted(inset, inset, -inset, -inset),
        icon_color,
    )
    left = x + style.px(m.GUTTER)
    height = style.px(m.HEADER) - 4
    painter.setFont(style.name)
    painter.setPen(style.color("fg3" if message.dropped else "fg"))
    metrics = style.metrics(style.name)
    room = layout.width - style.px(m.GUTTER) - style.px(120)
    text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, top, room, height), _Align.AlignVCenter, text)
    if message.badge:
        _paint_badge(paint, left + metrics.horizontalAdvance(text) + style.px(8), top, height, message.badge)


def _paint_badge(paint: Paint, left: float, top: float, height: float, text: str) -> None:
    painter, style = paint.painter, paint.style
    font = style.font(style.px(style.tokens.text_xs), QFont.Weight.Medium)
    width = style.metrics(font).horizontalAdvance(text) + style.px(12)
    tall = style.px(16)
    box = QRectF(left, top + (height - tall) / 2, width, tall)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color("bg4"))
    painter.drawRoundedRect(box, style.tokens.radius_tag, style.tokens.radius_tag)
    painter.setFont(font)
    painter.setPen(style.color("fg2"))
    painter.drawText(box, _Align.AlignCenter, text)


def _paint_thinking_header(layout: MessageLayout, paint: Paint, x: float, y: float) -> None:
    painter, style = paint.painter, paint.style
    box = layout.thinking_header.translated(x, y)
    hovered = paint.hovered_zone is not None and paint.hovered_zone.kind == "thinking"
    color = style.color("fg" if hovered else "fg2")
    size = style.px(14)
    middle = box.center().y() - size / 2
    draw_icon(painter, "brain", QRectF(box.left() + 6, middle, size, size), color)
    painter.setFont(style.font(style.px(style.tokens.text_m), QFont.Weight.Medium))
    painter.setPen(color)
    title = layout.thinking_title()
    left = box.left() + 6 + size + 7
    painter.drawText(QRectF(left, box.top(), box.width(), box.height()), _Align.AlignVCenter, title)
    left += style.metrics(painter.font()).horizontalAdvance(title) + 5
    chevron = "chevron-down" if layout.thinking_open else "chevron-right"
    draw_icon(painter, chevron, QRectF(left, middle, size, size), color)


def _paint_chip(paint: Paint, box: QRectF, name: str) -> None:
    painter, style = paint.painter, paint.style
    painter.setPen(QPen(style.color("line2"), 1))
    painter.setBrush(style.color("bg3"))
    painter.drawRoundedRect(
        box.adjusted(0.5, 0.5, -0.5, -0.5), style.tokens.radius_control, style.tokens.radius_control
    )
    size = style.px(14)
    icon_box = QRectF(box.left() + 9, box.center().y() - size / 2, size, size)
    draw_icon(painter, "file-text", icon_box, style.color("fg2"))
    painter.setFont(style.small)
    painter.setPen(style.color("fg"))
    room = box.width() - size - style.px(24)
    text = style.metrics(style.small).elidedText(name, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(box.adjusted(size + style.px(15), 0, 0, 0), _Align.AlignVCenter, text)


def _paint_blocks(
    layout: MessageLayout, paint: Paint, x: float, y: float, marks: Callable[[int], Marks]
) -> None:
    for body, first, left, top in layout.bodies():
        if body is layout.thinking and body.placed:
            bar = QRectF(x + left - paint.style.px(m.THINKING_INDENT) + 1, y + top, 2, body.height)
            paint.painter.setPen(Qt.PenStyle.NoPen)
            paint.painter.setBrush(paint.style.color("line2"))
            paint.painter.drawRoundedRect(bar, 1, 1)
        for number, placed in enumerate(body.placed):
            item_y = y + top + placed.y
            if item_y > paint.clip.bottom():
                break
            if item_y + placed.item.height < paint.clip.top():
                continue
            item_x = x + left + placed.x
            if placed.item.block.place.containers:
                body.paint_containers(paint, placed, item_x, item_y, body.gap_above(number))
            found = marks(first + number)
            placed.item.paint(paint, item_x, item_y, found)
            placed.item.paint_over(paint, item_x, item_y, found)


def _paint_caret(layout: MessageLayout, paint: Paint, x: float, y: float) -> None:
    box = layout.caret().translated(x, y)
    paint.painter.setPen(Qt.PenStyle.NoPen)
    paint.painter.setBrush(paint.style.color("accent"))
    bar = QRectF(box.left() + 2, box.top() + 1, max(4, paint.style.px(5)), box.height() - 2)
    paint.painter.drawRect(bar)


def _paint_error(layout: MessageLayout, text: Flow, paint: Paint, x: float, y: float) -> None:
    painter, style = paint.painter, paint.style
    box = layout.error_box.translated(x, y)
    painter.setPen(QPen(style.tint("error", 110), 1))
    painter.setBrush(style.tint("error", 24 if style.tokens.dark else 14))
    painter.drawRoundedRect(
        box.adjusted(0.5, 0.5, -0.5, -0.5), style.tokens.radius_card, style.tokens.radius_card
    )
    size = style.px(16)
    pad = style.px(m.ERROR_PAD)
    draw_icon(
        painter,
        "circle-alert",
        QRectF(box.left() + pad + 2, box.top() + pad + 1, size, size),
        style.color("error"),
    )
    text.paint(painter, box.left() + pad + size + style.px(10), box.top() + pad, paint.clip)


def _paint_footer(layout: MessageLayout, paint: Paint, x: float, y: float, *, active: bool) -> None:
    painter, style, message = paint.painter, paint.style, layout.message
    height = style.px(m.FOOTER)
    if not layout.is_user and message.footer:
        end = x + (layout.actions_x if active else layout.width)
        _paint_metrics(layout, paint, x + layout.metrics_x, y + layout.footer_y, height, end)
    if message.versions > 1:
        painter.setFont(style.small_tabular)
        painter.setPen(style.color("fg2"))
        painter.drawText(layout.version_box.translated(x, y), _Align.AlignCenter, layout.version_text())
        if message.version in {1, message.versions}:
            _paint_dead_arrow(layout, paint, x, y)
    for zone, item in layout.zones(actions=active):
        if zone.kind == "action" and item is None:
            _paint_action(layout, paint, zone.rect.translated(x, y), zone.payload)


def _paint_dead_arrow(layout: MessageLayout, paint: Paint, x: float, y: float) -> None:
    """The arrow without a version behind it, faint, so that the switcher keeps its shape."""
    style, box, text = paint.style, layout.switcher_box.translated(x, y), layout.version_box.translated(x, y)
    first = layout.message.version == 1
    area = QRectF(box.left(), box.top(), text.left() - box.left(), box.height())
    if not first:
        area = QRectF(text.right(), box.top(), box.right() - text.right(), box.height())
    size = style.px(m.ICON)
    icon_box = QRectF(area.center().x() - size / 2, area.center().y() - size / 2, size, size)
    draw_icon(paint.painter, "chevron-left" if first else "chevron-right", icon_box, style.color("line2"))


def _paint_metrics(
    layout: MessageLayout, paint: Paint, x: float, y: float, height: float, end: float
) -> None:
    """As many figures as fit before `end`, where the buttons begin."""
    painter, style = paint.painter, paint.style
    painter.setFont(style.small_tabular)
    metrics = style.metrics(style.small_tabular)
    size = style.px(14)
    for icon_name, text in layout.message.footer:
        if x + size + 4 + metrics.horizontalAdvance(text) > end:
            return
        icon_box = QRectF(round(x), round(y + (height - size) / 2), size, size)
        draw_icon(painter, icon_name, icon_box, style.color("fg3"))
        painter.setPen(style.color("fg3"))
        baseline = y + (height - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(x + size + 4, baseline), text)
        x += size + 4 + metrics.horizontalAdvance(text) + style.px(10)


def _paint_action(layout: MessageLayout, paint: Paint, box: QRectF, name: str) -> None:
    painter, style = paint.painter, paint.style
    zone = paint.hovered_zone
    hovered = zone is not None and paint.hovered_item is None and zone.payload == name
    if hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color("bg4"))
        painter.drawRoundedRect(
            box.adjusted(1, 1, -1, -1), style.tokens.radius_control, style.tokens.radius_control
        )
    size = style.px(m.ICON)
    icon_box = QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size)
    copied = name == "copy" and paint.copied == layout.message.id
    role = "ok" if copied else "fg" if hovered else "fg2"
    draw_icon(painter, "check" if copied else ICONS[name], icon_box, style.color(role))
