"""How well a run of characters reads: its best segmentation into words of general prose."""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from typing import NamedTuple

from zhengce.weights import weights

__all__ = [
    "Path",
    "beginning",
    "common",
    "extended",
    "fluency",
    "held",
    "in_words",
    "plain",
    "rarest",
    "simplified",
    "words_after",
]

LONGEST, WINDOW = 4, 5
UNKNOWN, FOREIGN = -21.0, -19.0
# marks as often as policy prose has them, in nats
MARK = {"，": -2.6, ",": -2.6, "。": -3.2, "、": -3.0}
OTHER_MARK, VARIANT = -4.5, -2.0
MARKS = frozenset("，。、；：！？“”‘’（）《》—…·,.;:!?()%0123456789 \n")


@cache
def _model() -> dict[str, float]:
    words: dict[str, float] = {}
    with gzip.open(weights("charlm", "words.tsv.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            word, _, number = line.partition("\t")
            words[word] = int(number) / 100
    return words


@cache
def simplified(char: str) -> str:
    """The simplified form of a single character."""
    from zhengce.clean.script import to_simplified

    return {"著": "着"}.get(char) or to_simplified(char)


@cache
def _is_variant(char: str) -> bool:
    """Whether a traditional character is not the one that conversion from the simplified script gives (鎭 for 鎮)."""
    from zhengce.clean.script import to_traditional

    simple = simplified(char)
    return simple != char and to_traditional(simple) != char


def plain(chars: str) -> float:
    """A cheap measure of how usual the characters are, each by itself, against a usual one."""
    return sum(map(_usual, chars))


@cache
def _usual(char: str) -> float:
    return 0.0 if char in MARKS else max(_model().get(simplified(char), UNKNOWN), -16.0) + 9.0


def common(char: str) -> bool:
    """Whether general prose holds a character often enough for it to be guessed."""
    return _model().get(simplified(char), UNKNOWN) > -13.0


@cache
def _followers() -> dict[str, tuple[str, ...]]:
    from zhengce.clean.script import to_traditional

    found: dict[str, list[str]] = {}
    for word, cost in _model().items():
        if len(word) == 2 and cost > -11.5:
            found.setdefault(word[0], []).append(to_traditional(word)[1])
    return {first: tuple(dict.fromkeys(seconds)) for first, seconds in found.items()}


def words_after(char: str) -> tuple[str, ...]:
    """The traditional characters that make a usual word of two with the one before them."""
    return _followers().get(simplified(char), ())


def held(pair: str) -> bool:
    """Whether two characters are a word."""
    return "".join(map(simplified, pair)) in _model()


def rarest(chars: str) -> float:
    """The log probability of the rarest character among those that no word of two or more holds.

    >>> rarest("劳务") > rarest("地征屄")
    True
    """
    words = _model()
    simple = "".join(map(simplified, chars))
    loose = [char for char, is_held in zip(simple, _held(simple), strict=True) if not is_held and char not in MARKS]
    return min((words.get(char, UNKNOWN) for char in loose), default=0.0)


def in_words(left: str, chars: str, right: str) -> float:
    """The least share, over any five in a row, of characters in words of two or more, with their neighbours if need be.

    >>> in_words("当", "地就业", "，"), in_words("当", "地征导", "下")
    (1.0, 0.3333333333333333)
    """
    whole = "".join(map(simplified, left[-3:] + chars + right[:3]))
    held = _held(whole)[len(left[-3:]) : len(left[-3:]) + len(chars)]
    counted = [is_held for char, is_held in zip(chars, held, strict=True) if char not in MARKS]
    windows = [counted[at : at + WINDOW] for at in range(max(1, len(counted) - WINDOW + 1))]
    return min(sum(window) / len(window) for window in windows) if counted else 1.0


def _held(chars: str) -> list[bool]:
    words = _model()
    held = [False] * len(chars)
    for start in range(len(chars)):
        for end in range(start + 2, min(len(chars), start + LONGEST) + 1):
            if chars[start:end] in words:
                held[start:end] = [True] * (end - start)
    return held


class Path(NamedTuple):
    """A text as far as it is known: its last three characters, simplified, and the scores of the best segmentations
    that end before each of them and behind the last; `score` is the log probability of the whole."""

    tail: str
    best: tuple[float, ...]
    variants: float = 0.0

    @property
    def score(self) -> float:
        """Nats."""
        return self.best[-1] + self.variants


NOTHING = Path("", (0.0,))


@lru_cache(maxsize=512)
def beginning(left: str) -> Path:
    """The path of a text.

    >>> beginning("穩崗拓崗").score == fluency("穩崗拓崗")
    True
    """
    return extended(NOTHING, left)


def extended(path: Path, chars: str) -> Path:
    """The path with more characters behind it, at a cost that does not depend on what stands before.

    >>> round(extended(beginning("穩崗拓崗促"), "就業").score - fluency("穩崗拓崗促就業"), 9)
    0.0
    """
    cost_of, ends = _model().get, _ends()
    tail, best, variants = path
    for char in chars:
        simple, alone, variant = _folded(char)
        shown = tail + simple
        score = best[-1] + alone
        for start in range(len(tail)) if shown[-2:] in ends else ():
            cost = cost_of(shown[start:])
            if cost is not None and best[start] + cost > score:
                score = best[start] + cost
        tail, best = shown[-LONGEST + 1 :], (*best[-LONGEST + 1 :], score)
        variants += variant
    return Path(tail, best, variants)


@cache
def _ends() -> frozenset[str]:
    """The last two characters of all words: most pairs end none."""
    return frozenset(word[-2:] for word in _model() if len(word) > 1)


@cache
def _folded(char: str) -> tuple[str, float, float]:
    """A character in simplified script, what it costs in no word, and what its being a variant costs."""
    simple = simplified(char)
    return simple, _single(simple), VARIANT if _is_variant(char) else 0.0


@lru_cache(maxsize=8192)
def fluency(text: str) -> float:
    """The natural logarithm of the probability of the text's best segmentation; traditional script is folded.

    >>> fluency("穩崗拓崗促就業") > fluency("穩崗貚彺倬蜆業")
    True
    """
    return extended(NOTHING, text).score


@cache
def _single(char: str) -> float:
    """What a character costs that stands in no word."""
    if char in MARKS:
        return MARK.get(char, OTHER_MARK)
    return _model().get(char, UNKNOWN) if "\u3400" <= char <= "\u9fff" else FOREIGN
