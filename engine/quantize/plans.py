"""What a model would become in each of several types."""

from collections.abc import Callable

from engine.errors import UserError
from engine.protocol.jobs import JobEvent, JobStep, PlansJob, QuantizeJob, TypePlanned, TypesPlanned
from engine.quantize.job import prepare


def run_plans(job: PlansJob, tell: Callable[[JobEvent], None]) -> TypesPlanned:
    """Tells a `TypePlanned` for each type, in their order. Raises `UserError` model.*, quantize.*,
    imatrix.*.
    """
    result = TypesPlanned((), (), ())
    for index, name in enumerate(job.type_names):
        one = QuantizeJob(job.source, "", name, job.imatrix, job.overrides, plan_only=True)
        try:
            prepared = prepare(one, lambda _notice: None)
        except UserError as error:
            if error.code != "quantize.failed":
                raise
            tell(TypePlanned(name, 0, 0.0, False, (), problem=error.params["reason"]))
            continue
        plan = prepared.plan
        fallen = [tensor for tensor in plan.tensors if tensor.fallback_from]
        pairs = sorted({(tensor.fallback_from, tensor.after) for tensor in fallen})
        tell(
            TypePlanned(
                type_name=name,
                size_bytes=plan.size_bytes,
                bits_per_weight=plan.bits_per_weight,
                needs_imatrix=prepared.needs_imatrix,
                after=tuple(tensor.after for tensor in plan.tensors),
                fallbacks=len(fallen),
                changes=", ".join(f"{wanted} → {after}" for wanted, after in pairs),
            )
        )
        tell(JobStep((index + 1) / len(job.type_names), name))
        result = TypesPlanned(
            tuple(tensor.name for tensor in plan.tensors),
            tuple(tensor.shape for tensor in plan.tensors),
            tuple(tensor.before for tensor in plan.tensors),
        )
    return result
