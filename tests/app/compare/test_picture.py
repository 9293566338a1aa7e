"""The picture of a comparison that people save."""

from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.panels.compare.picture import MARGIN, WIDTH, column_widths


def test_no_cell_reaches_into_the_next_one(qapp: QApplication) -> None:
    cells = [
        ["Model", "A-model-with-a-name-that-is-longer-than-any-column-could-be-in-this-table-Q4_K_M"],
        ["Size", "258.3 MiB"],
        ["Perplexity", "16.425 ± 1.00"],
        ["KL mean", "0.0028 ± 0.0001"],
        *([f"KL {number}", "0.0021"] for number in range(7)),
        ["Load", "1,055 ms"],
    ]
    font = QFont()
    widths = column_widths(cells, font, font)
    metrics = QFontMetricsF(font)
    assert sum(widths) <= WIDTH - 2 * MARGIN + 0.01
    assert widths[0] >= 140
    for width, texts in zip(widths[1:], cells[1:], strict=True):
        assert width >= max(map(metrics.horizontalAdvance, texts)) + 4
