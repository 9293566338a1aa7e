"""The table of the models: what each column says."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.widgets.numbers import bound, decimal, milliseconds, number_locale, rate, size
from app.widgets.row_table import TableColumn
from engine.protocol.jobs import ModelCompared

WIDTHS = {1: 76, 2: 56, 3: 112, 4: 116, 5: 80, 6: 66, 7: 64, 8: 72, 9: 66, 10: 76, 11: 60, 12: 64}

NAME_ROOM = 150
"""Least width of the names."""
_SPARED_FIRST = (5, 9, 7, 2, 11, 10, 12)
"""Columns that narrow windows leave out, one after the other; files that are exported have all of them."""


def left_out(width: int) -> frozenset[int]:
    """Which columns have no room in a table of that width."""
    needed = NAME_ROOM + sum(WIDTHS.values())
    spared: set[int] = set()
    for column in _SPARED_FIRST:
        if needed <= width:
            break
        spared.add(column)
        needed -= WIDTHS[column]
    return frozenset(spared)


def figure(value: float) -> str:
    """Three digits that count; small divergences keep their size."""
    if value == 0:
        return "0"
    return decimal(value, 4) if value >= 0.01 else number_locale().toString(value, "g", 2)


def columns(models: Sequence[ModelCompared]) -> list[TableColumn[ModelCompared]]:
    """Bars compare the models that are shown."""
    largest = max((one.kl_mean for one in models), default=0.0) or 1.0
    heaviest = max((one.size_bytes for one in models), default=0) or 1

    def perplexity(one: ModelCompared) -> str:
        return f"{decimal(one.perplexity, 3)} ± {decimal(one.perplexity_error, 2)}"

    def kl(one: ModelCompared) -> str:
        if one is models[0]:
            return QCoreApplication.translate("CompareTable", "reference")
        return f"{decimal(one.kl_mean, 4)} ± {decimal(one.kl_error, 4)}"

    def against(value: float, one: ModelCompared) -> str:
        return "–" if one is models[0] else figure(value)

    def agreement(one: ModelCompared) -> str:
        return "–" if one is models[0] else f"{decimal(100 * one.top1_agreement, 1)} %"

    return [
        TableColumn(QCoreApplication.translate("CompareTable", "Model"), lambda one: one.model),
        TableColumn(
            QCoreApplication.translate("CompareTable", "Size"),
            lambda one: size(one.size_bytes),
            True,
            lambda one: one.size_bytes / heaviest,
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "Bits"),
            lambda one: decimal(one.bits_per_weight, 2),
            True,
            tip=QCoreApplication.translate("CompareTable", "Bits for each weight, on average"),
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "Perplexity"),
            perplexity,
            True,
            tip=QCoreApplication.translate(
                "CompareTable", "exp of the mean surprise at the text’s tokens, with its standard error"
            ),
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "KL mean"),
            kl,
            True,
            lambda one: one.kl_mean / largest,
            QCoreApplication.translate(
                "CompareTable", "Kullback-Leibler divergence from the reference, in nats: 0 is no difference"
            ),
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "KL median"),
            lambda one: against(one.kl_median, one),
            True,
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "KL 99 %"),
            lambda one: against(one.kl_p99, one),
            True,
            tip=QCoreApplication.translate(
                "CompareTable", "One token in a hundred differs by more than this"
            ),
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "KL max"), lambda one: against(one.kl_max, one), True
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "Same top"),
            agreement,
            True,
            tip=QCoreApplication.translate(
                "CompareTable", "How often its first choice is that of the reference"
            ),
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "Load"), lambda one: _load_time(one.load_ms), True
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "Memory"),
            lambda one: size(one.rss_bytes),
            True,
            tip=QCoreApplication.translate(
                "CompareTable", "What the process had in memory, the text’s figures included"
            ),
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "Input"),
            lambda one: rate(one.input_tps),
            True,
            tip=QCoreApplication.translate("CompareTable", "Tokens a second, reading"),
        ),
        TableColumn(
            QCoreApplication.translate("CompareTable", "Output"),
            lambda one: rate(one.output_tps),
            True,
            tip=QCoreApplication.translate("CompareTable", "Tokens a second, writing"),
        ),
    ]


def _load_time(value: float) -> str:
    """In five characters: the column has no room for thousands."""
    if value < 1000:
        return milliseconds(value)
    return bound(QCoreApplication.translate("Numbers", "{value} s").format(value=decimal(value / 1000, 1)))
