"""The files of the repository, for tests that read them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked_files(*patterns: str) -> list[Path]:
    """What git knows or would add, without what it ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in sorted(set(output.splitlines())) if (ROOT / line).is_file()]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
