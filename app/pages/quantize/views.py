"""The tabs of the page Quantize, in their order.

To add one: a widget in `app/panels/<name>/`, a factory that takes `FilePanelParts`, and a line in `VIEWS`. A
factory imports its panel when it is called, so that a tab that nobody opens costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.panels.file_panel_parts import FilePanelParts


@dataclass(frozen=True)
class FileViewEntry:
    """A tab before its panel exists. A panel with a method `corner() -> QWidget` has that widget shown beside
    the tabs while it is in front; one with `set_models(paths: Sequence[str])` can be told what to work on.
    """

    id: str
    title: Callable[[], str]
    make: Callable[[FilePanelParts], QWidget]


def _quantize_title() -> str:
    return QCoreApplication.translate("FileViews", "Quantize")


def _quantize(parts: FilePanelParts) -> QWidget:
    from app.panels.quantize.panel import QuantizePanel  # noqa: PLC0415

    return QuantizePanel(parts)


def _convert_title() -> str:
    return QCoreApplication.translate("FileViews", "Convert")


def _convert(parts: FilePanelParts) -> QWidget:
    from app.panels.convert.panel import ConvertPanel  # noqa: PLC0415

    return ConvertPanel(parts)


def _lab_title() -> str:
    return QCoreApplication.translate("FileViews", "Lab")


def _lab(parts: FilePanelParts) -> QWidget:
    from app.panels.quantization_lab.panel import LabPanel  # noqa: PLC0415

    return LabPanel(parts)


def _compare_title() -> str:
    return QCoreApplication.translate("FileViews", "Compare")


def _compare(parts: FilePanelParts) -> QWidget:
    from app.panels.compare.panel import ComparePanel  # noqa: PLC0415 - brings numpy

    return ComparePanel(parts)


def _sensitivity_title() -> str:
    return QCoreApplication.translate("FileViews", "Sensitivity")


def _sensitivity(parts: FilePanelParts) -> QWidget:
    from app.panels.sensitivity.panel import SensitivityPanel  # noqa: PLC0415

    return SensitivityPanel(parts)


VIEWS: tuple[FileViewEntry, ...] = (
    FileViewEntry("quantize", _quantize_title, _quantize),
    FileViewEntry("compare", _compare_title, _compare),
    FileViewEntry("sensitivity", _sensitivity_title, _sensitivity),
    FileViewEntry("convert", _convert_title, _convert),
    FileViewEntry("lab", _lab_title, _lab),
)
