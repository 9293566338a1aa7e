"""Numbers as people read them, in the language of the interface."""

import math

from PySide6.QtCore import QCoreApplication, QLocale

UNKNOWN = "–"


def number_locale() -> QLocale:
    """The locale of the interface; English where the system has none, so that digits are grouped."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English)
    return locale


def bound(text: str) -> str:
    """The same without a place where a line could be broken: a number stays with its unit."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def whole(number: int) -> str:
    """With grouped digits: 8,192."""
    return number_locale().toString(int(number))


def decimal(value: float, decimals: int) -> str:
    return number_locale().toString(float(value), "f", decimals)


def rate(value: float) -> str:
    """Tokens per second: one decimal below 100, none above."""
    if math.isnan(value):
        return UNKNOWN
    return decimal(value, 1 if value < 100 else 0)


def milliseconds(value: float) -> str:
    """Under ten seconds in ms, above in s."""
    if math.isnan(value):
        return UNKNOWN
    if value < 10_000:
        text = QCoreApplication.translate("Numbers", "{value} ms").format(value=whole(round(value)))
    else:
        text = QCoreApplication.translate("Numbers", "{value} s").format(value=decimal(value / 1000, 1))
    return bound(text)


def percent(value: float) -> str:
    """Of a value that is already in percent."""
    return UNKNOWN if math.isnan(value) else bound(f"{value:.0f} %")


def share(fraction: float, decimals: int = 1) -> str:
    """Of a part of one, as percent: 41.2 %."""
    return UNKNOWN if math.isnan(fraction) else bound(f"{decimal(100 * fraction, decimals)} %")


def size(value: float) -> str:
    """Bytes in KiB, MiB, GiB: powers of 1024, as everywhere in the program."""
    if math.isnan(value):
        return UNKNOWN
    return bound(number_locale().formattedDataSize(int(value), 1))


def count(number: int) -> str:
    """Parameters as people write them: 135 M, 7.2 B."""
    for limit, unit in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
        if number >= limit:
            value = number / limit
            return bound(f"{decimal(value, 1 if value < 10 else 0)} {unit}")
    return str(number)
