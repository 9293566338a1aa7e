"""`lathe inspect lens`: what each layer would have said next."""

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from engine.cli import tables
from engine.cli.inspect_text import add_text_options, load, look, shown, text_request
from engine.cli.parser import LineParser
from engine.cli.runtime import opened_runtime
from engine.cli.terminal import tell, write_json
from engine.errors import UserError
from engine.library.vocabulary import Vocabulary, read_vocabulary
from engine.protocol.events import Inspected
from engine.protocol.inspection import LensSpec

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DESCRIPTION = (
    "Puts the hidden state after each layer through the model's own final norm and output head. For each "
    "layer and position it prints the candidates for the next token, the Kullback-Leibler divergence of "
    "the last layer's distribution from this one (nats), and the entropy (bits)."
)


class Reading(NamedTuple):
    """One layer at one position."""

    layer: int
    position: int
    kl: float
    entropy: float
    candidates: list[tuple[int, str, float]]


def fill(parser: LineParser) -> None:
    """Options."""
    parser.description = _DESCRIPTION
    add = parser.add_argument_group("what is shown").add_argument
    add("--top", metavar="N", type=int, default=5, help="candidates for each layer (default 5)")
    add(
        "--positions",
        metavar="WHICH",
        type=_positions,
        help="all, last, or places such as 0,4,-1 (default: all with --json, else last)",
    )
    add_text_options(parser)


def run(args: argparse.Namespace, home: Path) -> int:
    """Raises `UserError`, `Cancelled`, `BugError`."""
    if not 1 <= args.top <= 1000:
        raise UserError(
            "params.invalid", name="top", value=args.top, reason="it is out of range", minimum=1, maximum=1000
        )
    request = text_request(args)
    with opened_runtime(home) as runtime:
        loaded = load(runtime, args)
        positions = args.positions
        if positions == "all" or (positions is None and args.json):
            # How long the text is only the engine knows; reading it without taps is quick.
            length = len(look(runtime, request, "Reading the text").token_ids)
            positions = tuple(range(length))
        elif positions is None or positions == "last":
            positions = ()
        lens = LensSpec(top=args.top, positions=positions)
        done = look(runtime, msgspec.structs.replace(request, lens=lens), "Reading the layers")
    readings = _readings(done, read_vocabulary(loaded.path))
    for reading in readings:
        if args.json:
            write_json(_fields(reading))
    if not args.json:
        _print(done, readings)
    return 0


def _readings(done: Inspected, vocabulary: Vocabulary) -> list[Reading]:
    from engine.taps.arrays import unpack  # noqa: PLC0415 - brings numpy

    arrays: dict[str, NDArray[Any]] = {name: unpack(array) for name, array in done.arrays.items()}
    ids, logprobs = arrays["lens_ids"].tolist(), arrays["lens_logprobs"].tolist()
    kl, entropy = arrays["lens_kl"].tolist(), arrays["lens_entropy"].tolist()
    return [
        Reading(
            layer,
            position,
            kl[row][column],
            entropy[row][column],
            [
                (token, vocabulary.piece(token).decode("utf-8", "replace"), math.exp(logprob))
                for token, logprob in zip(ids[row][column], logprobs[row][column], strict=True)
            ],
        )
        for row, layer in enumerate(done.layers)
        for column, position in enumerate(done.lens_positions)
    ]


def _fields(reading: Reading) -> dict[str, object]:
    return {
        "layer": reading.layer,
        "position": reading.position,
        "candidates": [{"id": token, "text": text, "p": p} for token, text, p in reading.candidates],
        "kl": reading.kl,
        "entropy": reading.entropy,
    }


def _print(done: Inspected, readings: list[Reading]) -> None:
    for position in done.lens_positions:
        before = b"".join(done.pieces[: position + 1]).decode("utf-8", "replace")
        tell(f"After token {position}: …{shown(before[-60:])}", style="dim")
        rows = [
            (
                str(one.layer),
                f"{one.kl:.2f}",
                f"{one.entropy:.2f}",
                "  ".join(f"{shown(text)} {p:.0%}" for _, text, p in one.candidates),
            )
            for one in readings
            if one.position == position
        ]
        tables.print_table(("LAYER", "KL", "ENTROPY", "CANDIDATES"), rows, right=(0, 1, 2))


def _positions(text: str) -> str | tuple[int, ...]:
    if text in ("all", "last"):
        return text
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither all, last, nor places such as 0,4,-1"
        ) from None
