"""The packages for Linux: a .deb for /usr/lib, and an archive that runs from where it is unpacked."""

import gzip
import hashlib
import io
import lzma
import platform
import tarfile
import time
from pathlib import Path

from devtool import layout, system_libraries
from devtool.console import Problem
from devtool.shipping import elf
from devtool.shipping.tree import Entry, add, build_time, folder_entries, with_parents

LINUX = layout.ROOT / "packaging" / "linux"
PACKAGE = "lathe"
PLACE = "usr/lib/lathe"
"""Not /opt: dpkg removes that folder, too, when the last package goes that had something there."""
APP_ID = "io.github.lathe_workbench.lathe"
BASE = {
    "libc.so.6": "libc6",
    "libm.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libresolv.so.2": "libc6",
    "libbrotlidec.so.1": "libbrotli1",
    "libzstd.so.1": "libzstd1",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb.so.1": "libxcb1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libdrm.so.2": "libdrm2",
    "libgbm.so.1": "libgbm1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libfreetype.so.6": "libfreetype6",
    "libz.so.1": "zlib1g",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libvulkan.so.1": "libvulkan1",
}
"""What a package may ask of the system besides Qt's libraries: file name to Debian package."""
ALTERNATIVES = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0"}
"""Packages that newer releases have renamed."""
RECOMMENDS = ("libgtk-3-0t64 | libgtk-3-0", "xdg-utils", "dbus-user-session | dbus-x11")
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_XZ_PRESET = 1
"""Half of the package is weights that do not compress: more effort takes minutes and gains two per cent."""


def dependencies(folder: Path) -> list[str]:
    """Debian packages that a bundle needs. Raises `Problem` for a library that no table knows."""
    known = {**system_libraries.DRAWING, **system_libraries.WINDOW, **BASE}
    found = elf.demands(folder)
    if unknown := {name: path for name, path in found.outside.items() if name not in known}:
        lines = [f"  {name}, wanted by {path.relative_to(folder)}" for name, path in unknown.items()]
        raise Problem(
            "The bundle needs libraries of the system that no Debian package is known for "
            "(packaging/devtool/shipping/linux.py):\n" + "\n".join(lines)
        )
    packages = {known[name] for name in found.outside} - {"libc6"}
    libc = f"libc6 (>= {found.glibc[0]}.{found.glibc[1]})"
    return [libc, *sorted(ALTERNATIVES.get(name, name) for name in packages)]


def control(version: str, architecture: str, installed_bytes: int, depends: list[str]) -> str:
    return "\n".join(
        (
            f"Package: {PACKAGE}",
            f"Version: {version}",
            "Section: science",
            "Priority: optional",
            f"Architecture: {architecture}",
            "Maintainer: The Lathe developers <lathe@localhost>",
            f"Installed-Size: {installed_bytes // 1024}",
            f"Depends: {', '.join(depends)}",
            f"Recommends: {', '.join(RECOMMENDS)}",
            "Description: workbench for local language models",
            " Chat with models that run on this machine, see attention, logit lens and",
            " every stage of sampling, fine-tune, quantize, convert and compare them.",
            " A starter model is inside; nothing is sent anywhere.",
            "",
        )
    )


def system_entries(version: str) -> list[Entry]:
    """What the .deb puts outside `PLACE`: the command, the menu entry, icons, metadata."""
    share = "usr/share"
    day = time.strftime("%Y-%m-%d", time.gmtime(build_time()))
    metainfo = (LINUX / "lathe.metainfo.xml").read_text("utf-8")
    metainfo = metainfo.replace("@VERSION@", version).replace("@DATE@", day)
    entries = [
        Entry("usr/bin/lathe", link="../lib/lathe/lathe"),
        Entry(f"{share}/applications/lathe.desktop", source=LINUX / "lathe.desktop"),
        Entry(f"{share}/metainfo/{APP_ID}.metainfo.xml", data=metainfo.encode()),
        Entry(f"{share}/doc/{PACKAGE}/copyright", source=LINUX / "copyright"),
        Entry(
            f"{share}/icons/hicolor/scalable/apps/lathe.svg", source=layout.ROOT / "resources/app-icon.svg"
        ),
    ]
    for path in sorted((layout.ROOT / "resources/app-icon").glob("*.png")):
        size = path.stem
        entries.append(Entry(f"{share}/icons/hicolor/{size}x{size}/apps/lathe.png", source=path))
    return entries


def write_deb(bundle: Path, version: str, target: Path) -> None:
    """Raises `Problem`, `OSError`."""
    entries = with_parents([*folder_entries(bundle, PLACE), *system_entries(version)])
    nbytes = sum(entry.source.stat().st_size for entry in entries if entry.source is not None)
    text = control(version, debian_architecture(), nbytes, dependencies(bundle))
    sums = "".join(
        f"{_md5(entry)}  {entry.path}\n"
        for entry in entries
        if entry.source is not None or entry.data is not None
    )
    head = _tar([Entry("control", data=text.encode()), Entry("md5sums", data=sums.encode())])
    data = target.with_suffix(".data.tar.xz")
    with lzma.open(data, "wb", preset=_XZ_PRESET) as stream:
        _tar_into(stream, [Entry("."), *entries])
    try:
        with target.open("wb") as file:
            file.write(b"!<arch>\n")
            _member(file, "debian-binary", b"2.0\n")
            _member(file, "control.tar.xz", lzma.compress(head))
            _member(file, "data.tar.xz", data)
    finally:
        data.unlink()


def write_archive(bundle: Path, name: str, target: Path) -> None:
    """A .tar.gz with one folder `name`. Raises `OSError`."""
    entries = [Entry(name), *folder_entries(bundle, name)]
    entries.append(Entry(f"{name}/share/lathe.desktop", source=LINUX / "lathe.desktop"))
    entries.append(Entry(f"{name}/share/lathe.svg", source=layout.ROOT / "resources/app-icon.svg"))
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, build_time()) as stream:
        _tar_into(stream, with_parents(entries), prefix="")


def debian_architecture(machine: str = platform.machine()) -> str:
    """Raises `Problem`."""
    if machine not in ARCHITECTURES:
        raise Problem(f"There is no Debian architecture for {machine} here")
    return ARCHITECTURES[machine]


def _tar(entries: list[Entry]) -> bytes:
    stream = io.BytesIO()
    _tar_into(stream, entries)
    return stream.getvalue()


def _tar_into(stream: "io.BufferedIOBase", entries: list[Entry], prefix: str = "./") -> None:
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for entry in entries:
            add(archive, entry, "" if entry.path == "." else prefix)


def _member(file: "io.BufferedWriter", name: str, content: "bytes | Path") -> None:
    """A member of an ar archive, as dpkg wants it."""
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    file.write(f"{name:<16}{build_time():<12}{0:<6}{0:<6}{'100644':<8}{size:<10}`\n".encode())
    if isinstance(content, bytes):
        file.write(content)
    else:
        with content.open("rb") as source:
            while block := source.read(1 << 20):
                file.write(block)
    if size % 2:
        file.write(b"\n")


def _md5(entry: Entry) -> str:
    """What dpkg --verify compares."""
    digest = hashlib.md5(usedforsecurity=False)
    if entry.source is not None:
        with entry.source.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    else:
        digest.update(entry.data or b"")
    return digest.hexdigest()
