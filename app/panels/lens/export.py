"""The logit lens as files for other programs: CSV and NPZ. No Qt; call it off the GUI thread."""

import csv
import io
from pathlib import Path

from app.panels.lens.grid import LensGrid

FIELDS = ("position", "token", "next_token", "layer", "rank", "id", "text", "p", "kl_nats", "entropy_bits")


def to_csv(grid: LensGrid) -> str:
    """RFC 4180 with a header; one candidate a line, the last layer first."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for column, position in enumerate(grid.positions):
        token, following = _text(grid.token_at(column)), _text(grid.token_after(column))
        for row, layer in enumerate(grid.layers):
            kl, entropy = f"{grid.kl(row, column):.6g}", f"{grid.entropy(row, column):.6g}"
            for rank, guess in enumerate(grid.guesses(row, column)):
                text = _text(guess.piece)
                writer.writerow(
                    (position, token, following, layer, rank, guess.id, text, f"{guess.p:.6g}", kl, entropy)
                )
    return out.getvalue()


def write_npz(grid: LensGrid, path: Path) -> None:
    """The arrays as the engine sent them, with the text's tokens and the numbers of layers and positions."""
    import numpy as np  # noqa: PLC0415 - on the thread that writes

    from engine.taps.arrays import unpack  # noqa: PLC0415 - brings numpy

    event = grid.event
    arrays = {name: unpack(array) for name, array in event.arrays.items() if name.startswith("lens_")}
    np.savez(
        path,
        allow_pickle=False,
        layers=np.array(event.layers, np.int32),
        positions=np.array(event.lens_positions, np.int32),
        token_ids=np.array(event.token_ids, np.int32),
        tokens=np.array([_text(piece) for piece in event.pieces]),
        **arrays,
    )


def _text(piece: bytes) -> str:
    """Half a letter becomes U+FFFD; a spreadsheet must not take a token for a formula."""
    text = piece.decode("utf-8", "replace")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
