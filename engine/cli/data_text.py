"""What `lathe data show` prints for people."""

import sys
from collections.abc import Mapping

from engine.cli.terminal import shows_colours, tell, write, write_line
from engine.datasets.checks import CheckKind, CheckReport
from engine.datasets.dataset import Dataset
from engine.datasets.lengths import effect_of_limit
from engine.datasets.rendering import TrainingRow
from engine.protocol.data import DataMeasured

_WORDS: dict[CheckKind, str] = {
    "unreadable": "Does not fit the format",
    "no_answer": "No answer, so nothing would be trained",
    "empty_answer": "An empty answer among others",
    "roles": "Roles in an unusual order",
    "special_tokens": "Control tokens written in the text",
    "duplicate": "Same as an earlier row",
    "near_duplicate": "Nearly the same as an earlier row",
}
_MOST_PROBLEMS = 5
_MOST_EXAMPLES = 3
_MOST_CHARS = 400


def print_data(dataset: Dataset, report: CheckReport | None) -> None:
    """What the file is, and what was found in it."""
    summary = dataset.index.summary
    mapped = ", ".join(f"{field} ← {column}" for field, column in dataset.mapping.columns.items())
    write_line(
        f"{dataset.path.name}  {_rows(summary.rows)}, {dataset.mapping.format} ({mapped})", style="bold"
    )
    if summary.broken:
        write_line(f"{summary.broken} broken {'line' if summary.broken == 1 else 'lines'}, left out:")
        for problem in summary.problems[:_MOST_PROBLEMS]:
            write_line(f"  line {problem.line}: {problem.problem}")
        if summary.broken > _MOST_PROBLEMS:
            write_line(f"  and {summary.broken - _MOST_PROBLEMS} more")
    if report is None:
        return
    for finding in report.findings:
        write_line(f"{_WORDS[finding.kind]}: {_rows(finding.count)}")
        for one in finding.examples[:_MOST_EXAMPLES]:
            write_line(f"  row {one.row + 1}{': ' if one.note else ''}{one.note}", style="dim")
    if not report.findings:
        write_line("No check found anything.")
    if report.usable < report.rows:
        write_line(f"To train on: {_rows(report.usable)}.")


def print_lengths(measured: DataMeasured, max_length: int) -> None:
    """Quantiles, and what the limit does."""
    tokens = sorted(measured.tokens)
    if not tokens:
        return
    middle, most = tokens[len(tokens) // 2], tokens[-1]
    of = "" if len(tokens) == measured.of else f" (measured on {len(tokens)} of {measured.of} rows)"
    write_line(f"Half of the rows have up to {middle} tokens, the longest {most}{of}.")
    effect = effect_of_limit(measured, max_length)
    if max_length:
        write_line(f"Cut at {max_length} tokens: {_rows(effect.cut)}.")
    if effect.masked:
        write_line(f"Nothing left to train on: {_rows(effect.masked)}.")


def print_row(number: int, row: TrainingRow | Mapping[str, object] | str) -> None:
    """A rendered row with what is trained in bold (between ⟦ and ⟧ where there are no styles)."""
    write_line()
    if isinstance(row, str):
        write_line(f"Row {number + 1}: {row}")
        return
    if not isinstance(row, TrainingRow):
        write_line(f"Row {number + 1}", style="dim")
        for name, value in row.items():
            write_line(f"  {name}: {_short(value)}")
        return
    for name, one in (("", row), (" (rejected)", row.rejected)):
        if one is None:
            continue
        cut = f", {one.truncated} cut off" if one.truncated else ""
        head = f"Row {number + 1}{name}: {len(one.token_ids)} tokens, {one.trained_tokens} trained{cut}"
        write_line(head, style="dim")
        styles = shows_colours(sys.stdout)
        for piece in one.pieces:
            if styles:
                write(piece.text, style="bold" if piece.trained else "dim")
            else:
                write(f"⟦{piece.text}⟧" if piece.trained else piece.text)
        write_line()
        if not one.trained_tokens:
            tell("Nothing of this row would be trained.")


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _MOST_CHARS else text[:_MOST_CHARS] + "…"
