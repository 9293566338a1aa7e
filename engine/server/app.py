"""The server: routes behind the guard, on an address of this machine only."""

import socket
import threading

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from engine.errors import UserError
from engine.server.access import LOCAL_NAMES, Guard
from engine.server.endpoints import Endpoints, answering
from engine.server.service import ModelService

ADDRESS = "127.0.0.1"
_CLOSING_S = 3
_LOCAL_PAGES = (
    r"https?://(" + "|".join(name.replace(".", r"\.") for name in sorted(LOCAL_NAMES - {"::1"})) + r")(:\d+)?"
)


def make_app(service: ModelService, token: str) -> Guard:
    """The ASGI application."""
    endpoints = Endpoints(service)
    routes = [
        Route("/health", endpoints.health),
        Route("/v1/models", answering(endpoints.models)),
        Route("/v1/models/{name:path}", answering(endpoints.model)),
        Route("/v1/chat/completions", answering(endpoints.chat), methods=["POST"]),
        Route("/v1/completions", answering(endpoints.completions), methods=["POST"]),
        Route("/v1/embeddings", answering(endpoints.embeddings), methods=["POST"]),
    ]
    pages = Middleware(
        CORSMiddleware, allow_origin_regex=_LOCAL_PAGES, allow_methods=["*"], allow_headers=["*"]
    )
    return Guard(Starlette(routes=routes, middleware=[pages]), token)


def open_socket(port: int) -> socket.socket:
    """Raises `UserError` server.port."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((ADDRESS, port))
        # From now on clients wait rather than be refused while the model is loaded.
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        raise UserError(
            "server.port", port=port, reason=getattr(error, "strerror", "") or str(error)
        ) from error
    return listening


class Server:
    """Runs from `start` to `stop`. Never on the main thread: uvicorn would take the signals there."""

    def __init__(self, service: ModelService, token: str, listening: socket.socket) -> None:
        config = uvicorn.Config(
            make_app(service, token),
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=_CLOSING_S,
            server_header=False,
        )
        self._server = uvicorn.Server(config)
        self._listening = listening
        self.port = int(listening.getsockname()[1])

    def start(self) -> threading.Thread:
        """Serve on a thread of its own, which ends after `stop`."""
        thread = threading.Thread(target=self._run, name="server", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """From any thread; open replies have a moment to end."""
        self._server.should_exit = True

    def _run(self) -> None:
        self._server.run(sockets=[self._listening])
