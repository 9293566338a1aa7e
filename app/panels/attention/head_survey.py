"""Keeps the statistics of all heads up to date while rows arrive."""

import math

from app.models.inspection_rows import AttentionRows
from app.panels.attention.heads_model import COLUMNS, HeadRow
from engine.inspection.attention_stats import HeadStatistics


class HeadSurvey:
    """Layers can be read apart from each other: each set of layers and heads is counted by itself."""

    def __init__(self) -> None:
        self._counts: dict[tuple[tuple[int, ...], tuple[int, ...]], HeadStatistics] = {}
        self._next = 0
        self._ids: dict[bytes, int] = {}
        self._text: list[int] = []

    def rows(self, rows: AttentionRows, pieces: tuple[bytes, ...]) -> tuple[HeadRow, ...]:
        """Take what is new; the statistics of every head that was read.

        Tokens of the same bytes count as the same token: live, ids of the prompt are not known here.
        """
        fresh = pieces[len(self._text) :]
        added = [self._ids.setdefault(piece, len(self._ids)) for piece in fresh]
        self._text += added
        for statistics in self._counts.values():
            statistics.add_tokens(added)
        for row in rows.since(self._next):
            key = (row.layers, row.heads)
            if key not in self._counts:
                self._counts[key] = HeadStatistics(self._text)
            self._counts[key].add_row(row.weights, row.position)
            self._next = row.position + 1
        listed: dict[tuple[int, int], HeadRow] = {}
        for (layers, heads), statistics in self._counts.items():
            table = statistics.table()
            columns = [getattr(table, column) for column in COLUMNS[1:]]
            for i, layer in enumerate(layers):
                for j, head in enumerate(heads):
                    values = tuple(_known(float(column[i, j])) for column in columns)
                    listed[layer, head] = HeadRow(layer, head, values)
        return tuple(listed[key] for key in sorted(listed))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
