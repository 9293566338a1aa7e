"""Formulas typeset by ziamath beside the GUI thread, kept as SVG.

A formula does not know the theme: it is typeset once in a placeholder colour and tinted when painted.
Sizes are for prose of 14 pixels; the painter scales them, so zoom needs no second typesetting.
"""

import re
import threading
import warnings
from collections import OrderedDict, deque
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

INLINE_PX = 15.5
DISPLAY_PX = 18.5
MAX_SOURCE = 4000  # characters; more is no formula to read
MAX_FORMULAS = 2000
MAX_PIXMAPS = 300
_PLACEHOLDER = "#010203"
_VIEW_BOX = re.compile(r'viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Formula:
    """A typeset formula: SVG and box around its baseline, in pixels beside prose of 14 pixels."""

    key: tuple[str, bool]
    svg: str
    width: float
    ascent: float
    descent: float


def typeset(tex: str, *, display: bool) -> Formula | None:
    """Typeset one formula (12 to 70 ms). None where ziamath cannot read the source."""
    if not tex.strip() or len(tex) > MAX_SOURCE:
        return None
    try:
        size = DISPLAY_PX if display else INLINE_PX
        svg: str = _typesetter().Latex(tex, size=size, color=_PLACEHOLDER, inline=not display).svg()
    except Exception:  # noqa: BLE001 - whatever a hostile source does, its text is shown instead
        return None
    match = _VIEW_BOX.search(svg)
    if match is None:
        return None
    _, top, width, height = (float(value) for value in match.groups())
    if not 0 < width < 20_000 or not 0 < height < 20_000:
        return None
    return Formula((tex, display), svg, width, -top, height + top)


@cache
def _typesetter() -> Any:
    with warnings.catch_warnings():  # the library reads its fonts through an interface that is deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath  # noqa: PLC0415 - 150 ms, and most chats have no formula
    ziamath.config.svg2 = False  # QtSvg knows SVG 1.2 Tiny
    return ziamath


class FormulaCache(QObject):
    """Formulas by source. `get` never waits: what is missing is queued and announced by `ready`."""

    ready = Signal()
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[tuple[str, bool], Formula | None] = OrderedDict()
        self._pending: set[tuple[str, bool]] = set()
        self._pixmaps: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self._lock = threading.Lock()  # of the next two
        self._wanted: deque[tuple[str, bool]] = deque()
        self._thread: threading.Thread | None = None
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    def get(self, tex: str, *, display: bool) -> Formula | None:
        """The formula, or None while it is being typeset and where it cannot be."""
        key = (tex, display)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if key not in self._pending:
            self._pending.add(key)
            self._request(key)
        return None

    def is_pending(self, tex: str, *, display: bool) -> bool:
        """Whether the answer of `get` is not final."""
        return (tex, display) in self._pending

    def close(self) -> None:
        """Forget what is queued and wait for the formula at hand."""
        with self._lock:
            self._wanted.clear()
            thread = self._thread
        if thread is not None:
            thread.join(timeout=5)

    def paint(self, painter: QPainter, formula: Formula, box: QRectF, color: QColor) -> None:
        """Paint into `box`, sharp at the device's pixel ratio."""
        ratio = painter.device().devicePixelRatio()
        width, height = max(1, round(box.width() * ratio)), max(1, round(box.height() * ratio))
        key = (formula.key, color.rgb(), width, height)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = _render(formula.svg.replace(_PLACEHOLDER, color.name()), width, height)
            self._pixmaps[key] = pixmap
            while len(self._pixmaps) > MAX_PIXMAPS:
                self._pixmaps.popitem(last=False)
        painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))

    def _request(self, key: tuple[str, bool]) -> None:
        with self._lock:
            self._wanted.append(key)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="formulas", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        """Typeset until nothing is wanted: the thread lives for one burst of formulas."""
        while True:
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    return
                key = self._wanted.popleft()
            formula = typeset(key[0], display=key[1])
            try:
                self._done.emit(key, formula)
            except RuntimeError:  # the view is gone
                return

    def _take(self, key: tuple[str, bool], formula: Formula | None) -> None:
        self._pending.discard(key)
        self._known[key] = formula
        while len(self._known) > MAX_FORMULAS:
            self._known.popitem(last=False)
        self.ready.emit()


def _render(svg: str, width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    return pixmap
