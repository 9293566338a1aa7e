"""`lathe jobs` beside a service that works."""

import json
from pathlib import Path

import pytest

from engine.cli.commands import run_command_line
from engine.jobs.service import JobService
from engine.protocol.jobs import JobFailed, QuantizeJob
from tests.engine.jobs.conftest import Desk


def test_list_show_and_cancel(
    home: Path, starter_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["jobs"]) == 0
    assert "no jobs" in capsys.readouterr().err
    desk = Desk(home)
    try:
        job = QuantizeJob(str(starter_path), str(tmp_path / "a.gguf"), "IQ3_S", n_threads=1)
        first = desk.service.submit(job, "long")
        desk.until(lambda: desk.record(first).fraction > 0)
        assert run_command_line(["jobs", "cancel", first[-6:]]) == 0
        assert desk.until_status(first, "cancelled", "interrupted").result == JobFailed("cancelled")
        lost = desk.service.submit(QuantizeJob("no.gguf", str(tmp_path / "b.gguf"), "Q8_0"), "lost")
        desk.until_status(lost, "failed")
        capsys.readouterr()
        assert run_command_line(["jobs", "list", "--json"]) == 0
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(line["title"], line["status"]) for line in lines] == [
            ("long", "cancelled"),
            ("lost", "failed"),
        ]
        assert "no.gguf" in lines[1]["error"]
        assert lines[0]["error"] is None
        assert run_command_line(["jobs", "show", "last"]) == 0
        assert "no.gguf" in capsys.readouterr().out
        assert run_command_line(["jobs", "show", "x"]) == 2
    finally:
        desk.end()


def test_looking_starts_nothing(home: Path, tmp_path: Path) -> None:
    looking = JobService(home, starts=False)
    try:
        job_id = looking.submit(QuantizeJob("no.gguf", str(tmp_path / "b.gguf"), "Q8_0"), "waits")
        looking.flush()
        looking.flush()
        record = looking.record(job_id)
        assert record is not None
        assert record.status == "queued"
    finally:
        looking.close()
