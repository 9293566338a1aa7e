"""`lathe jobs`: the jobs of the window, from outside. They go on while it is closed."""

import argparse
from pathlib import Path

from engine.cli import tables
from engine.cli.parser import LineParser, actions, add_common
from engine.cli.terminal import note, tell, write_json, write_line
from engine.errors import UserError
from engine.jobs.records import JobRecord
from engine.jobs.service import JobService
from engine.protocol.jobs import FileWritten, JobFailed

_PERCENT = 100


def fill(parser: LineParser) -> None:
    """Options and subcommands."""
    add_common(parser)
    commands = actions(parser, "action")
    listed = commands.add_parser("list", help="all jobs, oldest first")
    shown = commands.add_parser("show", help="one job with its log")
    cancelled = commands.add_parser("cancel", help="stop a job; nothing half written is left")
    for command in (shown, cancelled):
        command.add_argument("job", metavar="ID", help="an id, its beginning or end, or “last”")
    for command in (listed, shown, cancelled):
        add_common(command)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError` job.unknown."""
    service = JobService(home, starts=False)
    try:
        match args.action:
            case "show":
                _show(service, _find(service, args.job), json_lines=args.json)
            case "cancel":
                _cancel(service, _find(service, args.job))
            case _:
                _print(service.records(), json_lines=args.json)
    finally:
        service.close()
    return 0


def _find(service: JobService, name: str) -> JobRecord:
    records = service.records()
    if name == "last" and records:
        return records[-1]
    wanted = name.upper()
    fitting = [one for one in records if one.id.startswith(wanted) or one.id.endswith(wanted)]
    if not wanted or len(fitting) != 1:
        raise UserError("job.unknown", name=name)
    return fitting[0]


def _print(records: list[JobRecord], *, json_lines: bool) -> None:
    if json_lines:
        for record in records:
            write_json(_fields(record))
    elif records:
        rows = [
            (
                one.id,
                one.status,
                f"{one.fraction * _PERCENT:.0f} %",
                tables.local_time(one.created_ms),
                one.title,
            )
            for one in records
        ]
        tables.print_table(("JOB", "STATUS", "DONE", "CREATED", "TITLE"), rows, right=(2,))
    else:
        note("There are no jobs.")


def _show(service: JobService, record: JobRecord, *, json_lines: bool) -> None:
    if json_lines:
        write_json(_fields(record))
        return
    write_line(record.title, style="bold")
    write_line(f"{record.status}, {record.fraction * _PERCENT:.0f} % {record.label}".rstrip())
    if isinstance(record.result, FileWritten):
        write_line(f"{record.result.path} ({tables.size(record.result.size_bytes)})")
    elif isinstance(record.result, JobFailed) and record.status in ("failed", "interrupted"):
        write_line(_why(record.result))
    for notice in record.notices:
        write_line(UserError(notice.code, **notice.params).one_line())
    log = service.log(record.id).rstrip()
    if log:
        write_line("\nlog", style="dim")
        write_line(log)


def _cancel(service: JobService, record: JobRecord) -> None:
    if record.ended:
        tell(f"“{record.title}” has ended already: {record.status}.")
        return
    service.cancel(record.id)
    while (now := service.record(record.id)) is not None and not now.ended:
        service.flush()
    tell(f"“{record.title}” is cancelled.")


def _why(failure: JobFailed) -> str:
    if failure.code:
        return UserError(failure.code, **failure.params).one_line()
    return failure.report.strip()


def _fields(record: JobRecord) -> dict[str, object]:
    result = record.result
    failure = result if isinstance(result, JobFailed) and record.status != "cancelled" else None
    return {
        "job": record.id,
        "kind": record.kind,
        "title": record.title,
        "status": record.status,
        "fraction": round(record.fraction, 4),
        "created": record.created_ms,
        "path": result.path if isinstance(result, FileWritten) else None,
        "error": _why(failure) if failure is not None else None,
    }
