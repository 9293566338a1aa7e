"""Benchmark results as text for other programs: CSV and Markdown. No translation, no Qt."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from engine.store.records import BenchmarkRecord

FIELDS = (
    "model",
    "scenario",
    "output_tps",
    "input_tps",
    "ttft_ms",
    "peak_rss_bytes",
    "prompt_tokens",
    "output_tokens",
    "device",
    "engine_build",
    "model_hash",
    "created",
)


def to_csv(records: Sequence[BenchmarkRecord]) -> str:
    """RFC 4180 with a header; one result a line."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for record in records:
        writer.writerow(_row(record))
    return out.getvalue()


def to_markdown(records: Sequence[BenchmarkRecord]) -> str:
    """A table with the figures people compare."""
    lines = [
        "| Model | Scenario | Output tok/s | Input tok/s | First token ms | Memory MiB | Device |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for record in records:
        cells = (
            _cell(record.model_name),
            record.scenario,
            f"{record.output_tps:.1f}",
            f"{record.input_tps:.1f}",
            f"{record.ttft_ms:.0f}",
            f"{record.peak_rss_bytes / 2**20:.0f}",
            _cell(record.device),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _row(record: BenchmarkRecord) -> tuple[str, ...]:
    created = datetime.fromtimestamp(record.created_ms / 1000, UTC).isoformat(timespec="seconds")
    return (
        _safe(record.model_name),
        record.scenario,
        f"{record.output_tps:.2f}",
        f"{record.input_tps:.2f}",
        f"{record.ttft_ms:.1f}",
        str(record.peak_rss_bytes),
        str(record.prompt_tokens),
        str(record.output_tokens),
        _safe(record.device),
        _safe(record.engine_build),
        record.model_hash,
        created,
    )


def _safe(text: str) -> str:
    """A spreadsheet must not take a model's name for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
