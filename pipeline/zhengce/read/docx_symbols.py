"""Signs of symbol fonts, which have a code in their font and none that says what they show."""

from __future__ import annotations

__all__ = ["LOST", "is_symbolic", "symbol"]

LOST = "\ufffd"
PRIVATE = range(0xE000, 0xF900)
# what forms and lists of offices use; source: Unicode's mapping of Wingdings and the Adobe Symbol encoding
SIGNS = {
    "wingdings": {0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•",
                  0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
                  0xFE: "☑", **{0x80 + number: chr(0x245F + number) for number in range(1, 11)}},
    "wingdings 2": {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "□", 0x97: "●"},
    "wingdings 3": {},
    "webdings": {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●"},
    "symbol": {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xB8: "÷", 0xAE: "→",
               0xA5: "∞", 0x62: "β", 0x61: "α", 0x6D: "μ", 0x57: "Ω", 0x53: "Σ"},
}  # fmt: skip


def is_symbolic(font: str | None) -> bool:
    """Whether a font is one of signs."""
    return (font or "").lower() in SIGNS


def symbol(code: int, font: str | None) -> str:
    """The character for a code of a symbol font (0xF0FE or 0xFE), U+FFFD where it is not known.

    >>> symbol(0xF0FE, "Wingdings"), symbol(0x2116, "宋体"), symbol(0xF041, "Wingdings")
    ('☑', '№', '�')
    """
    signs = SIGNS.get((font or "").lower())
    if signs is not None and code & 0xFF in signs and (code < 0x100 or code in PRIVATE):
        return signs[code & 0xFF]
    return LOST if code in PRIVATE or signs is not None or not 0x20 <= code < 0x110000 else chr(code)
