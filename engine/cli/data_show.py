"""`lathe data show`: format, counts, checks, and rows as they will be trained."""

import argparse
from pathlib import Path

import msgspec

from engine.cli.data_text import print_data, print_lengths, print_row
from engine.cli.jobs import absolute, checked, run_job
from engine.cli.parser import LineParser, add_common
from engine.cli.runtime import Runtime, opened_runtime
from engine.cli.terminal import write_json
from engine.datasets.checks import CheckReport, load_checks
from engine.datasets.dataset import Dataset, open_dataset, open_or_build
from engine.datasets.lengths import effect_of_limit, histogram
from engine.datasets.mapping import FIELDS, FORMATS, ColumnMapping, map_by_name
from engine.datasets.model_template import read_row_template
from engine.datasets.rendering import TrainingRow, render_row
from engine.errors import UserError
from engine.protocol.commands import Tokenize
from engine.protocol.data import DataMeasured, MeasureDataJob, PrepareDataJob
from engine.protocol.events import Tokens
from engine.store.transfer.rows import RowError

_DESCRIPTION = (
    "Reads a data set whole and says what it is, what is wrong with it, and, with --model, what a model "
    "would be trained on: the rendered template, the tokens, and which of them the loss counts."
)
_DEFAULT_ROWS = 3


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help="JSON, JSONL, CSV, TSV, Parquet or text")
    add("--model", metavar="MODEL", help="render rows for this model: a name from `lathe models`, or a path")
    add(
        "--rows",
        metavar="N",
        type=int,
        default=_DEFAULT_ROWS,
        help=f"how many rows to show (default {_DEFAULT_ROWS})",
    )
    add(
        "--row", metavar="N", type=int, action="append", help="show this row, counted from 1; may be repeated"
    )
    add("--format", choices=FORMATS, help="what the rows are, where their columns do not say it")
    add(
        "--column",
        metavar="FIELD=NAME",
        action="append",
        default=[],
        help="which column holds a field of the format, as in output=answer",
    )
    add(
        "--max-length",
        metavar="N",
        type=int,
        default=0,
        help="tokens of the longest row; longer ones are cut",
    )
    add("--all-tokens", action="store_true", help="the loss counts everything, not only the answers")
    add("--template", metavar="FILE", type=Path, help="a chat template (Jinja) instead of the model's own")
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    source = Path(absolute(args.file))
    checked("--max-length", args.max_length, 0, 1 << 20)
    checked("--rows", args.rows, 0, 1 << 20)
    job = PrepareDataJob(str(source), str(home), _mapping(args, source, home))
    run_job(home, job, "Reading the rows", json_lines=False, on_event=lambda _event: None)
    dataset = open_dataset(source, home, _decoded(job.mapping))
    found = load_checks(dataset)
    report = found.report if found is not None else None
    if args.json:
        _write_data(dataset, report)
    else:
        print_data(dataset, report)
    if report is not None and not report.usable:
        raise UserError("data.nothing_trained", path=source, reason="no row has an answer that can be read")
    numbers = _chosen(args, dataset)
    if args.model is None:
        _show_plain(dataset, numbers, json_lines=args.json)
    else:
        _show_rendered(args, home, dataset, numbers)
    return 0


def _mapping(args: argparse.Namespace, source: Path, home: Path) -> str:
    """What the user says of the columns, as JSON; "" where they say nothing."""
    if not args.format and not args.column:
        return ""
    if not args.format:
        raise UserError("cli.usage", reason="--column needs --format", command="data show")
    columns = dict(map_by_name(args.format, open_or_build(source, home).summary.columns).columns)
    for pair in args.column:
        field, equals, name = pair.partition("=")
        if not equals or field not in {one.name for one in FIELDS[args.format]}:
            known = ", ".join(one.name for one in FIELDS[args.format])
            reason = f"“{pair}” is no FIELD=NAME; the fields of {args.format} are {known}"
            raise UserError("cli.usage", reason=reason, command="data show")
        columns[field] = name
    return msgspec.json.encode(ColumnMapping(args.format, columns)).decode()


def _decoded(mapping: str) -> ColumnMapping | None:
    return msgspec.json.decode(mapping, type=ColumnMapping) if mapping else None


def _chosen(args: argparse.Namespace, dataset: Dataset) -> list[int]:
    """Row numbers from 0. Raises `UserError` data.no_row."""
    for number in args.row or ():
        if not 1 <= number <= len(dataset):
            raise UserError("data.no_row", number=number, count=len(dataset))
    if args.row:
        return [number - 1 for number in args.row]
    return list(range(min(args.rows, len(dataset))))


def _write_data(dataset: Dataset, report: CheckReport | None) -> None:
    summary = dataset.index.summary
    write_json(
        {
            "event": "data",
            "path": summary.source,
            "rows": summary.rows,
            "broken": summary.broken,
            "problems": summary.problems,
            "format": dataset.mapping.format,
            "mapping": dataset.mapping.columns,
            "columns": summary.columns,
            "content_hash": summary.content_hash,
        }
    )
    if report is None:
        return
    for finding in report.findings:
        rows = [{"row": one.row + 1, "note": one.note} for one in finding.examples]
        write_json({"event": "check", "kind": finding.kind, "count": finding.count, "rows": rows})
    write_json({"event": "checked", "rows": report.rows, "usable": report.usable})


def _show_plain(dataset: Dataset, numbers: list[int], *, json_lines: bool) -> None:
    for number in numbers:
        row = dataset.index.row(number)
        if json_lines:
            write_json({"event": "row", "row": number + 1, "columns": row})
        else:
            print_row(number, row)


def _show_rendered(args: argparse.Namespace, home: Path, dataset: Dataset, numbers: list[int]) -> None:
    with opened_runtime(home) as runtime:
        path = _model_path(runtime, args.model)
    source = args.template.read_text(encoding="utf-8") if args.template else ""
    template = read_row_template(Path(path), source)
    job = MeasureDataJob(
        source=str(dataset.path),
        home=str(home),
        model=path,
        mapping=msgspec.json.encode(dataset.mapping).decode(),
        template=source,
        answer_only=not args.all_tokens,
    )
    measured = run_job(home, job, "Measuring the rows", json_lines=False)
    assert isinstance(measured, DataMeasured)  # noqa: S101 - the end of this job
    _show_lengths(measured, args.max_length, json_lines=args.json)
    effect = effect_of_limit(measured, args.max_length)
    if effect.masked == effect.rows:
        reason = (
            f"every answer begins after token {args.max_length}" if args.max_length else "none has an answer"
        )
        raise UserError("data.nothing_trained", path=dataset.path, reason=reason)
    with opened_runtime(home) as runtime:

        def cut(text: str, special: bool) -> Tokens:
            command = Tokenize(job=runtime.next_job(), text=text, special=special, path=path, inside=True)
            tokens = runtime.ask(command, (Tokens,))
            assert isinstance(tokens, Tokens)  # noqa: S101 - as `ask` promises
            return tokens

        for number in numbers:
            try:
                row = render_row(
                    dataset.example(number),
                    template,
                    lambda text, special: cut(text, special).ids,
                    max_length=args.max_length,
                    answer_only=not args.all_tokens,
                )
            except RowError as error:
                _write_unreadable(number, str(error), json_lines=args.json)
                continue
            if args.json:
                _write_row(number, row)
            else:
                print_row(number, row)


def _model_path(runtime: Runtime, name: str) -> str:
    from engine.chat.models import resolve_model  # noqa: PLC0415 - as in `Runtime.load`

    spec = resolve_model(runtime.store, name)
    if not spec.path:
        raise UserError("model.not_gguf", path=spec.name)
    return spec.path


def _show_lengths(measured: DataMeasured, max_length: int, *, json_lines: bool) -> None:
    if not json_lines:
        print_lengths(measured, max_length)
        return
    effect = effect_of_limit(measured, max_length)
    counts, edges = histogram(measured)
    write_json(
        {
            "event": "lengths",
            "rows_measured": effect.rows,
            "longest": max(measured.tokens, default=0),
            "cut": effect.cut,
            "masked": effect.masked,
            "counts": counts.tolist(),
            "edges": [round(edge, 1) for edge in edges.tolist()],
        }
    )


def _write_row(number: int, row: TrainingRow) -> None:
    for which, one in (("", row), ("rejected", row.rejected)):
        if one is None:
            continue
        fields: dict[str, object] = {
            "event": "row",
            "row": number + 1,
            "token_ids": one.token_ids,
            "mask": [int(counted) for counted in one.mask],
            "pieces": [piece._asdict() for piece in one.pieces],
            "trained_tokens": one.trained_tokens,
            "truncated": one.truncated,
        }
        if which:
            fields["answer"] = which
        if row.label is not None:
            fields["label"] = row.label
        write_json(fields)


def _write_unreadable(number: int, problem: str, *, json_lines: bool) -> None:
    if json_lines:
        write_json({"event": "row", "row": number + 1, "problem": problem})
    else:
        print_row(number, problem)
