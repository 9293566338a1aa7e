"""Texts can be read where they stand: their colour against the pixels around them, in both themes."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.app.access.conftest import PAGES, Start, Walk, visible
from tests.support.contrast import contrast

LEAST = 4.5


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_texts_stand_out_from_their_surface(program: Start, qtbot: QtBot, theme: str) -> None:
    walk = Walk(program("--fake-model", "--theme", theme), qtbot, pause_ms=20)
    walk.say("Why is the sky blue?")
    faint: dict[str, str] = {}
    looked_at = 0
    for page in PAGES:
        for where in walk.page(page):
            picture = walk.window.grab().toImage()
            for label in labels(walk):
                looked_at += 1
                ratio = contrast(ink(label), surface(label, picture).name())
                if ratio < LEAST:
                    faint.setdefault(
                        f"{label.text()!r} in {type(label.parentWidget()).__name__}",
                        f"{ratio:.1f} at {where}",
                    )
    assert looked_at > 400
    assert faint == {}, "\n".join(f"{text}: {found}" for text, found in sorted(faint.items()))


def labels(walk: Walk) -> list[QLabel]:
    """With text that can be seen whole, and is not greyed out."""
    return [
        child
        for child in visible(walk.window)
        if isinstance(child, QLabel)
        and child.text()
        and child.isEnabled()
        and child.visibleRegion().boundingRect() == child.rect()
    ]


def ink(label: QLabel) -> str:
    return label.palette().color(label.foregroundRole()).name()


def surface(label: QLabel, picture: QImage) -> QColor:
    """Around the letters: the colour that most points of the label's edge have."""
    rect, step = label.rect(), 7
    edge = [QPoint(x, y) for x in range(0, rect.width(), step) for y in (0, rect.bottom())]
    edge += [QPoint(x, y) for y in range(0, rect.height(), step) for x in (0, rect.right())]
    ratio = picture.devicePixelRatio()
    seen = Counter(picture.pixelColor(label.mapTo(label.window(), place) * ratio).rgb() for place in edge)
    return QColor(seen.most_common(1)[0][0])
