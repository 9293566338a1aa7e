"""The line that says what looking costs."""

from PySide6.QtCore import QCoreApplication

from app.models.inspection_cost import CostLedger, TapScope
from app.widgets.numbers import rate


def cost_line(costs: CostLedger, model: str, scope: TapScope) -> str:
    """Tokens per second with and without, from the last replies; empty before there was one."""
    translate = QCoreApplication.translate
    without = costs.rate(model, "off")
    seen = costs.rate(model, scope if scope != "off" else "all")
    if seen is not None and without is not None:
        text = translate("Attention", "{seen} tok/s with, {without} without")
        return text.format(seen=rate(seen), without=rate(without))
    if seen is not None:
        return translate("Attention", "{seen} tok/s with attention").format(seen=rate(seen))
    if without is not None:
        return translate("Attention", "{without} tok/s without attention").format(without=rate(without))
    return ""
