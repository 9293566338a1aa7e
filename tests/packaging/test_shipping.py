"""The parts of `dev.py package` that need no PyInstaller: archives, dependencies, licences, icons, sizes."""

import email
import io
import json
import struct
import sys
import tarfile
from pathlib import Path

import pytest

from devtool import layout
from devtool.cli import Usage, parse_package_options
from devtool.console import Problem
from devtool.shipping import bill, elf, icons, linux, parts
from devtool.shipping.bundle import link_copies, tidy
from devtool.shipping.command import FORMATS, formats_here, project_version
from devtool.shipping.components import Component, components, licence_of
from devtool.shipping.tree import Entry, add, folder_entries, with_parents


def a_bundle(folder: Path) -> Path:
    bundle = folder / "lathe"
    (bundle / "_internal" / "resources" / "licenses").mkdir(parents=True)
    (bundle / "lathe").write_text("#!/bin/sh\n", encoding="utf-8")
    (bundle / "lathe").chmod(0o755)
    (bundle / "_internal" / "libx.so.0").write_bytes(b"library")
    (bundle / "_internal" / "libx.so").symlink_to("libx.so.0")
    return bundle


def ar_members(path: Path) -> dict[str, bytes]:
    """By the format's description: 60-byte heads, content padded to even."""
    data = path.read_bytes()
    assert data.startswith(b"!<arch>\n")
    members, at = {}, 8
    while at < len(data):
        head = data[at : at + 60]
        assert head.endswith(b"`\n")
        size = int(head[48:58])
        members[head[:16].decode().strip()] = data[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    return members


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes of a Linux package")
def test_a_deb_has_what_dpkg_wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux, "dependencies", lambda _folder: ["libc6 (>= 2.36)", "libx11-6"])
    monkeypatch.setattr(linux, "debian_architecture", lambda: "amd64")
    target = tmp_path / "lathe.deb"
    linux.write_deb(a_bundle(tmp_path), "1.2.3", target)
    members = ar_members(target)
    assert list(members) == ["debian-binary", "control.tar.xz", "data.tar.xz"]
    assert members["debian-binary"] == b"2.0\n"
    with tarfile.open(fileobj=io.BytesIO(members["control.tar.xz"])) as control:
        fields = control.extractfile("./control")
        sums = control.extractfile("./md5sums")
        assert fields is not None
        assert sums is not None
        head = email.message_from_bytes(fields.read())
        assert head["Version"] == "1.2.3"
        assert head["Depends"] == "libc6 (>= 2.36), libx11-6"
        assert b"  usr/lib/lathe/lathe\n" in sums.read()
    with tarfile.open(fileobj=io.BytesIO(members["data.tar.xz"])) as data:
        found = {member.name: member for member in data.getmembers()}
    assert found["./usr/bin/lathe"].linkname == "../lib/lathe/lathe"
    assert found["./usr/lib/lathe/lathe"].mode == 0o755
    assert found["./usr/lib/lathe/_internal/libx.so"].issym()
    assert all(member.uname == "root" and member.uid == 0 for member in found.values())
    assert "./usr/share/icons/hicolor/256x256/apps/lathe.png" in found
    folders = [name for name, member in found.items() if member.isdir()]
    for name in found:
        parent = name.rpartition("/")[0]
        assert parent in {"", "."} or parent in folders, f"{name} comes without its folder"


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes of a Linux package")
def test_packages_are_reproducible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux, "dependencies", lambda _folder: ["libc6"])
    monkeypatch.setattr(linux, "debian_architecture", lambda: "amd64")
    bundle = a_bundle(tmp_path)
    for name in ("one", "two"):
        linux.write_deb(bundle, "1.0.0", tmp_path / f"{name}.deb")
        linux.write_archive(bundle, "lathe-1.0.0", tmp_path / f"{name}.tar.gz")
    assert (tmp_path / "one.deb").read_bytes() == (tmp_path / "two.deb").read_bytes()
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()


def test_an_unknown_library_stops_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = elf.Demands((2, 34), {"libnobody.so.7": tmp_path / "lathe"})
    monkeypatch.setattr(elf, "demands", lambda _folder: wanted)
    with pytest.raises(Problem, match=r"libnobody\.so\.7, wanted by lathe"):
        linux.dependencies(tmp_path)


def test_dependencies_name_renamed_packages_and_the_c_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = dict.fromkeys(("libc.so.6", "libglib-2.0.so.0", "libX11.so.6"), tmp_path)
    monkeypatch.setattr(elf, "demands", lambda _folder: elf.Demands((2, 35), outside))
    assert linux.dependencies(tmp_path) == ["libc6 (>= 2.35)", "libglib2.0-0t64 | libglib2.0-0", "libx11-6"]


@pytest.mark.skipif(sys.platform == "win32", reason="versioned library names")
def test_copies_of_a_library_become_links(tmp_path: Path) -> None:
    for name, content in (("libx.so", b"1"), ("libx.so.0", b"1"), ("libx.so.0.2", b"1"), ("liby.so", b"1")):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "libx-cpu.so").write_bytes(b"2")
    assert link_copies(tmp_path) == 2
    assert (tmp_path / "libx.so.0").resolve() == tmp_path / "libx.so"
    assert not (tmp_path / "liby.so").is_symlink()
    assert not (tmp_path / "libx-cpu.so").is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_tidying_removes_traces_of_the_machine(tmp_path: Path) -> None:
    info = tmp_path / "_internal" / "x-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Name: x\n", encoding="utf-8")
    (info / "direct_url.json").write_text('{"url": "file:///somewhere/lathe"}', encoding="utf-8")
    (tmp_path / "gone.so").symlink_to("nowhere.so")
    tidy(tmp_path)
    assert [path.name for path in info.iterdir()] == ["METADATA"]
    assert not (tmp_path / "gone.so").is_symlink()


@pytest.mark.parametrize(
    ("head", "text", "licence"),
    [
        ("License-Expression: MIT", "", "MIT"),
        ("License: Apache 2.0", "", "Apache-2.0"),
        ("Classifier: License :: OSI Approved :: BSD License", "", "BSD-3-Clause"),
        ("", "Permission is hereby granted, free of\ncharge, to any person obtaining a copy", "MIT"),
        ("", "   Apache License\n   Version 2.0, January 2004", "Apache-2.0"),
    ],
)
def test_licences_are_named_as_spdx_does(head: str, text: str, licence: str) -> None:
    assert licence_of(email.message_from_string(f"Name: x\n{head}\n\n"), [text]) == licence


def test_a_package_without_a_licence_stops_the_package() -> None:
    with pytest.raises(Problem, match="does not say under which licence"):
        licence_of(email.message_from_string("Name: x\n\n"), ["All rights reserved"])


@pytest.mark.parametrize(
    ("licence", "only"),
    [
        ("MIT", False),
        ("GPL-3.0-only", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("GPL-2.0-only OR GPL-3.0-only", True),
        ("MIT AND GPL-2.0-or-later", True),
        ("GPL-2.0-or-later WITH Bootloader-exception", False),
        ("AGPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
    ],
)
def test_what_is_under_the_gpl_only_is_known(licence: str, only: bool) -> None:
    assert Component("x", "1", licence).is_gpl_only is only


def test_what_is_under_the_gpl_only_stops_the_package(tmp_path: Path) -> None:
    info = tmp_path / "_internal" / "x-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Name: x\nVersion: 1\nLicense-Expression: GPL-3.0-only\n", "utf-8")
    with pytest.raises(Problem, match=r"GPL only: x \(GPL-3\.0-only\)"):
        components(tmp_path)


def test_the_bill_lists_every_component_once() -> None:
    found = [
        Component("numpy", "2.0", "BSD-3-Clause AND MIT", purl="pkg:pypi/numpy@2.0", texts=("same",)),
        Component("other", "1", "see its text", texts=("same",)),
    ]
    document = json.loads(json.dumps(bill.bill("1.0", found)))
    assert document["specVersion"] == "1.6"
    assert document["components"][0]["licenses"] == [{"expression": "BSD-3-Clause AND MIT"}]
    assert document["components"][1]["licenses"] == [{"license": {"name": "see its text"}}]
    references = [one["bom-ref"] for one in document["components"]]
    assert len(set(references)) == 2
    assert document["dependencies"][0]["dependsOn"] == references
    assert bill.licences(found).count("same") == 1, "a text that several share is there once"
    assert bill.bill("1.0", found) == bill.bill("1.0", found)


def test_icons_hold_the_pictures() -> None:
    images = icons.pictures()
    ico = icons.ico(images)
    count = struct.unpack_from("<HHH", ico)[2]
    assert count == len([size for size in images if size <= 256])
    for number in range(count):
        width, size, offset = (
            struct.unpack_from("<B", ico, 6 + 16 * number)[0],
            *struct.unpack_from("<II", ico, 6 + 16 * number + 8),
        )
        assert ico[offset : offset + size] == images[width or 256]
    icns = icons.icns(images)
    assert icns[:4] == b"icns"
    assert struct.unpack(">I", icns[4:8])[0] == len(icns)


def test_parts_are_named_and_counted_once(tmp_path: Path) -> None:
    for name, size in (
        ("_internal/numpy/a", 10),
        ("_internal/json/b.pyc", 3),
        ("lathe", 1),
        ("_internal/zzz/c", 2),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    found = {part.name: part.nbytes for part in parts.parts_of(tmp_path, ["json"])}
    assert found == {"numpy": 10, "Python": 3, "zzz": 2, "programs": 1}
    assert "| **together** |" in parts.report(parts.parts_of(tmp_path))


def test_entries_bring_their_folders(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "file").write_text("x", encoding="utf-8")
    names = [entry.path for entry in with_parents(folder_entries(folder, "opt/x"))]
    assert names == ["opt", "opt/x", "opt/x/a", "opt/x/a/b", "opt/x/a/b/file"]
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        add(archive, Entry("made", data=b"12"))
    with tarfile.open(fileobj=io.BytesIO(stream.getvalue())) as archive:
        assert archive.getmember("made").size == 2


def test_formats_belong_to_systems() -> None:
    assert formats_here("linux") == ["deb", "tar"]
    assert formats_here("win32") == ["nsis"]
    assert formats_here("darwin") == ["dmg"]
    assert set(FORMATS) == {"deb", "tar", "nsis", "dmg"}


def test_options_of_the_command() -> None:
    assert parse_package_options(["--formats", "deb,tar"]) == (("deb", "tar"), False)
    assert parse_package_options(["--bundle-only"]) == ((), True)
    with pytest.raises(Usage):
        parse_package_options(["--formats"])
    with pytest.raises(Usage):
        parse_package_options(["--what"])


def test_the_version_is_one_that_debian_and_windows_take() -> None:
    assert all(part.isdigit() for part in project_version().split("."))
    assert len(project_version().split(".")) == 3


def test_what_the_training_stack_shares_is_in_the_package() -> None:
    """Every requirement of the stack that its lock does not bring is collected whole."""
    from importlib import metadata

    from packaging.requirements import Requirement

    from engine.addons.pip_output import canonical
    from engine.addons.training import locked_versions

    source = (layout.ROOT / "packaging" / "pyinstaller" / "contents.py").read_text("utf-8")
    complete = (
        source.partition("COMPLETE = (")[2].partition("\n)")[0].replace('"', "").replace(",", " ").split()
    )
    modules = {canonical(name) for name in complete} | {"pyyaml", "python-dateutil", "markdown-it-py"}
    locked = set(locked_versions())
    for name in locked:
        for text in metadata.requires(name) or ():
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert canonical(needed.name) in locked | modules, f"{name} needs {needed.name}"
