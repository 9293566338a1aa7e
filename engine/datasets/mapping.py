"""Which column of a data set means what: found by name, or said by hand."""

from collections.abc import Collection
from collections.abc import Mapping as AnyMapping
from typing import Any, Literal, NamedTuple, get_args

from msgspec import Struct

RowFormat = Literal["messages", "sharegpt", "alpaca", "text", "preference", "kto"]
FORMATS: tuple[RowFormat, ...] = get_args(RowFormat)


class Field(NamedTuple):
    """Something a format needs from a row, and the column names by which it is known, best first."""

    name: str
    names: tuple[str, ...]
    required: bool = True


FIELDS: dict[RowFormat, tuple[Field, ...]] = {
    "messages": (Field("messages", ("messages", "conversation", "conversations", "chat")),),
    "sharegpt": (
        Field("conversations", ("conversations", "conversation")),
        Field("system", ("system",), required=False),
    ),
    "alpaca": (
        Field("instruction", ("instruction", "question", "prompt", "query", "input")),
        Field("input", ("input", "context"), required=False),
        Field("output", ("output", "response", "answer", "completion", "target")),
        Field("system", ("system", "system_prompt"), required=False),
        Field("history", ("history",), required=False),
    ),
    "text": (Field("text", ("text", "content", "document")),),
    "preference": (
        Field("prompt", ("prompt", "question", "instruction", "input"), required=False),
        Field("chosen", ("chosen",)),
        Field("rejected", ("rejected",)),
        Field("system", ("system", "system_prompt"), required=False),
    ),
    "kto": (
        Field("prompt", ("prompt", "question", "instruction")),
        Field("completion", ("completion", "response", "answer", "output")),
        Field("label", ("label", "kto_tag", "desirable")),
    ),
}
"""By format. The names in the text of a format come first."""

_ORDER: tuple[RowFormat, ...] = ("preference", "messages", "sharegpt", "kto", "alpaca", "text")
"""The first whose required columns are there wins: what says more is asked first."""


class ColumnMapping(Struct, frozen=True, omit_defaults=True):
    """A format, and for each of its fields the column that holds it."""

    format: RowFormat
    columns: dict[str, str] = {}

    def column(self, field: str) -> str:
        """The column of a field; "" where there is none."""
        return self.columns.get(field, "")

    def missing(self) -> tuple[str, ...]:
        """Fields the format needs and that no column is given for."""
        return tuple(
            field.name for field in FIELDS[self.format] if field.required and not self.column(field.name)
        )


def recognise(rows: Collection[AnyMapping[str, Any]]) -> ColumnMapping | None:
    """The mapping that the columns of the first rows suggest; None where nothing fits.

    Names of columns decide, with the shape of the values where two formats use one name. A file whose only
    column is text is text.
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    for format_ in _ORDER:
        mapping = map_by_name(format_, columns)
        if not mapping.missing() and _fits(mapping, rows):
            return mapping
    if len(columns) == 1 and all(isinstance(row.get(columns[0]), str) for row in rows):
        return ColumnMapping("text", {"text": columns[0]})
    return None


def map_by_name(format_: RowFormat, columns: Collection[str]) -> ColumnMapping:
    """As much of a format as the names of the columns say; each column is used once."""
    spelled = {name.strip().lower(): name for name in reversed(list(columns))}
    taken: dict[str, str] = {}
    for field in sorted(FIELDS[format_], key=lambda field: not field.required):
        found = (spelled[name] for name in field.names if name in spelled)
        column = next((name for name in found if name not in taken.values()), "")
        if column:
            taken[field.name] = column
    return ColumnMapping(
        format_, {field.name: taken[field.name] for field in FIELDS[format_] if field.name in taken}
    )


def _fits(mapping: ColumnMapping, rows: Collection[AnyMapping[str, Any]]) -> bool:
    """Whether the values of the first rows have the shape that the format reads."""
    match mapping.format:
        case "messages":
            return _any_entry(rows, mapping.column("messages"), "role")
        case "sharegpt":
            return _any_entry(rows, mapping.column("conversations"), "from")
        case "alpaca" | "text":
            field = "output" if mapping.format == "alpaca" else "text"
            column = mapping.column(field)
            return all(isinstance(row.get(column), str | int | float | None) for row in rows)
        case "preference" | "kto":
            return True


def _any_entry(rows: Collection[AnyMapping[str, Any]], column: str, key: str) -> bool:
    for row in rows:
        entries = row.get(column)
        if isinstance(entries, list) and entries:
            return isinstance(entries[0], dict) and key in entries[0]
    return False
