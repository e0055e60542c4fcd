"""What the command line says, in the reader's language."""

from __future__ import annotations

import locale
import sys
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Protocol

__all__ = ["LANGUAGES", "Say", "choose", "messages"]

LANGUAGES = ("zh", "en")


class Say(Protocol):
    """The message called `key`, with its blanks filled in."""

    def __call__(self, key: str, **blanks: object) -> str:
        """The message; raises KeyError for one that `messages.toml` does not have."""
        ...


def messages(language: str) -> Say:
    """The messages in one of LANGUAGES; from `messages.toml`.

    >>> messages("en")("interrupted"), messages("zh")("interrupted")
    ('Stopped by Ctrl-C.', '已按 Ctrl-C 停止。')
    """
    table = tomllib.loads((files("zhengce.cli") / "messages.toml").read_text(encoding="utf-8"))[language]

    def say(key: str, **blanks: object) -> str:
        return str(table[key]).format(**blanks)

    return say


def choose(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language asked for by `--lang` among the words of the command line, else that of the locale, else English.

    >>> choose(["demo", "--lang", "zh"], {}), choose(["demo", "--lang=en"], {"LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    >>> choose(["demo"], {"LANG": "zh_CN.UTF-8"}), choose(["demo"], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"})
    ('zh', 'en')
    """
    for word, following in zip(words, [*words, ""][1:], strict=True):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in LANGUAGES:
            return asked
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if named := environment.get(variable):
            return "zh" if named.lower().startswith("zh") else "en"
    if sys.platform == "win32":  # where those variables are not set; the name is zh_CN or Chinese (Simplified)_China
        named = (locale.getlocale()[0] or "").lower()
        return "zh" if named.startswith(("zh", "chinese")) else "en"
    return "en"
