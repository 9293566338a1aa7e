"""The figures of the card: facts, where the bytes are, which types they have, how the layers differ."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF

from app.panels.model_card.groups import by_group, group_color, group_name, group_of, kind_name
from app.panels.model_card.pen import CENTRE, MEDIUM, RIGHT, SEMIBOLD, Pen
from app.panels.model_card.treemap import squarify
from app.widgets.numbers import count, decimal, size, whole
from app.widgets.painting import color, rounded_box
from engine.inspection.model_card import Amount, ModelCard
from engine.library.kv_cache import kv_bytes

FACT_ROW = 22.0
HEADING = 26.0
TYPE_ROW = 26.0
STRIP = 96.0


def facts_of(card: ModelCard) -> list[tuple[str, str]]:
    """What the file says, in pairs for people; what it does not say is left out."""
    translate = QCoreApplication.translate
    facts = card.facts
    rope = whole(round(facts.rope_freq_base)) if facts.rope_freq_base else ""
    scaling = facts.rope_scaling
    if scaling and card.rope_scaling_factor:
        scaling = f"{scaling} × {card.rope_scaling_factor:g}"
    window = ""
    if facts.sliding_window and any(facts.window_layers):
        text = translate("ModelCard", "{tokens} tokens in {layers} of {all} layers")
        window = text.format(
            tokens=whole(facts.sliding_window), layers=sum(facts.window_layers), all=facts.n_layer
        )
    active = "" if card.active_parameters == card.total.parameters else count(card.active_parameters)
    rows = [
        (translate("ModelCard", "Architecture"), facts.architecture),
        (translate("ModelCard", "Parameters"), whole(card.total.parameters)),
        (translate("ModelCard", "Active for each token"), active),
        (translate("ModelCard", "File size"), size(card.size_bytes)),
        (translate("ModelCard", "Quantization"), facts.quantization),
        (translate("ModelCard", "Bits per weight"), decimal(card.total.bits_per_weight, 2)),
        (translate("ModelCard", "Layers"), _positive(facts.n_layer)),
        (translate("ModelCard", "Width"), _positive(facts.n_embd)),
        (translate("ModelCard", "Vocabulary"), _positive(facts.n_vocab)),
        (translate("ModelCard", "Tokenizer"), facts.tokenizer),
        (translate("ModelCard", "Trained context"), _positive(facts.context_length)),
        (translate("ModelCard", "Sliding window"), window),
        (translate("ModelCard", "RoPE base"), rope),
        (translate("ModelCard", "RoPE dimensions"), _positive(card.rope_dimensions)),
        (translate("ModelCard", "RoPE scaling"), scaling),
        (translate("ModelCard", "Norm epsilon"), f"{card.epsilon:.0e}" if card.epsilon else ""),
        (translate("ModelCard", "KV cache per token"), _bytes(card.kv_bytes_per_token)),
        (translate("ModelCard", "KV cache at full length"), _bytes(_full_cache(card))),
        (translate("ModelCard", "Licence"), facts.license),
    ]
    return [(name, value) for name, value in rows if value]


def draw_facts(pen: Pen, card: ModelCard, left: float, top: float, width: float) -> float:
    """Names left, values right; the height that was used."""
    rows = facts_of(card)
    for row, (name, value) in enumerate(rows):
        place = QRectF(left, top + row * FACT_ROW, width, FACT_ROW)
        pen.text(place, name, "fg2")
        room = pen.width_of(name) + 12
        pen.text(place.adjusted(room, 0, 0, 0), value, "fg", "s", MEDIUM, RIGHT)
        pen.painter.fillRect(QRectF(left, place.bottom() - 1, width, 1), color(pen.tokens, "line"))
    return len(rows) * FACT_ROW


def draw_treemap(pen: Pen, card: ModelCard, place: QRectF) -> None:
    """Bytes by kind of tensor, the largest first."""
    heading(
        pen, QCoreApplication.translate("ModelCard", "Where the bytes are"), place, size(card.total.bytes)
    )
    room = place.adjusted(0, HEADING, 0, 0)
    by_kind = sorted(card.kinds.items(), key=lambda item: -item[1].bytes)
    places = squarify([amount.bytes for _, amount in by_kind], room.width(), room.height())
    for (kind, amount), at in zip(by_kind, places, strict=True):
        cell = QRectF(room.left() + at.left, room.top() + at.top, at.width - 2, at.height - 2)
        if cell.width() < 2 or cell.height() < 2:
            continue
        strength = 0.42 if pen.tokens.dark else 0.22
        rounded_box(pen.painter, cell, 3, group_color(group_of(kind), pen.tokens, strength))
        name, share = kind_name(kind), amount.bytes / max(card.total.bytes, 1)
        if cell.width() > 48 and cell.height() > 20:
            inside = QRectF(cell.left() + 7, cell.top() + 4, cell.width() - 12, 16)
            pen.text(inside, name, "fg", "xs", MEDIUM)
        if cell.width() > 48 and cell.height() > 38:
            inside = QRectF(cell.left() + 7, cell.top() + 20, cell.width() - 12, 16)
            pen.text(inside, f"{share * 100:.1f} %", "fg", "xs")
        pen.hint(cell, _told(name, amount, share))


def draw_types(pen: Pen, card: ModelCard, left: float, top: float, width: float) -> float:
    """A bar for each quantization type."""
    title = QCoreApplication.translate("ModelCard", "How they are stored")
    heading(pen, title, QRectF(left, top, width, 0), "")
    most = max((amount.bytes for amount in card.types.values()), default=1) or 1
    y = top + HEADING
    for name, amount in card.types.items():
        pen.text(QRectF(left, y, 70, TYPE_ROW), name, "fg", "s", mono=True)
        value = f"{size(amount.bytes)} · {decimal(amount.bits_per_weight, 2)} b/w"
        pen.text(QRectF(left, y, width, TYPE_ROW), value, "fg2", "xs", align=RIGHT)
        room = max(20.0, width - 70 - 148)
        bar = QRectF(left + 70, y + 8, room, TYPE_ROW - 16)
        pen.box(bar, "track", radius=3)
        filled = QRectF(bar.left(), bar.top(), max(3.0, room * amount.bytes / most), bar.height())
        pen.box(filled, "accent", radius=3)
        pen.hint(
            QRectF(left, y, width, TYPE_ROW), _told(name, amount, amount.bytes / max(card.total.bytes, 1))
        )
        y += TYPE_ROW
    return y - top


def draw_layers(pen: Pen, card: ModelCard, place: QRectF) -> None:
    """A column for each layer: bytes by group; layers with a window carry a mark."""
    translate = QCoreApplication.translate
    layers = card.layers
    if not layers:
        return
    heading(pen, translate("ModelCard", "Layer by layer"), place, translate("ModelCard", "bytes"))
    room = place.adjusted(0, HEADING, 0, -16)
    most = max(layer.amount.bytes for layer in layers) or 1
    wide = room.width() / len(layers)
    gap = 2.0 if wide > 6 else 0.5 if wide > 2 else 0.0
    strength = 0.75 if pen.tokens.dark else 0.6
    every = max(1, -(-28 // max(1, int(wide))))
    for index, layer in enumerate(layers):
        left = room.left() + index * wide
        y = room.bottom()
        for group, amount in by_group(layer.kinds).items():
            height = room.height() * amount.bytes / most
            box = QRectF(left, y - height, wide - gap, height)
            pen.painter.fillRect(box, group_color(group, pen.tokens, strength))
            y -= height
        told = translate("ModelCard", "Layer {number}: {parameters} parameters, {bytes}").format(
            number=layer.number, parameters=count(layer.amount.parameters), bytes=size(layer.amount.bytes)
        )
        pen.hint(QRectF(left, room.top(), wide, room.height()), told)
        if layer.window:
            pen.painter.fillRect(
                QRectF(left, room.bottom() + 1, wide - gap, 2), group_color("experts", pen.tokens)
            )
        if index % every == 0:
            number = QRectF(left - 10, room.bottom() + 2, wide + 20, 14)
            pen.text(number, str(layer.number), "fg3", "xs", align=CENTRE)


def draw_legend(pen: Pen, groups: Sequence[str], left: float, top: float) -> None:
    """What the colours mean."""
    x = left
    for group in groups:
        name = group_name(group)
        rounded_box(pen.painter, QRectF(x, top + 4, 8, 8), 2, group_color(group, pen.tokens))
        wide = pen.width_of(name, "xs", MEDIUM)
        pen.text(QRectF(x + 13, top, wide + 4, 16), name, "fg3", "xs", MEDIUM)
        x += wide + 30


def heading(pen: Pen, title: str, place: QRectF, note: str) -> None:
    """A title over a figure."""
    row = QRectF(place.left(), place.top(), place.width(), 18)
    pen.text(row, title, "fg2", "s", SEMIBOLD)
    pen.text(row, note, "fg3", "xs", align=RIGHT)


def _positive(number: int) -> str:
    return whole(number) if number else ""


def _bytes(number: int) -> str:
    return size(number) if number else ""


def _full_cache(card: ModelCard) -> int:
    return kv_bytes(card.facts, card.facts.context_length) if card.facts.context_length else 0


def _told(name: str, amount: Amount, share: float) -> str:
    text = QCoreApplication.translate("ModelCard", "{name}: {parameters} parameters, {bytes}, {share} %")
    return text.format(
        name=name,
        parameters=count(amount.parameters),
        bytes=size(amount.bytes),
        share=decimal(share * 100, 1),
    )
