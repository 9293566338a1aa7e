"""The question whether there is a newer release, against a server on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from engine.client.job_process import JobProcess
from engine.errors import UserError
from engine.network.ledger import Ledger
from engine.network.offline import publish_offline
from engine.network.updates import is_newer, run_update_check
from engine.protocol.jobs import JobEvent
from engine.protocol.updates import UpdateCheck, UpdateFound


class Releases:
    """Answers with `body` and `status`; remembers the headers of each request."""

    def __init__(self) -> None:
        self.body: bytes = json.dumps(
            {
                "tag_name": "v0.2.0",
                "html_url": "https://example.org/r",
                "published_at": "2026-05-01T00:00:00Z",
            }
        ).encode()
        self.status = 200
        self.requests: list[dict[str, str]] = []
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told.requests.append(dict(self.headers))
                self.send_response(told.status)
                self.end_headers()
                self.wfile.write(told.body)

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/latest"

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def releases() -> Iterator[Releases]:
    made = Releases()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("found", "current", "newer"),
    [
        ("0.2.0", "0.1.0", True),
        ("v0.1.1", "0.1.0", True),
        ("0.1.0", "0.1.0", False),
        ("0.10.0", "0.9.9", True),
        ("0.9", "0.10", False),
        ("1.0", "1.0.0", False),
        ("1.0.0", "1.0.0rc1", True),
        ("1.0.0-rc.2", "1.0.0rc1", True),
        ("1.0.0b1", "1.0.0", False),
        ("nightly", "0.1.0", False),
        ("0.2.0", "not installed", False),
    ],
)
def test_versions(found: str, current: str, newer: bool) -> None:
    assert is_newer(found, current) is newer


def test_a_newer_release_is_found_by_a_process_of_its_own(home: Path, releases: Releases) -> None:
    told: list[JobEvent] = []
    process = JobProcess(home, UpdateCheck(releases.url, "0.1.0"), told.append)
    assert process.wait(30)
    assert told == [UpdateFound("0.2.0", "https://example.org/r", True, "2026-05-01")]
    [entry] = Ledger(home).read()
    assert (entry.purpose, entry.status, entry.received) == ("update", 200, len(releases.body))
    [headers] = releases.requests
    assert headers["User-Agent"] == "Lathe"


def test_the_newest_is_installed_already(home: Path, releases: Releases) -> None:
    assert not run_update_check(UpdateCheck(releases.url, "0.2.0"), home).newer


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"tag_name": 3}', b'{"tag_name": "nightly"}', b"x" * (2 << 20)]
)
def test_other_answers(home: Path, releases: Releases, body: bytes) -> None:
    releases.body = body
    with pytest.raises(UserError) as caught:
        run_update_check(UpdateCheck(releases.url, "0.1.0"), home)
    assert caught.value.code == "update.unreadable"


def test_a_page_that_is_no_web_page_is_not_offered(home: Path, releases: Releases) -> None:
    releases.body = b'{"tag_name": "9.0", "html_url": "file:///etc/passwd"}'
    assert run_update_check(UpdateCheck(releases.url, "0.1.0"), home).page == ""


def test_nobody_there(home: Path, releases: Releases) -> None:
    releases.status = 404
    with pytest.raises(UserError, match="404"):
        run_update_check(UpdateCheck(releases.url, "0.1.0"), home)
    with pytest.raises(UserError) as caught:
        run_update_check(UpdateCheck("http://127.0.0.1:9/x", "0.1.0"), home)
    assert caught.value.code == "update.unreachable"
    with pytest.raises(UserError) as caught:
        run_update_check(UpdateCheck("file:///etc/passwd", "0.1.0"), home)
    assert caught.value.code == "update.no_address"


def test_offline_asks_nobody(home: Path, releases: Releases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.network.offline.is_this_machine", lambda _host: False)
    publish_offline(home, True)
    with pytest.raises(UserError) as caught:
        run_update_check(UpdateCheck(releases.url, "0.1.0"), home)
    assert caught.value.code == "network.offline"
    assert releases.requests == []
