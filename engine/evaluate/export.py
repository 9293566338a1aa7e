"""A comparison as text for other programs: a Markdown table of the models, a CSV of them or of all tokens."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from engine.errors import UserError
from engine.evaluate.comparison import Comparison, read_comparison
from engine.evaluate.texts import BUNDLED_NAME
from engine.output import check_target
from engine.protocol.jobs import ModelCompared

_TOKEN_FIELDS = ("position", "token", "model", "p", "rank", "kl_nats", "flipped", "first_choice", "p_first")
_HEAD = (
    "Model",
    "Size MiB",
    "Bits",
    "Perplexity",
    "KL mean",
    "KL median",
    "KL 99 %",
    "KL max",
    "Same top",
    "Load s",
    "Memory MiB",
    "Input tok/s",
    "Output tok/s",
)
_WORST = 10
_CONTEXT = 8


def models_markdown(models: Sequence[ModelCompared]) -> str:
    """The figures that people compare."""
    lines = [
        f"| {' | '.join(_HEAD)} |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in models:
        cells = (
            _cell(one.model),
            f"{one.size_bytes / 2**20:.1f}",
            f"{one.bits_per_weight:.2f}",
            f"{one.perplexity:.4f} ± {one.perplexity_error:.4f}",
            f"{one.kl_mean:.5f} ± {one.kl_error:.5f}",
            f"{one.kl_median:.5f}",
            f"{one.kl_p99:.4f}",
            f"{one.kl_max:.4f}",
            f"{one.top1_agreement:.2%}",
            f"{one.load_ms / 1000:.2f}",
            f"{one.rss_bytes / 2**20:.0f}",
            f"{one.input_tps:.0f}",
            f"{one.output_tps:.1f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def comparison_markdown(comparison: Comparison) -> str:
    """The table, what it was measured on, and the worst tokens of each model."""
    about = comparison.about
    text = "the bundled text" if about.text == BUNDLED_NAME else about.text or "a text"
    scored, tokens = about.scored or comparison.places, about.tokens or len(comparison.texts)
    words = (
        f"{scored} of {tokens} tokens of {text} scored, in chunks of {about.n_ctx or '?'}. "
        f"KL divergence in nats, each model against {_cell(comparison.models[0])}.\n"
    )
    parts = ["# Comparison\n", words, models_markdown(comparison.summary)]
    for number, name in enumerate(comparison.models[1:], 1):
        parts.append(f"## Where {_cell(name)} differs most\n")
        parts.append(_worst_table(comparison, number))
    return "\n".join(parts)


def models_csv(models: Sequence[ModelCompared]) -> str:
    """RFC 4180 with a header; a model a line, every field that was measured."""
    out = io.StringIO()
    writer = csv.writer(out)
    fields = ModelCompared.__struct_fields__
    writer.writerow(fields)
    for one in models:
        writer.writerow([_safe(str(getattr(one, field))) for field in fields])
    return out.getvalue()


def tokens_csv(comparison: Comparison) -> str:
    """Every scored token, a line for each model."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_TOKEN_FIELDS)
    for place, position in enumerate(comparison.positions.tolist()):
        token = _safe(comparison.texts[position])
        for one in comparison.opinions(place):
            first = one.candidates[0]
            figures = (f"{one.p:.6g}", one.rank, f"{one.kl:.6g}", int(one.flipped))
            writer.writerow(
                (position, token, _safe(one.model), *figures, _safe(first.text), f"{first.p:.6g}")
            )
    return out.getvalue()


def check_export(target: Path) -> str:
    """The kind of file that a name asks for. Raises `UserError` compare.export, output.no_folder."""
    kind = target.suffix.lower()
    if kind not in (".md", ".csv"):
        raise UserError("compare.export", path=target)
    check_target(target)
    return kind


def export_comparison(source: Path, target: Path, *, tokens: bool = False) -> None:
    """Write what a comparison's file holds as `.md` or `.csv`; `tokens`: every token instead of the models.

    Raises `UserError` compare.unreadable, output.unwritable, compare.export.
    """
    kind = check_export(target)
    comparison = read_comparison(source)
    if kind == ".md":
        text = comparison_markdown(comparison)
    else:
        text = tokens_csv(comparison) if tokens else models_csv(comparison.summary)
    try:
        target.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UserError("output.unwritable", path=target, reason=error.strerror or str(error)) from error


def _worst_table(comparison: Comparison, model: int) -> str:
    lines = ["| KL | Text before | Came | p reference | p here | Said here |", "|---:|---|---|---:|---:|---|"]
    for place in comparison.worst(model, _WORST):
        position = int(comparison.positions[place])
        opinions = comparison.opinions(place)
        here, reference = opinions[model], opinions[0]
        cells = (
            f"{here.kl:.3f}",
            _code(comparison.text_of(position - _CONTEXT, position)),
            _code(comparison.texts[position]),
            f"{reference.p:.3f}",
            f"{here.p:.3f}",
            f"{_code(here.candidates[0].text)} {here.candidates[0].p:.2f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    """A spreadsheet must not take a token for a formula."""
    return (
        f"'{text}"
        if (text[:1] and text[:1] in "=+@\t\r") or (text[:1] == "-" and not _number(text))
        else text
    )


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _code(text: str) -> str:
    """As it is, in a cell of a table."""
    shown = text.replace("\n", "⏎").replace("`", "'").replace("|", "\\|")
    return f"`{shown}`" if shown.strip() else f"`{shown.replace(' ', '␣')}`"
