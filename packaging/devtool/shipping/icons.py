"""Icon files for Windows and macOS: containers around the PNG files there are."""

import struct
from pathlib import Path

from devtool import layout

_ICNS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
_LARGEST_IN_ICO = 256


def pictures() -> dict[int, bytes]:
    """Edge in pixels to PNG."""
    folder = layout.ROOT / "resources" / "app-icon"
    return {int(path.stem): path.read_bytes() for path in sorted(folder.glob("*.png"))}


def ico(images: dict[int, bytes]) -> bytes:
    """A Windows icon; Windows Vista and newer read PNG inside."""
    sizes = [size for size in sorted(images) if size <= _LARGEST_IN_ICO]
    head = struct.pack("<HHH", 0, 1, len(sizes))
    offset = len(head) + 16 * len(sizes)
    entries = b""
    for size in sizes:
        edge = size % 256  # 256 is written as 0
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(images[size]), offset)
        offset += len(images[size])
    return head + entries + b"".join(images[size] for size in sizes)


def icns(images: dict[int, bytes]) -> bytes:
    """A macOS icon."""
    blocks = b"".join(
        _ICNS[size] + struct.pack(">I", len(image) + 8) + image
        for size, image in sorted(images.items())
        if size in _ICNS
    )
    return b"icns" + struct.pack(">I", len(blocks) + 8) + blocks


def write_icons(folder: Path) -> None:
    """`lathe.ico` and `lathe.icns`, where lathe.spec looks for them. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    images = pictures()
    (folder / "lathe.ico").write_bytes(ico(images))
    (folder / "lathe.icns").write_bytes(icns(images))
