"""`python -m engine.worker serve`: loads one model, serves it, and tells what goes on, a line each.

The specification comes as a line on stdin; the end of stdin means that the parent is gone or wants an end.
"""

import faulthandler
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from engine.backends.backend import Control
from engine.backends.llama_cpp.loading import load_model
from engine.backends.llama_cpp.threads import brief_thread
from engine.errors import Cancelled, UserError
from engine.protocol.serving import (
    ServerActivity,
    ServerEvent,
    ServerFailed,
    ServerListening,
    ServerLoading,
    ServeSpec,
    decode_spec,
    encode_line,
)
from engine.protocol.values import ModelSpec
from engine.server.app import Server, open_socket
from engine.server.service import ModelService

Tell = Callable[[ServerEvent], None]
_ACTIVITY_S = 0.25
_LOADING_STEP = 0.02


def main() -> None:
    """Never returns."""
    faulthandler.enable(file=sys.stderr)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to understand
    commands = os.fdopen(os.dup(0), "rb")
    events = os.dup(1)
    os.dup2(2, 1)  # whatever native code prints
    line = commands.readline()

    def tell(event: ServerEvent) -> None:
        try:
            os.write(events, encode_line(event))
        except OSError:
            os._exit(1)

    try:
        _serve(decode_spec(line), commands, tell)
    except UserError as error:
        tell(ServerFailed(error.code, dict(error.params)))
    except Cancelled:
        pass
    except msgspec.DecodeError as error:
        tell(ServerFailed("", report=f"no specification: {error}"))
    except Exception:  # noqa: BLE001 - told to the parent as a bug, with its report
        tell(ServerFailed("", report=traceback.format_exc()))
    os._exit(0)


class _Teller:
    """`tell`, but of the loading only what shows."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._told = -1.0

    def loading(self, fraction: float, _stage: str) -> None:
        if fraction - self._told >= _LOADING_STEP or fraction == 1.0 != self._told:
            self._told = fraction
            self._tell(ServerLoading(fraction))


def _serve(spec: ServeSpec, commands: BinaryIO, tell: Tell) -> None:
    listening = open_socket(spec.port)  # before seconds are spent on the model
    control, ended = Control(), threading.Event()

    def wait_for_end() -> None:
        commands.read()
        control.cancel()
        ended.set()

    threading.Thread(target=wait_for_end, name="parent", daemon=True).start()
    model = ModelSpec(backend="llama_cpp", name=spec.name, path=spec.path)
    with brief_thread() as brief:
        loaded = brief.submit(load_model, model, spec.context, _Teller(tell).loading, control).result()
    service = ModelService(loaded, spec.slots)
    server = Server(service, spec.token, listening)
    thread = server.start()
    tell(ServerListening(server.port, spec.name, spec.slots, loaded.context.n_ctx))
    _tell_activity(service, ended, thread, tell)
    server.stop()
    thread.join(5)
    service.close()
    loaded.close()


def _tell_activity(
    service: ModelService, ended: threading.Event, server: threading.Thread, tell: Tell
) -> None:
    told: ServerActivity | None = None
    while not ended.wait(_ACTIVITY_S) and server.is_alive():
        now = service.activity()
        if now != told:
            tell(now)
            told = now
