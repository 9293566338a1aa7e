"""A column that scrolls, at every height around the one at which its bar comes."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.theme.theme import Theme
from app.widgets.scrolling import HeightScroll
from app.widgets.text_label import TextLabel


def test_texts_that_wrap_and_the_bar_come_to_rest(qtbot: QtBot, qapp: QApplication) -> None:
    """The bar changes the width, the width the number of lines, and that whether there is a bar."""
    theme = Theme("dark")
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(16, 8, 16, 8)
    for count in range(2, 30):
        column.addWidget(TextLabel("many words " * count, theme, wrap=True))
    scroll = HeightScroll(content)
    qtbot.addWidget(scroll)
    scroll.show()
    most = content.heightForWidth(288)
    for width in (200, 288, 301):
        for height in range(most // 2, most * 2, 149):
            scroll.resize(width, height)
            qtbot.wait(1)
            bar = scroll.verticalScrollBar()
            over = bar.sizeHint().width() if bar.maximum() else 0
            assert scroll.viewportMargins().right() == -over
            assert not scroll._again.isActive()
