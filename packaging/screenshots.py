"""Take the pictures of the documentation from the running program.

.venv/bin/python packaging/screenshots.py               all of them, into docs/pictures
.venv/bin/python packaging/screenshots.py chat beams    these only
.venv/bin/python packaging/screenshots.py --list        their names

The window runs without a display, at 1440 × 900, on the starter model and in a home folder of its own. Seeds
are fixed, so replies stay the same; rates and memory are those of the machine that takes the pictures.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from pictures.surroundings import make_home, remove_home  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="pictures to take; all without one")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures", metavar="DIR")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    options = parser.parse_args()
    home = make_home()
    try:
        # Qt reads the environment when it is imported.
        from pictures import scenes, scenes_of_files  # noqa: F401, PLC0415 - they fill the list
        from pictures.registry import SCENES  # noqa: PLC0415
        from pictures.stage import Stage  # noqa: PLC0415

        if options.list:
            for name, scene in SCENES.items():
                print(f"{name:<20} {(scene.__doc__ or '').splitlines()[0]}")
            return 0
        unknown = [name for name in options.names if name not in SCENES]
        if unknown:
            parser.error(f"no picture is called {', '.join(unknown)}")
        options.out.mkdir(parents=True, exist_ok=True)
        failed = 0
        with Stage(home, options.out) as stage:
            for name, scene in SCENES.items():
                if options.names and name not in options.names:
                    continue
                try:
                    scene(stage)
                except Exception as error:  # noqa: BLE001 - the other pictures can still be taken
                    failed += 1
                    print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
    finally:
        remove_home(home)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
