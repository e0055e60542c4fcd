"""The evidence on every quoted phrase and named brand: is it a labour brand, a training programme or something else?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from zhengce.candidate import Candidate
from zhengce.document import Document
from zhengce.extract.brand import CONTEST, MARKS, shape_of
from zhengce.extract.name_stretch import unquoted_names
from zhengce.extract.surroundings import surroundings, tail_and_head
from zhengce.record import Brand, Record
from zhengce.sentence import sentences_over
from zhengce.text import Span
from zhengce.words import tag

__all__ = ["name_evidence"]

QUOTED = re.compile(r"《[^》\n]{0,400}》|(?P<name>[“「『‘\"][^“「『‘”」』’\"\n，。；！？]{3,16}[”」』’\"])")
CUE = "劳务品牌"
FULL = re.compile(r"^[^*＊]{2,}$")
# what a person is called by a trade or a place in the family
CALLED = re.compile(r"(?:[工匠师嫂娘妹姐哥姑婆婶农客军手佬倌将]|师傅|艺人|阿姨|管家|能手|铁军|卫士|使者)$")
WINDOW = 24
REACH = 40  # characters on each side in which telling words are looked for
LISTING = ("、", "“", "”", "「", "」")
GAP = 6  # characters between the names of a list, (山东) among them
TELLING = ("劳务品牌", "品牌", "培训", "技能", "就业", "打造", "党建")
# what a name governs when it is that of a training programme
GOVERNED = re.compile(
    r"(?:[、和及与]?[“「『‘][^”」』’\n]{0,14}[”」』’])*等?(?:[一二两三四五六七八九十\d]+[项个大类期])?"
    r"(?:专项|系列|职业|技能|就业|劳务|提升|研修|标准化|实训)*(?:培训|研修|工程|项目|班)"
)
ABOUT = ("劳务品牌", "培训", "品牌", "就业", "党建", "农产品", "旅游")
LABELS = {"labour_brand": "brand", "training_programme": "programme"}


def name_evidence(document: Document, records: Iterable[Record]) -> tuple[Candidate, ...]:
    """A candidate for every name in `records`, quoted phrase of 3 to 16 characters and possible name, in text order.

    Only in a text that speaks of labour brands: elsewhere hardly any quoted phrase is one, and the rules decide, as
    they do on names that the page has struck out and on those of contests. The features are characters and jieba's
    words of the name and around it, its shape (region, occupation), the names beside it, the words beside its other
    mentions, what the text is about, and what the rules decided (`ruled`).
    """
    if CUE not in document.text:
        return ()
    made = {
        record.citation.span: LABELS[record.kind]
        for record in records
        if isinstance(record, Brand) and FULL.search(record.name)
    }
    spans = _spans(document.text, sorted(made))
    about = tuple(f"about:{word}={min(document.text.count(word), 3)}" for word in ABOUT) if spans else ()
    said = [made.get(span, "other") for span in spans]
    mentions: dict[str, list[int]] = {}
    for at, span in enumerate(spans):
        mentions.setdefault(document[span].strip(MARKS), []).append(at)
    cues = [tuple(_cues(document.text, span)) for span in spans]
    found = []
    over = sentences_over(document.text, spans)
    for at, span in enumerate(spans):
        sentence = over[span]
        others = mentions[document[span].strip(MARKS)]
        everywhere = {f"anywhere:{cue}" for other in others for cue in cues[other]}
        ruled = {f"ruled:anywhere={said[other]}" for other in others}
        features = (
            *_features(document, span, sentence), *cues[at], *about, *everywhere, f"mentions={min(len(others), 4)}",
            *_beside(document, spans, at), f"ruled={said[at]}", *ruled, *_ruled_beside(spans, said, at),
        )  # fmt: skip
        found.append(Candidate(question="name", span=span, sentence=sentence, ruled=said[at], features=features))
    return tuple(found)


def _cues(text: str, span: Span) -> Iterator[str]:
    """What stands close to a name, on either side, of the words that tell what it is."""
    window = text[max(0, span.start - REACH) : span.start], text[span.end : span.end + REACH]
    for side, words_near in zip(("back", "ahead"), window, strict=True):
        yield from (f"{side}:{word}" for word in TELLING if word in words_near)
    if match := GOVERNED.match(text, span.end):
        yield f"governs:{match[0][-2:]}"


def _neighbours(spans: list[Span], at: int) -> Iterator[tuple[str, int]]:
    """The names that stand in one list with a name, or nearly: each side, and which."""
    if at and spans[at].start - spans[at - 1].end <= GAP:
        yield "left", at - 1
    if at + 1 < len(spans) and spans[at + 1].start - spans[at].end <= GAP:
        yield "right", at + 1


def _beside(document: Document, spans: list[Span], at: int) -> Iterator[str]:
    for side, other in _neighbours(spans, at):
        region, occupation = shape_of(document[spans[other]].strip(MARKS))
        yield f"{side}={region}+{occupation is not None}"
        yield f"beside={region}+{occupation is not None}"


def _ruled_beside(spans: list[Span], said: list[str], at: int) -> Iterator[str]:
    yield from (f"ruled:{side}={said[other]}" for side, other in _neighbours(spans, at))


def _spans(text: str, made: list[Span]) -> list[Span]:
    """The names that were found, then what stands in quotes, then what may be a name without them; none overlaps."""
    quoted = [
        Span(start=match.start(), end=match.end())
        for match in QUOTED.finditer(text)
        if match["name"] and not CONTEST.match(text, match.end())
    ]
    taken: list[Span] = []
    for span in (*made, *quoted, *unquoted_names(text)):
        at = bisect_left(taken, span)
        if not any(span.overlaps(other) for other in taken[max(at - 1, 0) : at + 1]):
            taken.insert(at, span)
    return taken


def _features(document: Document, span: Span, sentence: Span) -> Iterator[str]:
    name = document[span].strip(MARKS)
    yield f"quoted={name != document[span]}"
    yield f"length={len(name)}"
    yield from (f"name:{one}{two}" for one, two in pairwise(f"^{name}$"))
    yield from (f"name_ends={name[-size:]}" for size in (1, 2, 3))
    yield f"name_opens={name[:1]}"
    region, occupation = shape_of(name)
    yield f"region={region}"
    yield f"occupation={occupation}"
    yield f"shape={region}+{occupation}"
    called = bool(CALLED.search(name))
    yield f"called={called}"
    yield f"called+region={called}/{region}"
    pieces = tag(name)
    yield f"flags={'+'.join(flag[:2] for _, flag in pieces)}"
    yield f"first={pieces[0][1]}"
    yield f"last={pieces[-1][0]}"
    around = Span(start=max(sentence.start, span.start - WINDOW), end=min(sentence.end, span.end + WINDOW))
    yield from tail_and_head(document, span, around)
    edges = document.text[span.start - 1 : span.start], document.text[span.end : span.end + 1]
    yield f"listed={any(edge in LISTING for edge in edges)}"
    yield from surroundings(document, span.start)
