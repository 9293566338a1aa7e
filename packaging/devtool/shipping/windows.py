"""The installer for Windows: NSIS, for one user, without administrator rights."""

import shutil
import subprocess
from pathlib import Path

from devtool import layout
from devtool.console import Console, Problem

SCRIPT = layout.ROOT / "packaging" / "windows" / "lathe.nsi"


def write_installer(bundle: Path, version: str, folder: Path, console: Console) -> Path:
    """Raises `Problem` where NSIS is missing or refuses."""
    program = shutil.which("makensis") or _usual_place()
    if program is None:
        raise Problem("NSIS is not installed: https://nsis.sourceforge.io, or winget install NSIS.NSIS")
    target = folder / f"lathe-{version}-setup.exe"
    kibibytes = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file()) // 1024
    defines = {
        "VERSION": version,
        "BUNDLE": str(bundle),
        "OUTPUT": str(target),
        "ICON": str(layout.BUILD / "icons" / "lathe.ico"),
        "LICENCE": str(layout.ROOT / "LICENSE"),
        "KIBIBYTES": str(kibibytes),
    }
    command = [
        program,
        "-V2",
        "-INPUTCHARSET",
        "UTF8",
        *(f"-D{name}={value}" for name, value in defines.items()),
    ]
    result = subprocess.run([*command, str(SCRIPT)], capture_output=True, text=True, check=False)
    if result.returncode:
        raise Problem(f"NSIS: exit code {result.returncode}\n{result.stdout}{result.stderr}")
    console.line(f"       {kibibytes // 1024} MB when installed")
    return target


def _usual_place() -> str | None:
    for place in (r"C:\Program Files (x86)\NSIS\makensis.exe", r"C:\Program Files\NSIS\makensis.exe"):
        if Path(place).is_file():
            return place
    return None
