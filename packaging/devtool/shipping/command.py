"""`dev.py package`: what the present system can make, in dist/."""

import shutil
import sys
import sysconfig
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtool import layout
from devtool.console import Console, Problem
from devtool.shipping import bill, icons, linux, macos, parts, windows
from devtool.shipping.bundle import make_bundle
from devtool.shipping.components import components
from devtool.shipping.environment import PackagingEnvironment

Write = Callable[[Path, str, Path, Console], Path]


@dataclass(frozen=True)
class Format:
    """A kind of package and the system it can be made on (the beginning of `sys.platform`)."""

    platform: str
    write: Write


def _deb(bundle: Path, version: str, folder: Path, _console: Console) -> Path:
    target = folder / f"lathe_{version}_{linux.debian_architecture()}.deb"
    linux.write_deb(bundle, version, target)
    return target


def _tar(bundle: Path, version: str, folder: Path, _console: Console) -> Path:
    name = f"lathe-{version}-{sysconfig.get_platform()}"
    linux.write_archive(bundle, name, folder / f"{name}.tar.gz")
    return folder / f"{name}.tar.gz"


FORMATS = {
    "deb": Format("linux", _deb),
    "tar": Format("linux", _tar),
    "nsis": Format("win32", windows.write_installer),
    "dmg": Format("darwin", macos.write_image),
}


def formats_here(platform: str = sys.platform) -> list[str]:
    """What can be made on this system."""
    return [name for name, one in FORMATS.items() if platform.startswith(one.platform)]


def package(console: Console, wanted: Sequence[str] = (), *, bundle_only: bool = False) -> int:
    """The exit code. Raises `Problem`."""
    possible = formats_here()
    if unknown := [name for name in wanted if name not in FORMATS]:
        raise Problem(f"there is no format {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    if elsewhere := [name for name in wanted if name not in possible]:
        raise Problem(f"{', '.join(elsewhere)} cannot be made on this system, only {', '.join(possible)}")
    version = project_version()
    environment = PackagingEnvironment(console)
    environment.set_up_packaging()
    console.line(f"\nPackaging Lathe {version}")
    icons.write_icons(layout.BUILD / "icons")
    bundle = make_bundle(console, environment)
    with console.step("bill of materials, licences"):
        bill.write(_resources(bundle), version, components(bundle))
    layout.DIST.mkdir(exist_ok=True)
    for name in () if bundle_only else (wanted or possible):
        with console.step(f"{name} package"):
            written = FORMATS[name].write(bundle, version, layout.DIST, console)
        console.line(f"       {written.relative_to(layout.ROOT)}, {written.stat().st_size / 1e6:.1f} MB")
    shutil.copy(_resources(bundle) / bill.BILL, layout.DIST / f"lathe-{version}-{bill.BILL}")
    table = parts.report(parts.parts_of(bundle, sys.stdlib_module_names))
    (layout.DIST / f"lathe-{version}-parts.md").write_text(table + "\n", "utf-8")
    console.line(f"\nWhat is large in it, installed:\n{table}")
    return 0


def project_version() -> str:
    project = tomllib.loads((layout.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def _resources(bundle: Path) -> Path:
    if sys.platform == "darwin":
        return macos.application(bundle) / "Contents" / "Resources" / "resources"
    return bundle / "_internal" / "resources"
