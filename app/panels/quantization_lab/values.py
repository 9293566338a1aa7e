"""A result of the lab as the plots want it: plain lists and bytes, computed off the GUI thread."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.protocol.lab import LabJob, LabMeasure, LabMethod

if TYPE_CHECKING:
    from engine.lab.results import LabResult
    from engine.lab.tensors import LayerTensor

MOST_BARS = 512
_QUANTILE = 0.995


@dataclass(frozen=True)
class Histogram:
    """Counts over [low, high] in even steps."""

    low: float
    high: float
    counts: tuple[float, ...]


@dataclass(frozen=True)
class ErrorMap:
    """One byte a cell, 0 to 255 of `top`; rows are outputs. `first` and `last` are places in the matrix."""

    data: bytes
    rows: int
    columns: int
    top: float
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True)
class InputBars:
    """Largest magnitudes of inputs, neighbours together where there are many. `outliers` reach the threshold,
    `exact` ones stay in 16 bits. `scales` is empty for methods that balance nothing.
    """

    largest: tuple[float, ...]
    mean: tuple[float, ...]
    scales: tuple[float, ...]
    outliers: tuple[bool, ...]
    exact: tuple[bool, ...]
    inputs: int


@dataclass(frozen=True)
class MethodView:
    """What the plots show of one method. `channels`: errors of outputs, largest first."""

    measure: LabMeasure
    weights: Histogram
    inputs: Histogram
    whole: ErrorMap
    region: ErrorMap
    bars: InputBars
    channels: tuple[float, ...]
    worst_channel: int


@dataclass(frozen=True)
class LabView:
    """A whole result. `levels` are those of one block, `block_place`: channel, first and last input."""

    job: LabJob
    tensor: "LayerTensor"
    weights: Histogram
    inputs: Histogram
    block: Histogram
    levels: tuple[float, ...]
    block_place: tuple[int, int, int]
    methods: dict[LabMethod, MethodView]
    path: str


def read_view(path: str) -> LabView:
    """Raises `UserError` lab.no_result. Reads a file and computes: not on the GUI thread."""
    from engine.lab.results import read_result  # noqa: PLC0415 - brings numpy

    return view_of(read_result(Path(path)), path)


def view_of(result: "LabResult", path: str) -> LabView:
    """From the arrays of a result."""
    arrays = result.arrays
    row, start, stop = (int(value) for value in arrays["levels_place"])
    tops = {kind: _top(result, kind) for kind in ("map", "region")}
    return LabView(
        job=result.job,
        tensor=result.tensor,
        weights=_histogram(arrays["weight_edges"], arrays["weights"]),
        inputs=_histogram(arrays["input_edges"], arrays["inputs"]),
        block=_histogram(arrays["block_edges"], arrays["block"]),
        levels=tuple(arrays["levels"].tolist()),
        block_place=(row, start, stop - 1),
        methods={one.method: _method(result, one, tops) for one in result.measures},
        path=path,
    )


def _method(result: "LabResult", measure: LabMeasure, tops: dict[str, float]) -> MethodView:
    import numpy as np  # noqa: PLC0415

    arrays, name = result.arrays, measure.method
    channels = arrays[f"{name}.channels"]
    top, left, rows, columns = (int(value) for value in arrays["window"])
    whole = (result.tensor.outputs - 1, result.tensor.inputs - 1)
    return MethodView(
        measure=measure,
        weights=_histogram(arrays["weight_edges"], arrays[f"{name}.weights"]),
        inputs=_histogram(arrays["input_edges"], arrays[f"{name}.inputs"]),
        whole=_map(arrays[f"{name}.map"], tops["map"], (0, 0), whole),
        region=_map(
            arrays[f"{name}.region"], tops["region"], (top, left), (top + rows - 1, left + columns - 1)
        ),
        bars=_bars(result, name),
        channels=tuple(_grouped(np.sort(channels)[::-1]).tolist()),
        worst_channel=int(channels.argmax()),
    )


def _histogram(edges: Any, counts: Any) -> Histogram:
    return Histogram(float(edges[0]), float(edges[-1]), tuple(counts.tolist()))


def _top(result: "LabResult", kind: str) -> float:
    """One scale for all methods, so that darker means worse across them; a few cells may be beyond it."""
    import numpy as np  # noqa: PLC0415

    values = [result.arrays[f"{one.method}.{kind}"].reshape(-1) for one in result.measures]
    return float(np.quantile(np.concatenate(values), _QUANTILE)) or 1.0


def _map(values: Any, top: float, first: tuple[int, int], last: tuple[int, int]) -> ErrorMap:
    import numpy as np  # noqa: PLC0415

    levels = np.clip(values / top * 255, 0, 255).astype(np.uint8)
    rows, columns = levels.shape
    return ErrorMap(levels.tobytes(), rows, columns, top, first, last)


def _bars(result: "LabResult", name: str) -> InputBars:
    import numpy as np  # noqa: PLC0415

    arrays = result.arrays
    scales, exact = arrays.get(f"{name}.scales"), arrays.get(f"{name}.exact")
    largest = arrays["input_largest"]
    none = np.zeros(len(largest), np.bool_)
    return InputBars(
        largest=tuple(_grouped(largest).tolist()),
        mean=tuple(_grouped(arrays["input_mean"]).tolist()),
        scales=tuple(_grouped(scales).tolist()) if scales is not None else (),
        outliers=tuple(_grouped(largest >= result.job.threshold).tolist()),
        exact=tuple(_grouped(none if exact is None else exact).tolist()),
        inputs=len(largest),
    )


def _grouped(values: Any) -> Any:
    """The largest of neighbours, at most `MOST_BARS` of them."""
    import numpy as np  # noqa: PLC0415

    if len(values) <= MOST_BARS:
        return values
    starts = np.linspace(0, len(values), MOST_BARS, endpoint=False).astype(np.intp)
    return np.maximum.reduceat(values, starts)
