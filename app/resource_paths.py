"""Where fonts, icons and translations are, however Lathe was installed.

Three layouts: a source checkout (`resources/` beside `app/`), an installed wheel (`app/_resources/`, see
pyproject.toml), and a frozen bundle (`resources/` at the bundle's root).
"""

import sys
from functools import cache
from pathlib import Path

_APP = Path(__file__).resolve().parent


@cache
def resource_root() -> Path:
    """The folder that holds `fonts/`, `icons/`, `licenses/` and `translations/`.

    Raises `FileNotFoundError` where an installation is incomplete.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [Path(bundle) / "resources"] if bundle else []
    candidates += [_APP / "_resources", _APP.parent / "resources"]
    for candidate in candidates:
        if (candidate / "fonts").is_dir():
            return candidate
    raise FileNotFoundError(f"no resources in {', '.join(map(str, candidates))}")


def resource(*parts: str) -> Path:
    """The path of one resource: `resource("icons", "pin.svg")`. Need not exist."""
    return resource_root().joinpath(*parts)
