"""What an installed Lathe consists of."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.sources import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True, capture_output=True
    )
    return zipfile.ZipFile(next(folder.glob("lathe_workbench-*.whl")))


@pytest.mark.slow
def test_wheel_carries_the_resources_and_the_command(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    names = set(wheel.namelist())
    assert {"app/_resources/fonts/Inter-Regular.ttf", "app/_resources/icons/pin.svg"} <= names
    assert {name.split("/")[0] for name in names if not name.startswith("lathe_workbench-")} == {
        "app",
        "engine",
    }
    points = next(name for name in names if name.endswith("entry_points.txt"))
    assert "lathe = engine.cli.main:main" in wheel.read(points).decode()
    assert any(name.endswith("licenses/LICENSE") for name in names)

    wheel.extractall(tmp_path)
    code = "from app.resource_paths import resource; print(resource('icons', 'pin.svg'))"
    found = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    assert Path(found) == tmp_path / "app/_resources/icons/pin.svg"
