"""Rows of attention as pictures: what is shown is what the numbers say."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.models.inspection_rows import AttentionRow, AttentionRows
from app.panels.attention.head_matrix import HeadMatrix, Window
from app.panels.attention.links import make_links
from app.panels.attention.renderer import Renderer, RenderRequest, rollout_of
from app.panels.attention.thumbs import SIDE, Thumbs
from engine.inspection.rollout import rollout

LAYERS, HEADS = 3, 2


def attention(tokens: int) -> NDArray[np.float32]:
    """Causal rows that sum to 1, `[layer, head, query, key]`."""
    rng = np.random.default_rng(5)
    weights = np.tril(rng.random((LAYERS, HEADS, tokens, tokens)).astype(np.float32) ** 4)
    weights += np.eye(tokens, dtype=np.float32) * 1e-3
    shares: NDArray[np.float32] = weights / weights.sum(axis=3, keepdims=True)
    return shares


def rows_of(full: NDArray[np.float32], start: int = 0) -> AttentionRows:
    rows = AttentionRows()
    for position in range(start, full.shape[2]):
        weights = full[:, :, position, : position + 1].astype(np.float16)
        rows.add(AttentionRow(position, tuple(range(LAYERS)), tuple(range(HEADS)), weights))
    return rows


def request(rows: AttentionRows, **changed: Any) -> RenderRequest:
    wanted = RenderRequest(
        rows=rows, layers=LAYERS, heads=HEADS, layer=1, head=1, reduction="head", gamma=1.0, position=9,
        thumb=(8, 8), gap=1, map_size=(20, 20),
    )  # fmt: skip
    return wanted._replace(**changed)


@pytest.mark.parametrize("tokens", [5, SIDE, SIDE + 1, 150])
def test_thumbnail_cells_are_the_largest_weight_that_falls_into_them(tokens: int) -> None:
    full = attention(tokens)
    thumbs = Thumbs(LAYERS, HEADS)
    for row in rows_of(full).since(0):
        thumbs.add(row)
    step = 1
    while -(-tokens // step) > SIDE:
        step *= 2
    cells = thumbs.cells.view(np.float16)
    down, across = thumbs.used()
    assert (down, across) == (-(-tokens // step), -(-tokens // step))
    for line in range(down):
        for column in range(across):
            part = full[:, :, line * step : (line + 1) * step, column * step : (column + 1) * step]
            expected = part.max(axis=(2, 3)).astype(np.float16)
            assert np.array_equal(cells[:, :, line, column], expected)


def test_the_map_shows_weights_and_leaves_out_what_comes_after_the_query() -> None:
    full = attention(10)
    matrix = HeadMatrix(2, 0)
    matrix.take(rows_of(full), 0)
    picture = matrix.picture(Window(0, 0, 10, 10), 10, 10, 1.0)
    assert not np.triu(picture, 1).any(), "masked keys are see-through"
    assert (np.tril(picture) > 0).sum() == 55, "what is read is not, even where it is next to nothing"
    assert np.allclose(np.tril(picture), np.tril(full[2, 0] * 254 + 1), atol=1.5)
    assert matrix.value(7, 3) == pytest.approx(full[2, 0, 7, 3], abs=1e-3)
    assert matrix.value(12, 3) is None


def test_a_part_of_the_map_can_be_enlarged() -> None:
    full = attention(40)
    matrix = HeadMatrix(0, 1)
    matrix.take(rows_of(full), 0)
    picture = matrix.picture(Window(20, 10, 2, 2), 6, 6, 1.0)
    assert picture.shape == (6, 6)
    assert (picture[:3, :3] == picture[0, 0]).all()
    assert picture[0, 0] == pytest.approx(full[0, 1, 20, 10] * 254 + 1, abs=1.5)


def test_live_rows_begin_with_the_reply() -> None:
    full = attention(30)
    rendered = Renderer().render(request(rows_of(full, start=20), position=25))
    assert (rendered.first, rendered.queries, rendered.keys) == (20, 10, 30)
    assert rendered.row is not None
    assert np.allclose(rendered.row, full[1, 1, 25, :26], atol=1e-3)
    assert rendered.mosaic is not None
    assert (rendered.mosaic.width(), rendered.mosaic.height()) == (LAYERS * 9, HEADS * 9)


def test_rows_that_are_read_later_come_in_front() -> None:
    full = attention(30)
    rows = rows_of(full, start=20)
    renderer = Renderer()
    renderer.render(request(rows))
    for row in rows_of(full).since(0)[:20]:
        rows.add(row)
    rendered = renderer.render(request(rows, position=5))
    assert (rendered.first, rendered.queries) == (0, 30)
    assert rendered.row is not None
    assert np.allclose(rendered.row, full[1, 1, 5, :6], atol=1e-3)


def test_the_mean_of_a_layer_is_over_its_heads() -> None:
    full = attention(12)
    rendered = Renderer().render(request(rows_of(full), reduction="mean", layer=2, position=8))
    assert rendered.row is not None
    assert np.allclose(rendered.row, full[2].mean(axis=0)[8, :9], atol=1e-3)


def test_rollout_needs_every_row_and_is_that_of_the_paper() -> None:
    full = attention(12)
    assert rollout_of(rows_of(full, start=3), LAYERS) is None
    found = rollout_of(rows_of(full), LAYERS)
    assert found is not None
    assert np.allclose(found, rollout(full.mean(axis=1)), atol=2e-3)
    rendered = Renderer().render(request(rows_of(full), reduction="rollout", position=11))
    assert rendered.row is not None
    assert rendered.row.sum() == pytest.approx(1.0, abs=5e-3)


def test_heads_are_counted_where_it_is_asked_for() -> None:
    full = attention(12)
    full[1, 0] = np.eye(12, k=-1)
    full[1, 0, 0, 0] = 1
    rendered = Renderer().render(request(rows_of(full), statistics=True, pieces=(b"a",) * 12))
    row = next(row for row in rendered.heads if (row.layer, row.head) == (1, 0))
    previous = row.values[3]
    assert previous == pytest.approx(1.0, abs=1e-3), "a head that reads the token before"
    assert not Renderer().render(request(rows_of(full))).heads


def test_memory_is_bounded_and_the_oldest_rows_go_first() -> None:
    full = attention(64)
    one = full[:, :, 63, :].astype(np.float16).nbytes
    rows = AttentionRows(limit_bytes=one * 10)
    for row in rows_of(full).since(0):
        rows.add(row)
    assert rows.size_bytes <= one * 10
    assert rows.dropped > 0
    assert rows.positions()[-1] == 63
    assert rows.positions()[0] == rows.dropped


def test_layers_read_apart_are_put_together() -> None:
    full = attention(4)
    rows = AttentionRows()
    for layers in ((0,), (2,)):
        rows.add(AttentionRow(3, layers, (0, 1), full[list(layers), :, 3, :4].astype(np.float16)))
    assert rows.layers() == (0, 2)
    found = rows.weights(3, 2, 1)
    assert found is not None
    assert np.allclose(found, full[2, 1, 3, :4], atol=1e-3)
    assert rows.weights(3, 1, 0) is None


def test_lines_go_to_the_tokens_that_are_read_most_in_the_order_of_the_text() -> None:
    row = np.array([0.5, 0.005, 0.1, 0.3, 0.095], np.float32)
    assert [link.position for link in make_links(row, 0.01, 10, str)] == [0, 2, 3, 4]
    assert [link.position for link in make_links(row, 0.0, 2, str)] == [0, 3]
