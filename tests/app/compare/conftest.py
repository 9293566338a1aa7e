"""The page Quantize with a small comparison and a small map in its home folder."""

from pathlib import Path

import pytest

from engine.evaluate.job import run_compare
from engine.evaluate.stored import new_place
from engine.protocol.jobs import CompareJob, JobEvent, QuantizeJob, SensitivityJob
from engine.quantize.job import run_quantize
from engine.quantize.sensitivity import run_sensitivity
from engine.quantize.sensitivity_map import new_map_place
from tests.app.quantize_page.conftest import Work, make_bench, script, theme, work
from tests.support.tiny_llama import TEXT, Size, write_tiny_llama

__all__ = ["Work", "make_bench", "script", "theme", "work"]
CHUNK = 64


def ignore(_event: JobEvent) -> None:
    """Nobody listens."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model, a quantized one, a text, a comparison (c.npz) and a map (m.json)."""
    folder = tmp_path_factory.mktemp("made")
    source = write_tiny_llama(folder / "tiny.gguf", Size(n_embd=64, n_ff=256))
    small = folder / "tiny-Q4_0.gguf"
    run_quantize(QuantizeJob(str(source), str(small), "Q4_0"), ignore)
    text = folder / "text.txt"
    text.write_text(TEXT * 30, encoding="utf-8")
    paths, names = (str(source), str(small)), ("tiny", "tiny-Q4_0")
    run_compare(CompareJob(paths, names, str(text), str(folder / "c.npz"), n_ctx=CHUNK, n_tokens=640), ignore)
    job = SensitivityJob(str(source), str(folder / "m.json"), str(text), n_ctx=CHUNK, n_tokens=256)
    run_sensitivity(job, ignore)
    return folder


@pytest.fixture
def kept(made: Path, home: Path) -> Path:
    """The home folder with both in it, as if they had been made here before."""
    new_place(home).write_bytes((made / "c.npz").read_bytes())
    new_map_place(home, "tiny").write_bytes((made / "m.json").read_bytes())
    return home
