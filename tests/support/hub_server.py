"""A hub of models on this machine: the protocol of huggingface.co as its client library speaks it.

Search with filters and pages, repositories at a revision with hashes, files with redirects, ranges and
`X-Linked-*` headers; and every way in which a hub or the line to it can fail.

    python -m tests.support.hub_server --port 8765 model.gguf     # to try by hand, with HF_ENDPOINT
"""

import argparse
import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "hf_right"
_PIECE = 64 << 10


@dataclass
class Faults:
    """What goes wrong with a file. Counters go down with each use."""

    cut_after: int = 0
    """Break the connection off after so many bytes…"""
    cuts: int = 0
    """…so many times."""
    wrong_bytes: int = 0
    """Send other contents so many times."""
    statuses: list[int] = field(default_factory=list)
    """Answer with these first."""
    retry_after: str = ""
    ignores_ranges: bool = False
    seconds_per_piece: float = 0.0


@dataclass
class Repo:
    """`files` by path; `small` are kept in git itself, without SHA-256."""

    files: dict[str, bytes]
    license: str = "apache-2.0"
    gated: bool = False
    private: bool = False
    downloads: int = 0
    likes: int = 0
    updated: str = "2026-01-02T03:04:05.000Z"
    tags: tuple[str, ...] = ("gguf",)
    gguf: dict[str, object] | None = None
    base_model: str = ""
    faults: dict[str, Faults] = field(default_factory=dict)
    status: int = 0
    """Every question about the repository is answered with this."""

    @property
    def sha(self) -> str:
        names = "".join(sorted(self.files))
        return hashlib.sha1(names.encode(), usedforsecurity=False).hexdigest()

    def is_large(self, path: str) -> bool:
        return path.endswith((".gguf", ".safetensors", ".bin", ".model"))


class HubServer:
    """`repos` by name. `requests`: (method, path, Range, authorization) of everything that was asked."""

    def __init__(self, repos: dict[str, Repo], port: int = 0) -> None:
        self.repos = repos
        self.requests: list[tuple[str, str, str, str]] = []
        self.search_status = 0
        self.search_body: bytes | None = None
        self.page_size = 100
        self.content_port = 0
        hub = self

        class Handler(_Handler):
            server_state = hub

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = False
        # Files come from another origin, as from the hub's content network.
        self._content = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.content_port = self._content.server_address[1]
        self._threads = [
            threading.Thread(target=each.serve_forever, kwargs={"poll_interval": 0.02})
            for each in (self._server, self._content)
        ]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def content_url(self) -> str:
        return f"http://127.0.0.1:{self.content_port}"

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        for each in (self._server, self._content):
            each.shutdown()
            each.server_close()
        for thread in self._threads:
            thread.join()


@contextmanager
def serving(repos: dict[str, Repo]) -> Iterator[HubServer]:
    """A server for one test."""
    server = HubServer(repos)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"  # a connection for each question, so that none is left open
    server_state: HubServer

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass

    def _answer(self, *, body: bool) -> None:
        hub = self.server_state
        parts = urlsplit(self.path)
        path, query = unquote(parts.path), parse_qs(parts.query)
        authorization = self.headers.get("Authorization", "")
        hub.requests.append((self.command, path, self.headers.get("Range", ""), authorization))
        try:
            if path == "/api/models":
                self._search(query)
            elif (match := re.fullmatch(r"/api/models/([^/]+/[^/]+)(?:/revision/(.+))?", path)) is not None:
                self._info(match[1], match[2] or "main")
            elif (match := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path)) is not None:
                self._resolve(match[1], match[2], match[3], body=body)
            elif path.startswith("/content/"):
                repo, name = path.removeprefix("/content/").split("::")
                self._send_file(hub.repos[repo], name, body=body)
            else:
                self._json({"error": "not found"}, 404)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    # questions

    def _search(self, query: dict[str, list[str]]) -> None:
        hub = self.server_state
        if hub.search_status:
            self._json({"error": "no"}, hub.search_status, {"Retry-After": "7"})
            return
        if hub.search_body is not None:
            self._send(200, hub.search_body, {"Content-Type": "text/html"})
            return
        text = query.get("search", [""])[0].lower()
        wanted = set(query.get("filter", []))
        sort = query.get("sort", ["downloads"])[0]
        found = [
            (name, repo)
            for name, repo in hub.repos.items()
            if text in name.lower() and wanted <= set(repo.tags) and (not repo.private or self._is_known())
        ]
        keys: dict[str, Any] = {
            "downloads": lambda item: item[1].downloads,
            "likes": lambda item: item[1].likes,
            "lastModified": lambda item: item[1].updated,
            "trendingScore": lambda item: item[1].likes,
        }
        found.sort(key=keys[sort], reverse=True)
        limit = min(int(query.get("limit", ["100"])[0]), hub.page_size)
        extra = {"Link": f'<{hub.url}/api/models?cursor=2>; rel="next"'} if len(found) > limit else {}
        self._json([self._described(name, repo) for name, repo in found[:limit]], 200, extra)

    def _described(self, name: str, repo: Repo) -> dict[str, object]:
        return {
            "_id": "0",
            "id": name,
            "downloads": repo.downloads,
            "likes": repo.likes,
            "lastModified": repo.updated,
            "gated": "manual" if repo.gated else False,
            "private": repo.private,
            "tags": [*repo.tags, f"license:{repo.license}"],
            "gguf": repo.gguf,
        }

    def _info(self, name: str, revision: str) -> None:
        repo = self.server_state.repos.get(name)
        if repo is None or (repo.private and not self._is_known()):
            self._refuse(401 if not self._is_known() else 404, "RepoNotFound")
        elif repo.status:
            self._json({"error": "no"}, repo.status, {"Retry-After": "9"})
        elif self.headers.get("Authorization", "") not in ("", f"Bearer {TOKEN}"):
            self._refuse(401, "", "Invalid credentials in Authorization header")
        elif revision not in ("main", repo.sha):
            self._refuse(404, "RevisionNotFound")
        else:
            card: dict[str, object] = {"license": repo.license}
            if repo.base_model:
                card["base_model"] = repo.base_model
            siblings = [_sibling(repo, path, data) for path, data in repo.files.items()]
            self._json(
                self._described(name, repo) | {"sha": repo.sha, "cardData": card, "siblings": siblings}, 200
            )

    # files

    def _resolve(self, name: str, revision: str, path: str, *, body: bool) -> None:
        repo = self.server_state.repos.get(name)
        if repo is None:
            self._refuse(404, "RepoNotFound")
            return
        if repo.gated and not self._is_known():
            self._refuse(401, "GatedRepo", "Access to this model is restricted")
            return
        if path not in repo.files or revision not in ("main", repo.sha):
            self._refuse(404, "EntryNotFound")
            return
        if not repo.is_large(path):
            self._send_file(repo, path, body=body)
            return
        data = repo.files[path]
        self._send(
            302,
            b"",
            {
                "Location": f"{self.server_state.content_url}/content/{name}::{path}",
                "X-Repo-Commit": repo.sha,
                "X-Linked-Size": str(len(data)),
                "X-Linked-ETag": f'"{hashlib.sha256(data).hexdigest()}"',
                "ETag": f'"{_git_oid(data)}"',
            },
        )

    def _send_file(self, repo: Repo, path: str, *, body: bool) -> None:
        data, faults = repo.files[path], repo.faults.get(path, Faults())
        if faults.statuses:
            extra = {"Retry-After": faults.retry_after} if faults.retry_after else {}
            self._json({"error": "no"}, faults.statuses.pop(0), extra)
            return
        if faults.wrong_bytes:
            faults.wrong_bytes -= 1
            data = bytes(255 - value for value in data[:100]) + data[100:]
        start, end, status, extra = 0, len(data), 200, {"ETag": f'"{_git_oid(data)}"'}
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if match is not None and not faults.ignores_ranges:
            start, end = int(match[1]), min(int(match[2]) + 1 if match[2] else len(data), len(data))
            if start >= len(data):
                self._send(416, b"", {"Content-Range": f"bytes */{len(data)}"})
                return
            status = 206
            extra["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
        self.send_response(status)
        for header, value in extra.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(end - start))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        if body:
            self._send_pieces(data[start:end], faults)

    def _send_pieces(self, data: bytes, faults: Faults) -> None:
        limit = len(data)
        if faults.cuts and faults.cut_after < len(data):
            faults.cuts -= 1
            limit, self.close_connection = faults.cut_after, True
        for start in range(0, limit, _PIECE):
            self.wfile.write(data[start : min(start + _PIECE, limit)])
            if faults.seconds_per_piece:
                time.sleep(faults.seconds_per_piece)
        if limit < len(data):
            self.wfile.flush()
            self.connection.close()

    # answers

    def _is_known(self) -> bool:
        return self.headers.get("Authorization", "") == f"Bearer {TOKEN}"

    def _refuse(self, status: int, code: str, message: str = "") -> None:
        extra = {"X-Error-Code": code} if code else {}
        self._json({"error": message}, status, extra | ({"X-Error-Message": message} if message else {}))

    def _json(self, value: object, status: int, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(value).encode(), {"Content-Type": "application/json"} | (headers or {}))

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status, HTTPStatus(status).phrase)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _git_oid(data: bytes) -> str:
    return hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


def _sibling(repo: Repo, path: str, data: bytes) -> dict[str, object]:
    found: dict[str, object] = {"rfilename": path, "size": len(data), "blobId": _git_oid(data)}
    if repo.is_large(path):
        found["blobId"] = "0" * 40
        found["lfs"] = {
            "sha256": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "pointerSize": 134,
        }
    return found


def _demo(model: Path) -> dict[str, Repo]:
    """Repositories made of one real model, to look at."""
    data = model.read_bytes()
    name = model.stem.partition(".")[0]
    files = {f"{name}-{kind}.gguf": data for kind in ("Q4_1", "Q4_K_M", "Q8_0")}
    slow = Faults(seconds_per_piece=0.004)
    return {
        f"lathe-demo/{name}-GGUF": Repo(
            files | {"README.md": b"# demo", "imatrix.dat": b"x" * 4000},
            downloads=182_340,
            likes=412,
            gguf={"total": 134_515_008, "architecture": "llama", "context_length": 8192},
            base_model=f"lathe-demo/{name}",
            faults={f"{name}-Q4_K_M.gguf": slow, f"{name}-Q8_0.gguf": Faults(cut_after=20 << 20, cuts=2)},
        ),
        f"lathe-demo/{name}": Repo(
            {
                "config.json": b'{"model_type": "llama"}',
                "tokenizer.json": b"{}",
                "model.safetensors": data[: 60 << 20],
                "pytorch_model.bin": b"no" * 500,
                "modeling_demo.py": b"print()",
            },
            downloads=50_221,
            likes=99,
            tags=("safetensors",),
        ),
        "lathe-demo/Gated-Model-GGUF": Repo(
            {"gated-Q4_K_M.gguf": data[: 8 << 20]}, gated=True, license="other", downloads=9_000, likes=3
        ),
        "lathe-demo/Broken-Checksum-GGUF": Repo(
            {"broken-Q4_0.gguf": data[: 8 << 20]},
            downloads=12,
            likes=0,
            license="mit",
            faults={"broken-Q4_0.gguf": Faults(wrong_bytes=99)},
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="A local hub of models, to try Lathe with.")
    parser.add_argument("model", type=Path)
    parser.add_argument("--port", type=int, default=8765)
    args = parser.parse_args()
    server = HubServer(_demo(args.model), args.port)
    server.start()
    print(f"HF_ENDPOINT={server.url}", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.stop()


if __name__ == "__main__":
    main()
