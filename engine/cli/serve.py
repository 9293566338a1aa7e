"""`lathe serve`: a model for programs that speak OpenAI's protocol, on this machine only."""

import argparse
import os
import queue
from pathlib import Path

from engine.cli.chat_options import STARTER, add_model_options
from engine.cli.context_options import add_context_options, context_values, with_context
from engine.cli.interrupts import Interrupted, Interrupts
from engine.cli.parser import LineParser, add_common
from engine.cli.runtime import POLL_S, opened_store
from engine.cli.terminal import note, write_json, write_line
from engine.errors import BugError, UserError
from engine.protocol.serving import (
    ServerActivity,
    ServerEvent,
    ServerFailed,
    ServerListening,
    ServerLoading,
    ServeSpec,
)
from engine.protocol.values import ContextParams

TOKEN_VARIABLE = "LATHE_SERVER_TOKEN"  # noqa: S105 - a name
DEFAULT_PORT = 8411
_CLOSE_S = 10.0


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = (
        "Answers at http://127.0.0.1:PORT/v1 until Ctrl+C: chat/completions, completions, embeddings, "
        f"models. Clients need the token that is printed; {TOKEN_VARIABLE} sets another."
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help=f"0: any free one (default {DEFAULT_PORT})"
    )
    parser.add_argument(
        "--slots", type=int, default=4, help="requests answered at the same time (default 4, at most 16)"
    )
    add_model_options(parser, positional=True)
    add_context_options(parser)
    add_common(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `BugError`. Ctrl+C is the ordinary end."""
    from engine.chat.models import resolve_model  # noqa: PLC0415
    from engine.client.server_token import server_token  # noqa: PLC0415

    with opened_store(home) as store:
        model = resolve_model(store, args.model or STARTER, fake_script=None)
    if model.backend != "llama_cpp":
        raise UserError("cli.usage", reason="only GGUF models can be served", command="serve")
    spec = ServeSpec(
        path=model.path,
        name=model.name,
        token=os.environ.get(TOKEN_VARIABLE) or server_token(home),
        port=args.port,
        slots=args.slots,
        context=with_context(ContextParams(), context_values(args)),
    )
    return _serve(home, spec, json_lines=args.json)


def _serve(home: Path, spec: ServeSpec, *, json_lines: bool) -> int:
    from engine.client.server_process import ServerProcess  # noqa: PLC0415

    inbox: queue.SimpleQueue[ServerEvent | Interrupted | None] = queue.SimpleQueue()
    with Interrupts(inbox.put):
        process = ServerProcess(home, spec, inbox.put, lambda: inbox.put(None))
        try:
            while (event := _next(inbox)) is not None:
                if isinstance(event, Interrupted):
                    note("Stopping.")
                    process.stop()
                elif isinstance(event, ServerFailed):
                    raise UserError(event.code, **event.params) if event.code else BugError(event.report)
                else:
                    _show(event, spec, json_lines=json_lines)
        finally:
            process.stop()
            process.wait(_CLOSE_S)
    return 0


def _next(
    inbox: "queue.SimpleQueue[ServerEvent | Interrupted | None]",
) -> ServerEvent | Interrupted | None:
    while True:
        try:
            return inbox.get(timeout=POLL_S)
        except queue.Empty:
            continue


def _show(event: ServerEvent, spec: ServeSpec, *, json_lines: bool) -> None:
    if isinstance(event, ServerListening):
        address = f"http://127.0.0.1:{event.port}/v1"
        if json_lines:
            write_json({"event": "listening", "url": address, "token": spec.token, "model": event.model})
        else:
            write_line(f"{event.model} answers at {address}")
            write_line(f"Token: {spec.token}")
            note(f"{event.slots} requests at a time, {event.n_ctx} tokens of context in all. Ctrl+C stops.")
    elif isinstance(event, ServerActivity) and json_lines:
        write_json(
            {
                "event": "activity",
                "requests": len(event.requests),
                "served": event.served,
                "output_tps": event.output_tps,
            }
        )
    elif isinstance(event, ServerLoading) and event.fraction == 0:
        note("Loading the model.")
