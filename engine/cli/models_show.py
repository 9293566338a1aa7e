"""`lathe models show`: one model in detail: what it is, whether it fits, what it was made from."""

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from engine.cli import tables
from engine.cli.terminal import write_json, write_line
from engine.library.details import ModelDetails, read_details
from engine.library.entries import ModelEntry
from engine.library.fit import Fit, estimate, free_memory
from engine.library.gpu_memory import gpu_memory
from engine.protocol.values import ContextParams
from engine.store.records import ModelLoad

if TYPE_CHECKING:
    from engine.store.database import Store

Rows = list[tuple[str, str]]


def show(store: "Store", entry: ModelEntry, fields: dict[str, object], *, json_lines: bool) -> None:
    """`fields`: what `list` prints of it. Raises `UserError` model.* for a file that is gone by now."""
    details = read_details(entry, store.home)
    if details.problem is not None:
        raise details.problem.error()
    loads = store.library.loads(entry.path)
    tags = next((each.tags for each in store.library.tags() if each.path == entry.path), ())
    fit = _fit(details)
    if json_lines:
        write_json(fields | _more(details, fit, loads) | {"tags": list(tags)})
        return
    rows = _rows(details)
    if tags:
        rows.append(("tags", ", ".join(tags)))
    if fit is not None:
        rows += _fit_rows(fit)
    if loads:
        rows.append(("last load", _load_text(loads[0])))
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        write_line(f"{label:<{width}}  {value}")
    _print_types(details)
    _print_lineage(details)


def _fit(details: ModelDetails) -> Fit | None:
    if details.facts is None or details.entry.format != "gguf":
        return None
    total, free = gpu_memory()
    if total:
        from engine.backends.llama_cpp.native import supports_gpu  # noqa: PLC0415 - takes a moment

        total, free = (total, free) if supports_gpu() else (0, 0)
    budget = free_memory()._replace(vram_total=total, vram_free=free)
    return estimate(details.facts, ContextParams(), budget)


def _rows(details: ModelDetails) -> Rows:
    entry = details.entry
    rows = [
        ("name", entry.name),
        ("path", entry.path),
        ("format", entry.format),
        ("architecture", entry.architecture or "unknown"),
        ("parameters", f"{entry.parameters:,} ({tables.count(entry.parameters)})"),
        ("size", f"{entry.size_bytes:,} bytes ({tables.size(entry.size_bytes)})"),
        ("quantization", entry.quantization or "unknown"),
        ("bits per weight", f"{entry.bits_per_weight:.2f}"),
        ("context length", f"{entry.context_length:,} tokens" if entry.context_length else "unknown"),
    ]
    if entry.parts > 1:
        rows.append(("files", str(entry.parts)))
    for label, value in (("licence", entry.license), ("repository", entry.repo), ("made for", entry.base)):
        if value:
            rows.append((label, value))
    return rows + _gguf_rows(details)


def _gguf_rows(details: ModelDetails) -> Rows:
    facts = details.facts
    if facts is None or details.entry.format != "gguf":
        return []
    heads, kv_heads = max(facts.heads, default=0), max(facts.kv_heads, default=0)
    rows = [
        ("layers", str(facts.n_layer)),
        ("heads", f"{heads} ({kv_heads} for keys and values)"),
        ("embedding", str(facts.n_embd)),
        ("vocabulary", f"{facts.n_vocab:,} tokens ({facts.tokenizer})"),
        ("chat template", "yes" if facts.template else "no: use --raw, or --template FILE"),
    ]
    if facts.n_expert:
        rows.append(("experts", f"{facts.n_expert} ({facts.n_expert_used} per token)"))
    return rows


def _fit_rows(fit: Fit) -> Rows:
    need, budget = fit.need, fit.budget
    parts = f"weights {tables.size(need.weights)}, KV cache {tables.size(need.kv)}"
    parts += f", compute {tables.size(need.compute)}, process {tables.size(need.runtime)}"
    verdict = "fits" if fit.fits else "does not fit"
    rows = [
        ("memory", f"about {tables.size(need.total)} with a context of {fit.n_ctx:,} tokens ({parts})"),
        ("fits", f"{verdict}: {tables.size(budget.ram_free)} of {tables.size(budget.ram_total)} are free"),
        ("largest context", f"{fit.largest_context:,} tokens" if fit.largest_context else "none fits"),
    ]
    if budget.vram_total:
        rows.append(("GPU layers", f"{fit.gpu_layers} of {fit.layers} fit"))
    return rows


def _load_text(load: ModelLoad) -> str:
    memory = load.memory
    day = datetime.fromtimestamp(load.loaded_ms / 1000).date().isoformat()  # noqa: DTZ006 - the user's day
    predicted, taken = tables.size(memory.predicted), tables.size(memory.taken)
    return f"{day}, {load.n_ctx:,} tokens: predicted {predicted}, took {taken}"


def _print_types(details: ModelDetails) -> None:
    if details.types:
        write_line("")
        rows = [
            (share.type, f"{share.tensors:,}", tables.count(share.values), tables.size(share.nbytes))
            for share in details.types
        ]
        tables.print_table(("TYPE", "TENSORS", "VALUES", "SIZE"), rows, right=(1, 2, 3))


def _print_lineage(details: ModelDetails) -> None:
    if details.lineage:
        write_line("")
        write_line("made by")
    for step in details.lineage:
        settings = ", ".join(f"{name} {value}" for name, value in step.settings.items())
        sources = " + ".join(each.name for each in step.sources)
        write_line(f"  {step.operation} of {sources}{f' ({settings})' if settings else ''}")
    origin = details.origin
    if origin is None:
        return
    said = [("source", origin.source), ("quantized by", origin.quantized_by)]
    said += [("base model", base.label()) for base in origin.bases]
    said.append(("importance matrix", origin.imatrix_file))
    if any(value for _, value in said):
        write_line("")
        write_line("as the file says")
    for label, value in said:
        if value:
            write_line(f"  {label}: {value}")


def _more(details: ModelDetails, fit: Fit | None, loads: list[ModelLoad]) -> dict[str, object]:
    entry, origin = details.entry, details.origin
    more: dict[str, object] = {
        "bits_per_weight": round(entry.bits_per_weight, 4),
        "license": entry.license,
        "repository": entry.repo,
        "base": entry.base,
        "files": entry.parts,
        "template": entry.has_template,
        "tensors": [
            {"type": share.type, "tensors": share.tensors, "values": share.values, "bytes": share.nbytes}
            for share in details.types
        ],
        "lineage": [msgspec.to_builtins(step) for step in details.lineage],
        "origin": None
        if origin is None
        else {
            "source": origin.source,
            "base_models": [base.label() for base in origin.bases],
            "quantized_by": origin.quantized_by,
            "imatrix": origin.imatrix_file,
        },
    }
    if fit is not None:
        more["fit"] = {
            "n_ctx": fit.n_ctx,
            "fits": fit.fits,
            **{f"{name}_bytes": value for name, value in fit.need._asdict().items()},
            "total_bytes": fit.need.total,
            "ram_free_bytes": fit.budget.ram_free,
            "vram_free_bytes": fit.budget.vram_free,
            "gpu_layers": fit.gpu_layers,
            "largest_context": fit.largest_context,
        }
    if loads:
        memory = loads[0].memory
        more["last_load"] = {
            "n_ctx": loads[0].n_ctx,
            "predicted_bytes": memory.predicted,
            "taken_bytes": memory.taken,
            "grown_bytes": memory.grown,
        }
    return more
