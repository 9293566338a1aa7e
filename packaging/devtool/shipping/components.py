"""Everything that a bundle contains and somebody else wrote: name, version, licence, licence text."""

import email
import email.message
import re
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from devtool import layout
from devtool.console import Problem

Kind = Literal["library", "application", "data", "machine-learning-model", "platform"]
TEXTS = layout.ROOT / "packaging" / "licenses"
RESOURCES = layout.ROOT / "resources" / "licenses"
OWN = "lathe-workbench"
_NAMED_LIKE_A_LICENCE = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
_IDENTIFIERS = {
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}
"""How older packages call the licences that SPDX has an identifier for."""
_FIRST_WORDS = {
    "Apache License Version 2.0": "Apache-2.0",
    "Permission is hereby granted, free of charge, to any person obtaining a copy": "MIT",
    "Neither the name of": "BSD-3-Clause",
    "Redistribution and use in source and binary forms": "BSD-2-Clause",
}
"""For packages that say it in their licence file only."""


@dataclass(frozen=True)
class Component:
    """`licence`: an SPDX expression where `is_spdx`. `texts`: what its licence wants to be passed on."""

    name: str
    version: str
    licence: str
    kind: Kind = "library"
    purl: str = ""
    texts: tuple[str, ...] = ()

    @property
    def is_spdx(self) -> bool:
        return re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*", self.licence) is not None


def components(bundle: Path) -> list[Component]:
    """By name. Raises `Problem` for a distribution that does not say its licence."""
    inside = next((path for path in (bundle / "_internal", bundle) if path.is_dir()), bundle)
    found = [*distributions(inside), *by_hand(inside)]
    if sys.platform.startswith("linux"):
        found += system_libraries(inside)
    return sorted(found, key=lambda one: one.name.lower())


def distributions(folder: Path) -> list[Component]:
    """Python packages, from the metadata that is shipped with them."""
    found = []
    for info in sorted(folder.glob("*.dist-info")):
        head = email.message_from_bytes((info / "METADATA").read_bytes())
        name, version = str(head["Name"]), str(head["Version"])
        if name.lower() == OWN:
            continue
        own = TEXTS / f"{name.lower().replace('_', '-')}.txt"
        paths = [path for path in sorted(info.rglob("*")) if _is_text(path)]
        texts = tuple(_text(path) for path in (*paths, own) if path.is_file())
        found.append(
            Component(
                name,
                version,
                licence_of(head, texts),
                purl=f"pkg:pypi/{name.lower().replace('_', '-')}@{version}",
                texts=texts,
            )
        )
    return found


def licence_of(head: email.message.Message, texts: Sequence[str] = ()) -> str:
    """An SPDX expression where one can be told, else what the package calls it. Raises `Problem`."""
    said = str(head.get("License-Expression") or head.get("License") or "").strip()
    if not said or "\n" in said:
        classes = [text.rpartition(" :: ")[2] for text in head.get_all("Classifier", [])]
        kinds = [text for text in classes if "licen" in text.lower() or text.lower() in _IDENTIFIERS]
        said = " AND ".join(_IDENTIFIERS.get(text.lower(), text) for text in kinds)
    for words, identifier in () if said else _FIRST_WORDS.items():
        if any(words in " ".join(text.split()) for text in texts):
            return identifier
    if not said:
        raise Problem(f"{head['Name']} does not say under which licence it is; see packaging/licenses")
    return _IDENTIFIERS.get(said.lower(), said)


def by_hand(folder: Path) -> list[Component]:
    """What is no Python package: the interpreter, Qt, llama.cpp, weights, fonts, icons, the loader."""
    versions = {one.name.lower(): one.version for one in distributions(folder)}
    qt = versions.get("pyside6_essentials", versions.get("pyside6-essentials", ""))
    library = Path(sysconfig.get_path("stdlib"))
    python_text = next(
        (path for path in (library / "LICENSE.txt", library / "LICENSE") if path.is_file()), None
    )
    lgpl = (_text(TEXTS / "LGPL-3.0.txt"), _text(TEXTS / "GPL-3.0.txt"))
    apache = _text(layout.ROOT / "LICENSE")
    found = [
        Component(
            "Python",
            ".".join(map(str, sys.version_info[:3])),
            "PSF-2.0",
            "platform",
            texts=(_text(python_text),) if python_text else (),
        ),
        Component("Qt", qt, "LGPL-3.0-only", purl=f"pkg:generic/qt@{qt}", texts=lgpl),
        Component(
            "llama.cpp and ggml",
            f"in llama-cpp-python {versions.get('llama_cpp_python', '')}",
            "MIT",
            texts=(_text(TEXTS / "llama.cpp.txt"),),
        ),
        Component("PyInstaller's loader", "", "GPL-2.0-or-later WITH Bootloader-exception", "application"),
        Component("Lucide icons", "", "ISC AND MIT", "data", texts=(_text(RESOURCES / "lucide-ISC.txt"),)),
    ]
    found += [
        Component(font, "", "OFL-1.1", "data", texts=(_text(RESOURCES / f"{font}-OFL.txt"),))
        for font in ("Inter", "JetBrainsMono", "NotoSansSC")
    ]
    found += [
        Component(path.name.split(".")[0], "", "Apache-2.0", "machine-learning-model", texts=(apache,))
        for path in sorted((folder / "models").rglob("*.gguf"))
    ]
    return found


def system_libraries(folder: Path) -> list[Component]:
    """Libraries of the building machine that are shipped: the Debian packages they came from.

    Raises `Problem` for a library that no package owns.
    """
    packages: dict[str, str] = {}
    for path in sorted(folder.glob("*.so*")):
        if path.is_symlink() or ".cpython-" in path.name or path.name.startswith("libpython"):
            continue
        if package := _owner(path.name):
            packages[package] = path.name
    found = []
    for package in sorted(packages):
        query = ["dpkg-query", "-W", "-f=${Version}", package]
        version = subprocess.run(query, capture_output=True, text=True, check=True).stdout
        text = Path("/usr/share/doc") / package.split(":")[0] / "copyright"
        name = package.split(":")[0]
        found.append(
            Component(
                name,
                version,
                "see its text",
                purl=f"pkg:deb/debian/{name}@{version}",
                texts=(_text(text),) if text.is_file() else (),
            )
        )
    return found


def _owner(library: str) -> str:
    result = subprocess.run(["dpkg-query", "-S", f"*/{library}"], capture_output=True, text=True, check=False)
    return result.stdout.split("\n")[0].rpartition(": ")[0] if result.returncode == 0 else ""


def _is_text(path: Path) -> bool:
    names = [path.name, *(parent.name for parent in path.parents)][:2]
    return (
        path.is_file() and path.suffix != ".py" and any(_NAMED_LIKE_A_LICENCE.search(name) for name in names)
    )


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace").strip()
