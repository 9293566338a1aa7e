"""The lab's figures for other programs. No Qt; call it off the GUI thread."""

import csv
import io

from app.panels.quantization_lab.values import LabView

FIELDS = (
    "tensor",
    "method",
    "bits",
    "levels",
    "symmetric",
    "granularity",
    "group_size",
    "input_bits",
    "bits_per_weight",
    "output_error",
    "weights_only_error",
    "fitted_error",
    "weight_error",
    "exact_inputs",
    "strength",
    "seconds",
)


def to_csv(view: LabView) -> str:
    """RFC 4180 with a header; one method a line, the best first."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    job, scheme = view.job, view.job.scheme
    settings = (
        scheme.bits,
        scheme.levels,
        scheme.symmetric,
        scheme.granularity,
        scheme.group_size if scheme.granularity == "group" else "",
        job.input_bits,
    )
    for method in sorted(view.methods.values(), key=lambda one: one.measure.output_error):
        one = method.measure
        figures = (
            one.bits_per_weight,
            one.output_error,
            one.weights_only_error,
            one.fitted_error,
            one.weight_error,
        )
        strength = "" if one.strength < 0 else f"{one.strength:g}"
        writer.writerow(
            (
                view.tensor.name,
                one.method,
                *settings,
                *(f"{value:.6g}" for value in figures),
                one.exact_inputs,
                strength,
                f"{one.seconds:.3f}",
            )
        )
    return out.getvalue()
