"""Names of what data sets have, in the language of the interface."""

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP
from engine.datasets.checks import CheckKind
from engine.datasets.mapping import RowFormat

_CHECKS: dict[CheckKind, str] = {
    "unreadable": QT_TRANSLATE_NOOP("DataWords", "Does not fit"),
    "no_answer": QT_TRANSLATE_NOOP("DataWords", "No answer"),
    "empty_answer": QT_TRANSLATE_NOOP("DataWords", "Empty answer"),
    "roles": QT_TRANSLATE_NOOP("DataWords", "Roles"),
    "special_tokens": QT_TRANSLATE_NOOP("DataWords", "Control token"),
    "duplicate": QT_TRANSLATE_NOOP("DataWords", "Duplicate"),
    "near_duplicate": QT_TRANSLATE_NOOP("DataWords", "Near duplicate"),
}
_CHECK_TIPS: dict[CheckKind, str] = {
    "unreadable": QT_TRANSLATE_NOOP("DataWords", "These rows do not have the shape of the format; left out."),
    "no_answer": QT_TRANSLATE_NOOP("DataWords", "Nothing of these rows would be trained; left out."),
    "empty_answer": QT_TRANSLATE_NOOP("DataWords", "One of several answers is empty; it teaches nothing."),
    "roles": QT_TRANSLATE_NOOP("DataWords", "Who speaks when is unusual: the model learns that order."),
    "special_tokens": QT_TRANSLATE_NOOP(
        "DataWords",
        "A control token is written in the text. In messages it stays text, in plain text it counts.",
    ),
    "duplicate": QT_TRANSLATE_NOOP("DataWords", "The same as an earlier row: it counts twice."),
    "near_duplicate": QT_TRANSLATE_NOOP("DataWords", "Nearly the same as an earlier row."),
}
_FORMATS: dict[RowFormat, str] = {
    "messages": QT_TRANSLATE_NOOP("DataWords", "Messages"),
    "sharegpt": QT_TRANSLATE_NOOP("DataWords", "ShareGPT"),
    "alpaca": QT_TRANSLATE_NOOP("DataWords", "Alpaca"),
    "text": QT_TRANSLATE_NOOP("DataWords", "Plain text"),
    "preference": QT_TRANSLATE_NOOP("DataWords", "Preference"),
    "kto": QT_TRANSLATE_NOOP("DataWords", "KTO"),
}
_FORMAT_TIPS: dict[RowFormat, str] = {
    "messages": QT_TRANSLATE_NOOP("DataWords", "A list of messages with role and content."),
    "sharegpt": QT_TRANSLATE_NOOP("DataWords", "A list of turns with from and value."),
    "alpaca": QT_TRANSLATE_NOOP("DataWords", "One question and one answer in columns of their own."),
    "text": QT_TRANSLATE_NOOP("DataWords", "Text without roles, all of it to be learned."),
    "preference": QT_TRANSLATE_NOOP("DataWords", "Two answers to one prompt, of which one is better."),
    "kto": QT_TRANSLATE_NOOP("DataWords", "One answer, and whether it is wanted."),
}
_FIELDS = {
    "messages": QT_TRANSLATE_NOOP("DataWords", "Messages"),
    "conversations": QT_TRANSLATE_NOOP("DataWords", "Turns"),
    "instruction": QT_TRANSLATE_NOOP("DataWords", "Instruction"),
    "input": QT_TRANSLATE_NOOP("DataWords", "Input"),
    "output": QT_TRANSLATE_NOOP("DataWords", "Answer"),
    "system": QT_TRANSLATE_NOOP("DataWords", "System prompt"),
    "history": QT_TRANSLATE_NOOP("DataWords", "History"),
    "text": QT_TRANSLATE_NOOP("DataWords", "Text"),
    "prompt": QT_TRANSLATE_NOOP("DataWords", "Prompt"),
    "chosen": QT_TRANSLATE_NOOP("DataWords", "Chosen"),
    "rejected": QT_TRANSLATE_NOOP("DataWords", "Rejected"),
    "completion": QT_TRANSLATE_NOOP("DataWords", "Answer"),
    "label": QT_TRANSLATE_NOOP("DataWords", "Label"),
}


def check_word(kind: CheckKind) -> str:
    return _translated(_CHECKS[kind])


def check_tip(kind: CheckKind) -> str:
    return _translated(_CHECK_TIPS[kind])


def format_word(format_: RowFormat) -> str:
    return _translated(_FORMATS[format_])


def format_tip(format_: RowFormat) -> str:
    return _translated(_FORMAT_TIPS[format_])


def field_word(field: str) -> str:
    return _translated(_FIELDS[field])


def _translated(text: str) -> str:
    return QCoreApplication.translate("DataWords", text)
