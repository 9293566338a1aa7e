"""Reading values that an older or newer version wrote: unknown fields are ignored, invalid ones fall back."""

from typing import Any, TypeGuard, TypeVar, get_args, get_origin

import msgspec

T = TypeVar("T")
_ZEROS: dict[Any, Any] = {str: "", int: 0, float: 0.0, bool: False}


def decode_json(kind: type[T], data: str | bytes) -> T:
    """`data` as a `kind`, as much of it as still makes sense.

    Raises `msgspec.DecodeError` where it is no JSON and `msgspec.ValidationError` where nothing fits.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        return salvage(kind, msgspec.json.decode(data))


def salvage(kind: type[T], value: Any) -> T:
    """Convert plain data field by field; a field that does not fit takes its default."""
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        if isinstance(value, dict) and _is_struct(kind):
            fields = msgspec.structs.fields(kind)
            filled: Any = kind(**{field.name: _field(field, value) for field in fields})
            return filled  # type: ignore[no-any-return]
        if isinstance(value, list) and get_origin(kind) is tuple:
            item = get_args(kind)[0]
            return tuple(_items(item, value))  # type: ignore[return-value]
        raise


def _is_struct(kind: Any) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _field(field: msgspec.structs.FieldInfo, value: dict[str, Any]) -> Any:
    if field.encode_name in value:
        try:
            return salvage(field.type, value[field.encode_name])
        except msgspec.ValidationError:
            pass
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return _zero(field.type)


def _zero(kind: Any) -> Any:
    """A neutral value for a required field that older data lacks."""
    if kind in _ZEROS:
        return _ZEROS[kind]
    if get_origin(kind) is tuple:
        return ()
    if type(None) in get_args(kind):
        return None
    return salvage(kind, {})


def _items(kind: Any, values: list[Any]) -> list[Any]:
    found = []
    for value in values:
        try:
            found.append(salvage(kind, value))
        except msgspec.ValidationError:
            continue
    return found
