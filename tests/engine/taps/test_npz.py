"""Files of arrays that are written in pieces: what comes out is what went in, or nothing."""

import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.errors import BugError, UserError
from engine.taps.npz import add_tokens, npz_file

SHAPE = (3, 2, 50, 70)


def test_pieces_from_several_threads_make_the_array(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    array = np.random.default_rng(1).random(SHAPE, dtype=np.float32)
    with npz_file(path) as writer:
        room = writer.reserve("attention", SHAPE)
        add_tokens(writer, "", [7, 8], [b"one", b"\xe4\xb8\xad"])

        def write(layer: int) -> None:
            for head in (1, 0):
                for first in (25, 0):
                    room.write((layer, head, first, 0), array[layer, head, first : first + 25])

        threads = [threading.Thread(target=write, args=(layer,)) for layer in (2, 0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        writer.add("after", np.arange(5))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None, "every checksum fits"
    with np.load(path, allow_pickle=False) as file:
        assert np.array_equal(file["attention"], array)
        assert file["attention"].dtype == np.float32
        assert list(file["tokens"]) == ["one", "中"]
        assert list(file["token_ids"]) == [7, 8]
        assert list(file["after"]) == [0, 1, 2, 3, 4]


def test_two_reserved_arrays_do_not_overlap(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with npz_file(path) as writer:
        for name, value in (("a", 1.0), ("b", 2.0)):
            writer.reserve(name, (9, 11)).write((0, 0), np.full((9, 11), value, np.float32))
    with np.load(path) as file:
        assert file["a"].min() == file["a"].max() == 1
        assert file["b"].min() == file["b"].max() == 2


def test_a_gap_is_a_bug_and_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    path.write_bytes(b"older")
    with pytest.raises(BugError, match=r"attention\.npy has a gap"), npz_file(path) as writer:
        writer.reserve("attention", (4, 4)).write((2, 0), np.zeros((2, 4), np.float32))
    assert path.read_bytes() == b"older"
    assert not list(tmp_path.glob("*.part"))


def test_an_error_in_between_leaves_no_file(tmp_path: Path) -> None:
    def fail() -> None:
        with npz_file(tmp_path / "a.npz") as writer:
            writer.reserve("attention", (4, 4))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not list(tmp_path.glob("a.npz*"))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told, npz_file(tmp_path / "missing" / "a.npz"):
        pass
    assert told.value.code == "output.unwritable"
