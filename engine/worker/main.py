"""The worker process: one thread reads commands, the main thread works through them, one tells statistics.

Pings, cancellations and changed sampling parameters are taken by the reader, so they reach a job that is
running. The end of stdin means that the parent is gone, however it went: the process then ends at once,
from the reader, even if the main thread is deep in native code.
"""

import faulthandler
import os
import queue
import signal
import sys
import threading
import traceback
from typing import BinaryIO

import msgspec

from engine.backends.backend import Control
from engine.errors import Cancelled, UserError
from engine.protocol.codec import FrameError, decode_command, read_frame
from engine.protocol.commands import AnyCommand, Cancel, Ping, Shutdown, UpdateSampling, UpdateTaps
from engine.protocol.events import Failed, Pong, Ready
from engine.worker.channel import EventChannel, claim_stdio, leave
from engine.worker.dispatch import Dispatcher
from engine.worker.stats import StatsReporter


class Inbox:
    """Commands in order, and the controls of those that wait or run."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[tuple[AnyCommand, Control]] = queue.SimpleQueue()
        self._controls: dict[int, Control] = {}
        self._lock = threading.Lock()

    def put(self, command: AnyCommand) -> None:
        control = Control()
        with self._lock:
            self._controls[command.job] = control
        self._queue.put((command, control))

    def take(self) -> tuple[AnyCommand, Control]:
        return self._queue.get()

    def done(self, job: int) -> None:
        with self._lock:
            self._controls.pop(job, None)

    def cancel_all(self) -> None:
        with self._lock:
            for control in self._controls.values():
                control.cancel()

    def control(self, job: int) -> Control | None:
        with self._lock:
            return self._controls.get(job)


def main() -> None:
    """Run until the client says `Shutdown` or goes away."""
    faulthandler.enable(file=sys.stderr)
    # Ctrl+C in a terminal reaches every process there; what it means here is the client's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stdin, channel = claim_stdio()
    inbox = Inbox()
    threading.Thread(target=_read, args=(stdin, inbox, channel), name="commands", daemon=True).start()
    dispatcher = Dispatcher(channel.send)
    StatsReporter(channel.send, dispatcher.kv_usage).start()
    channel.send(Ready(pid=os.getpid()))
    while True:
        command, control = inbox.take()
        if isinstance(command, Shutdown):
            dispatcher.close()
            os._exit(0)
        _run(dispatcher, command, control, channel)
        inbox.done(command.job)


def _run(dispatcher: Dispatcher, command: AnyCommand, control: Control, channel: EventChannel) -> None:
    try:
        dispatcher.run(command, control)
    except UserError as error:
        channel.send(Failed.of(command.job, error))
    except Cancelled:
        channel.send(Failed(job=command.job, code="cancelled", message="Cancelled."))
    except MemoryError as error:
        short = UserError("engine.out_of_memory", what=str(error) or "an allocation failed")
        channel.send(Failed.of(command.job, short))
    except Exception as error:  # noqa: BLE001 - told to the client as a bug, with its report
        report = traceback.format_exc()
        sys.stderr.write(report)
        channel.send(
            Failed(job=command.job, code="", message=f"{type(error).__name__}: {error}", report=report)
        )


def _read(stdin: BinaryIO, inbox: Inbox, channel: EventChannel) -> None:
    try:
        while (payload := read_frame(stdin)) is not None:
            command = decode_command(payload)
            if isinstance(command, Ping):
                channel.send(Pong(job=command.job))
            elif isinstance(command, Cancel):
                if control := inbox.control(command.job):
                    control.cancel()
            elif isinstance(command, UpdateSampling):
                if control := inbox.control(command.job):
                    control.update_sampling(command.sampling)
            elif isinstance(command, UpdateTaps):
                if control := inbox.control(command.job):
                    control.update_taps(command.taps)
            else:
                if isinstance(command, Shutdown):
                    inbox.cancel_all()
                inbox.put(command)
    except (FrameError, msgspec.ValidationError, msgspec.DecodeError) as error:
        sys.stderr.write(f"the command stream is broken: {error}\n")
        leave(3)
    leave(0)
