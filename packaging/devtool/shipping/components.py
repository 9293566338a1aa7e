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
_BUILT_INTO_QT = {
    "HarfBuzz": "MIT",
    "ICU": "Unicode-3.0",
    "libjpeg-turbo": "IJG AND BSD-3-Clause AND Zlib",
    "libpng": "libpng-2.0",
    "libwebp": "BSD-3-Clause",
    "PCRE2": "BSD-3-Clause",
}
_GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
_BUILT_INTO_NUMPY = {"OpenBLAS": "BSD-3-Clause", "GCC's Fortran runtime": _GCC}
"""numpy's own licence file, which is shipped, has their texts."""
_OF_SYSTEM_LIBRARIES = {
    "libbz2": "bzip2-1.0.6",
    "libffi": "MIT",
    "libgomp": _GCC,
    "liblzma": "0BSD",
    "libpython": "PSF-2.0",
    "libsqlite3": "blessing",
    "libssl": "Apache-2.0",
    "libuuid": "BSD-3-Clause",
    "libxcb": "MIT",
}
"""By the beginning of the Debian package's name: Debian's own files about licences have no identifiers."""
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

    @property
    def is_gpl_only(self) -> bool:
        """Whether a program that contains it would have to be under the GPL: each choice that is offered
        has a GPL without an exception. The LGPL is no such licence.
        """
        choices = [re.split(r" AND ", choice) for choice in self.licence.split(" OR ")]
        return all(any(_is_gpl(one) for one in choice) for choice in choices)


def components(bundle: Path) -> list[Component]:
    """By name. Raises `Problem` for what does not say its licence, and for what is under the GPL only."""
    inside = next((path for path in (bundle / "_internal", bundle) if path.is_dir()), bundle)
    found = [*distributions(inside), *by_hand(inside)]
    if sys.platform.startswith("linux"):
        found += system_libraries(inside)
    if barred := [f"{one.name} ({one.licence})" for one in found if one.is_gpl_only]:
        raise Problem(f"Lathe cannot contain what is under the GPL only: {', '.join(barred)}")
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


def _is_gpl(licence: str) -> bool:
    name = licence.strip(" ()").upper()
    gnu = name.startswith(("GPL", "AGPL")) or "GENERAL PUBLIC LICENSE" in name.replace("LESSER GENERAL", "")
    return gnu and " WITH " not in name


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
    parts = (_text(TEXTS / "qt-parts.txt"),)
    found += [
        Component(name, f"in Qt {qt}", licence, texts=parts) for name, licence in _BUILT_INTO_QT.items()
    ]
    numpy = f"in numpy {versions.get('numpy', '')}"
    found += [Component(name, numpy, licence) for name, licence in _BUILT_INTO_NUMPY.items()]
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

    Raises `Problem` for a package whose licence is not known here.
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
                _licence_of_system(name),
                purl=f"pkg:deb/debian/{name}@{version}",
                texts=(_text(text),) if text.is_file() else (),
            )
        )
    return found


def _licence_of_system(package: str) -> str:
    for beginning, licence in _OF_SYSTEM_LIBRARIES.items():
        if package.startswith(beginning):
            return licence
    raise Problem(
        f"The licence of Debian's {package} is not known (packaging/devtool/shipping/components.py)"
    )


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
