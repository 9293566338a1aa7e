"""The architecture as blocks: tokens go in below, the next token comes out above."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from app.panels.model_card.groups import group_color
from app.panels.model_card.pen import CENTRE, MEDIUM, RIGHT, SEMIBOLD, Pen
from app.widgets.numbers import count, size, whole
from app.widgets.painting import rounded_box
from engine.inspection.model_card import Amount, ModelCard

WIDTH = 348.0
BLOCK = 34.0
GAP = 16.0
INSET = 44.0
MOST_HEADS = 128
MOST_EXPERTS = 64


def draw_blocks(pen: Pen, card: ModelCard, left: float, top: float) -> float:
    """Draw from `top` down; the height that was used."""
    translate = QCoreApplication.translate
    facts = card.facts
    inner = QRectF(left + INSET, 0, WIDTH - INSET - 16, 0)
    y = top
    pen.text(QRectF(left, y, WIDTH, 18), translate("ModelCard", "Next token"), "fg3", "xs", MEDIUM, CENTRE)
    y += 20
    head = translate("ModelCard", "Output head")
    note = translate("ModelCard", "shared with the embedding") if card.tied_output else ""
    output = card.kinds.get("output", Amount())
    y = _block(pen, left, y, head, note or _shape(card, output), "output", output)
    y = _up(pen, left, y)
    y = _block(pen, left, y, translate("ModelCard", "Final norm"), "", "norm", Amount(), slim=True)
    y = _up(pen, left, y)
    frame_top = y
    y += 46
    parts = [(y, 0.0)]
    y = _norm(pen, inner, _feed_forward(pen, card, inner, y))
    parts = [(parts[0][0], y), (y + 30, 0.0)]
    y = _norm(pen, inner, _attention(pen, card, inner, y + 30))
    parts[1] = (parts[1][0], y)
    place = QRectF(left, frame_top, WIDTH, y + 18 - frame_top)
    _frame(pen, card, place)
    _residual_stream(pen, place, parts)
    y = _up(pen, left, y + 18)
    embedding = card.kinds.get("embedding", Amount())
    name = translate("ModelCard", "Token embedding")
    y = _block(pen, left, y, name, f"{whole(facts.n_vocab)} × {whole(facts.n_embd)}", "embedding", embedding)
    y = _up(pen, left, y)
    pen.text(QRectF(left, y, WIDTH, 18), translate("ModelCard", "Tokens"), "fg3", "xs", MEDIUM, CENTRE)
    return y + 18 - top


def _shape(card: ModelCard, amount: Amount) -> str:
    if not amount.parameters:
        return ""
    return f"{whole(card.facts.n_embd)} × {whole(card.facts.n_vocab)}"


def _block(
    pen: Pen, left: float, top: float, name: str, note: str, group: str, amount: Amount, *, slim: bool = False
) -> float:
    height = 24.0 if slim else BLOCK
    place = QRectF(left, top, WIDTH, height)
    _fill(pen, place, group)
    pen.text(place.adjusted(12, 0, -12, 0), name, "fg", "s", MEDIUM)
    pen.text(place.adjusted(12, 0, -12, 0), note, "fg2", "xs", align=RIGHT)
    if amount.parameters:
        pen.hint(place, _told(name, amount))
    return top + height


def _fill(pen: Pen, place: QRectF, group: str) -> None:
    strength = 0.20 if pen.tokens.dark else 0.12
    rounded_box(
        pen.painter,
        place,
        pen.tokens.radius_control,
        group_color(group, pen.tokens, strength),
        group_color(group, pen.tokens, 0.55),
    )


def _up(pen: Pen, left: float, top: float) -> float:
    x = left + WIDTH / 2
    pen.arrow(QPointF(x, top + GAP), QPointF(x, top + 1))
    return top + GAP


def _norm(pen: Pen, inner: QRectF, top: float) -> float:
    x = inner.center().x()
    pen.arrow(QPointF(x, top + 10), QPointF(x, top + 1))
    place = QRectF(inner.left(), top + 10, inner.width(), 20)
    _fill(pen, place, "norm")
    pen.text(place, QCoreApplication.translate("ModelCard", "Norm"), "fg2", "xs", MEDIUM, CENTRE)
    return place.bottom()


def _attention(pen: Pen, card: ModelCard, inner: QRectF, top: float) -> float:
    """Query heads as squares over the key-value heads that they share."""
    translate = QCoreApplication.translate
    title = translate("ModelCard", "Self-attention")
    amount = _sum(card, "attention_q", "attention_k", "attention_v", "attention_qkv", "attention_output")
    room = QRectF(inner.left() + 12, top + 46, inner.width() - 24, 0)
    heads_height = _heads_height(card, room.width())
    place = QRectF(inner.left(), top, inner.width(), 46 + heads_height + 10)
    _fill(pen, place, "attention")
    pen.hint(place, _told(title, amount))
    pen.text(QRectF(place.left() + 12, top + 5, place.width() - 24, 18), title, "fg", "s", MEDIUM)
    pen.text(
        QRectF(place.left() + 12, top + 5, place.width() - 24, 18),
        _rotation(card),
        "fg2",
        "xs",
        align=RIGHT,
    )
    pen.text(QRectF(place.left() + 12, top + 23, place.width() - 24, 16), _sharing(card), "fg2", "xs")
    _draw_heads(pen, card, room)
    return place.bottom()


def _rotation(card: ModelCard) -> str:
    """The size of a head, and whether positions are rotated into it."""
    translate = QCoreApplication.translate
    if not card.head_size:
        return ""
    wide = translate("ModelCard", "{size} wide").format(size=card.head_size)
    return f"{wide} · RoPE" if card.facts.rope_freq_base or card.rope_dimensions else wide


def _sharing(card: ModelCard) -> str:
    translate = QCoreApplication.translate
    if card.heads_per_kv_head > 1 and card.kv_heads == 1:
        return translate("ModelCard", "{heads} heads share one KV head (MQA)").format(heads=card.heads)
    if card.heads_per_kv_head > 1:
        text = translate("ModelCard", "{heads} heads, {kv} KV heads: groups of {group} (GQA)")
        return text.format(heads=card.heads, kv=card.kv_heads, group=card.heads_per_kv_head)
    return translate("ModelCard", "{heads} heads, each with its own keys and values").format(heads=card.heads)


def _head_side(card: ModelCard, width: float) -> tuple[float, int]:
    """(side of a square, groups in a row)."""
    groups = max(1, min(card.kv_heads, MOST_HEADS))
    group = max(1, min(card.heads_per_kv_head, MOST_HEADS))
    rows = 1
    while rows < groups:
        in_row = -(-groups // rows)
        side = (width - (in_row - 1) * 6) / (in_row * group) - 2
        if side >= 6:
            return min(side, 22.0), in_row
        rows += 1
    side = (width - 6) / group - 2
    return max(2.0, min(side, 22.0)), 1


def _heads_height(card: ModelCard, width: float) -> float:
    side, in_row = _head_side(card, width)
    rows = -(-max(1, min(card.kv_heads, MOST_HEADS)) // in_row)
    return rows * (side + 14)


def _draw_heads(pen: Pen, card: ModelCard, room: QRectF) -> None:
    side, in_row = _head_side(card, room.width())
    group = max(1, min(card.heads_per_kv_head, MOST_HEADS))
    groups = max(1, min(card.kv_heads, MOST_HEADS))
    span = group * (side + 2) - 2
    fill, kv_fill = group_color("attention", pen.tokens, 0.8), group_color("attention", pen.tokens, 0.45)
    for number in range(groups):
        column, row = number % in_row, number // in_row
        left = room.left() + column * (span + 6)
        top = room.top() + row * (side + 14)
        for head in range(group):
            rounded_box(pen.painter, QRectF(left + head * (side + 2), top, side, side), 2, fill)
        rounded_box(pen.painter, QRectF(left, top + side + 3, span, 4), 2, kv_fill)


def _feed_forward(pen: Pen, card: ModelCard, inner: QRectF, top: float) -> float:
    facts = card.facts
    translate = QCoreApplication.translate
    if facts.n_expert:
        return _experts(pen, card, inner, top)
    gated = "feed_forward_gate" in card.kinds
    title = translate("ModelCard", "Gated feed-forward") if gated else translate("ModelCard", "Feed-forward")
    amount = _sum(card, "feed_forward_gate", "feed_forward_up", "feed_forward_down")
    place = QRectF(inner.left(), top, inner.width(), 66)
    _fill(pen, place, "feed_forward")
    pen.hint(place, _told(title, amount))
    pen.text(QRectF(place.left() + 12, top + 5, place.width() - 24, 18), title, "fg", "s", MEDIUM)
    widths = f"{whole(facts.n_embd)} → {whole(facts.n_ff)} → {whole(facts.n_embd)}"
    pen.text(QRectF(place.left() + 12, top + 5, place.width() - 24, 18), widths, "fg2", "xs", align=RIGHT)
    share = facts.n_embd / facts.n_ff if facts.n_ff else 1.0
    wide = place.width() - 24
    for row, part in enumerate((share, 1.0, share)):
        bar = QRectF(place.left() + 12, top + 30 + row * 10, wide * min(1.0, part), 7)
        rounded_box(pen.painter, bar, 2, group_color("feed_forward", pen.tokens, 0.8 if row == 1 else 0.5))
    return place.bottom()


def _experts(pen: Pen, card: ModelCard, inner: QRectF, top: float) -> float:
    """A square for each expert; as many filled as work on one token."""
    translate = QCoreApplication.translate
    facts = card.facts
    shown = min(facts.n_expert, MOST_EXPERTS)
    in_row = 16 if shown > 16 else max(1, shown)
    side = min(16.0, (inner.width() - 24) / in_row - 3)
    rows = -(-shown // in_row)
    title = translate("ModelCard", "Mixture of experts")
    place = QRectF(inner.left(), top, inner.width(), 50 + rows * (side + 3) + 8)
    _fill(pen, place, "experts")
    amount = _sum(card, "router", "expert_gate", "expert_up", "expert_down")
    pen.hint(place, _told(title, amount))
    pen.text(QRectF(place.left() + 12, top + 5, place.width() - 24, 18), title, "fg", "s", MEDIUM)
    text = translate("ModelCard", "A router sends each token to {used} of {all} experts")
    used = text.format(used=facts.n_expert_used, all=facts.n_expert)
    pen.text(QRectF(place.left() + 12, top + 24, place.width() - 24, 16), used, "fg2", "xs")
    for number in range(shown):
        column, row = number % in_row, number // in_row
        square = QRectF(place.left() + 12 + column * (side + 3), top + 46 + row * (side + 3), side, side)
        active = number < facts.n_expert_used
        rounded_box(pen.painter, square, 2, group_color("experts", pen.tokens, 0.85 if active else 0.25))
    return place.bottom()


def _frame(pen: Pen, card: ModelCard, place: QRectF) -> None:
    """The repeated part: its outline, how often it stands, and how far its layers see."""
    translate = QCoreApplication.translate
    pen.line(
        [
            place.topLeft(), place.topRight(), place.bottomRight(), place.bottomLeft(), place.topLeft(),
        ],
        "line2",
    )  # fmt: skip
    times = translate("ModelCard", "Layer × {count}").format(count=len(card.layers))
    pen.text(QRectF(place.left() + INSET, place.top() + 6, 160, 18), times, "fg", "s", SEMIBOLD)
    windowed = sum(1 for layer in card.layers if layer.window)
    if windowed:
        text = translate("ModelCard", "{count} with a window of {tokens}")
        note = text.format(count=windowed, tokens=whole(card.facts.sliding_window))
        pen.text(
            QRectF(place.left(), place.top() + 6, place.width() - 16, 18), note, "fg2", "xs", align=RIGHT
        )


def _residual_stream(pen: Pen, place: QRectF, parts: list[tuple[float, float]]) -> None:
    """The line beside the parts (top, bottom): each reads from it below, and is added to it above."""
    x = place.left() + INSET / 2
    inside = place.left() + INSET + (WIDTH - INSET - 16) / 2
    pen.arrow(QPointF(x, place.bottom()), QPointF(x, place.top() + 1), "accent")
    for top, bottom in parts:
        pen.line([QPointF(x, bottom + 9), QPointF(inside, bottom + 9)], "fg3")
        pen.arrow(QPointF(inside, bottom + 9), QPointF(inside, bottom + 1))
        y = top - 12
        pen.line([QPointF(inside, top), QPointF(inside, y), QPointF(x + 8, y)], "fg3")
        pen.box(QRectF(x - 7, y - 7, 14, 14), "bg2", "accent", 7)
        pen.line([QPointF(x - 4, y), QPointF(x + 4, y)], "accent")
        pen.line([QPointF(x, y - 4), QPointF(x, y + 4)], "accent")
    told = QCoreApplication.translate("ModelCard", "Residual stream: each part adds its result")
    pen.hint(QRectF(x - 10, place.top(), 20, place.height()), told)


def _sum(card: ModelCard, *kinds: str) -> Amount:
    total = Amount()
    for kind, amount in card.kinds.items():
        if kind in kinds:
            total = total.plus(amount)
    return total


def _told(name: str, amount: Amount) -> str:
    text = QCoreApplication.translate("ModelCard", "{name}: {parameters} parameters, {bytes}")
    return text.format(name=name, parameters=count(amount.parameters), bytes=size(amount.bytes))
