"""The bill of materials (CycloneDX 1.6) and the licences of everything shipped, as files in the bundle."""

import json
import time
import uuid
from pathlib import Path
from typing import Any

from devtool.shipping.components import OWN, Component
from devtool.shipping.tree import build_time

BILL, LICENCES = "sbom.cdx.json", "THIRD-PARTY.txt"
_NAMESPACE = uuid.UUID("6f6b1bd6-5f0e-5a5c-9d55-3f4f3a2b7c11")
_RULE = "=" * 78


def bill(version: str, found: list[Component]) -> dict[str, Any]:
    """A CycloneDX document; the same for the same contents."""
    names = "\n".join(f"{one.name} {one.version}" for one in found)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(_NAMESPACE, f"{version}\n{names}").urn,
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(build_time())),
            "component": {
                "type": "application",
                "bom-ref": OWN,
                "name": "Lathe",
                "version": version,
                "licenses": [{"expression": "Apache-2.0"}],
            },
        },
        "components": [_entry(one) for one in found],
        "dependencies": [{"ref": OWN, "dependsOn": [_reference(one) for one in found]}],
    }


def licences(found: list[Component]) -> str:
    """A list, then every text once, with the names it belongs to."""
    lines = ["What is inside this package, and under which licence", ""]
    lines += [f"{one.name:<34} {one.version:<24} {one.licence}" for one in found]
    owners: dict[str, list[str]] = {}
    for one in found:
        for text in one.texts:
            owners.setdefault(text, []).append(one.name)
    for text, names in owners.items():
        lines += ["", _RULE, ", ".join(dict.fromkeys(names)), _RULE, "", text]
    return "\n".join(lines) + "\n"


def write(resources: Path, version: str, found: list[Component]) -> None:
    """Into the bundle's `resources`, where the window finds the licences. Raises `OSError`."""
    (resources / BILL).write_text(json.dumps(bill(version, found), indent=1) + "\n", "utf-8")
    (resources / "licenses" / LICENCES).write_text(licences(found), "utf-8")


def _entry(one: Component) -> dict[str, Any]:
    licence = {"expression": one.licence} if one.is_spdx else {"license": {"name": one.licence}}
    entry: dict[str, Any] = {"type": one.kind, "bom-ref": _reference(one), "name": one.name}
    if one.version:
        entry["version"] = one.version
    entry["licenses"] = [licence]
    if one.purl:
        entry["purl"] = one.purl
    return entry


def _reference(one: Component) -> str:
    return one.purl or f"{one.name}@{one.version}"
