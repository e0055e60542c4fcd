"""Bytes → text: which encoding a Chinese file is in.

Sources of rules: the Unicode standard for byte order marks; for the rest measurement. "UTF-8, then GB18030, then Big5"
reads every Big5 file as GB18030, since nearly all of its byte pairs are legal there; so the decodes are compared by the
share of everyday characters in them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from zhengce.document import Note
from zhengce.text import Span

__all__ = ["decode", "lost_notes"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before utf-16: its mark begins with theirs
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Families, because the wider encodings read some bytes otherwise: the first that decodes without loss is taken.
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("utf-8",),
    ("gb18030",),
    ("big5", "cp950", "big5hkscs"),
    ("utf-16-le",),
    ("utf-16-be",),
    ("cp1252",),
)
SYNONYMS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5-hkscs": "big5hkscs"}
SYNONYMS |= {"utf-16": "utf-16-le"}  # as the WHATWG table has it for files without a mark
SAMPLE = 1 << 20
DECLARED_BONUS = 0.1

SIMPLIFIED = (
    "的一是在不了有和人这中大为上个国以要时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日社义事平形相全表间样与关各重新线内数正心反明原利比或但质气第向道此变条只结解问意建月公无系情者最立代已通并"
    "提直题党程展五员革位入常文总次品式活设及管特件长求基资流路级统接知较将组见计别手期根论运农指几九区强放决西干做必先"
    "则任取据处给即保治北造百规领七海口东导器世金增争济交受联认六共权收证改清再采转更单安场身车例务具万每目至达积示议报"
    "完类八名确才科信节整元集传步群广记需段研界律究织算低持布复容际商连断深近千周委技备办省列支劳便团历市何除消构府称准"
    "精值号率划选标存效院查型按格养易置层始专状育厂识适属调满县局照参引该价严推稳岗贫扶险补贴培训乡村企创镇困贷款障"
    "补励促健服促残培财税筹统奖促返灾障镇街社招聘城居"
)
TRADITIONAL = (
    "這為個國時來們會發動說產種後學經進裡現實體機當點業應開還關與間線數義樣質氣變條結問無係題黨員總設長資級統將組見計別"
    "論運農幾區強決幹則據處給導爭濟聯認權證採轉單場車務萬積議報類確節傳廣記織複際連斷備辦團歷構稱準號劃選標專狀廠識適"
    "屬調滿縣參價嚴貧險補貼訓鄉創貸勞穩崗勵財稅籌獎災鎮"
)
PUNCTUATION = "，。、；：“”‘’（）《》〈〉【】〔〕！？—…　·％「」『』"
EVERYDAY = frozenset(SIMPLIFIED + TRADITIONAL + PUNCTUATION)
# In Western prose an accented letter or a curly quote stands alone among ASCII; Chinese bytes come in pairs.
WESTERN = re.compile("(?<![^\\x00-\\x7f])[ß-öø-ÿÀ-ÖØ-Þ“”‘’–—£§°](?![^\\x00-\\x7f])")
LOST = "\ufffd"


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, tuple[Note, ...]]:
    r"""The text of the bytes, exactly as decoded, the name of the encoding, and notes where bytes were lost.

    `declared` is the charset that the file states of itself: it tips the balance, but does not overrule the bytes. A
    byte order mark is no part of the text; newlines, NUL and all else stay. Bytes that cannot be decoded become
    U+FFFD: one note, with an empty span, says what share of the bytes they are, and one stands at each run of them.
    Spans are of the text. Never raises.

    >>> decode("各鄉鎮要做好農民工的就業服務工作。".encode("big5"))[:2]
    ('各鄉鎮要做好農民工的就業服務工作。', 'big5')
    >>> text, encoding, notes = decode("返乡创业的人员".encode() + b"\xe5\x8f")
    >>> text, encoding, [(note.span.start, note.span.end) for note in notes]
    ('返乡创业的人员\ufffd', 'utf-8', [(0, 0), (7, 8)])
    >>> notes[0].message
    '2 of 23 bytes (8.7 %) are not utf-8 and were lost'
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _read(data, name)
    if b"\0" not in data and (text := _strictly(data, "utf-8")) is not None:
        return text, "utf-8", ()
    sample = data[:SAMPLE]
    families, wanted = FAMILIES, _known(declared)
    if wanted:
        families = (next((family for family in FAMILIES if wanted in family), (wanted,)), *FAMILIES)
    bonus = {wanted: DECLARED_BONUS}
    best = max(families, key=lambda family: _share(sample, family[-1]) + bonus.get(family[-1], 0.0))
    names = [name for name in best if _strictly(data, name) is not None]
    return _read(data, names[0] if names else best[-1])


def _read(data: bytes, name: str) -> tuple[str, str, tuple[Note, ...]]:
    text = _strictly(data, name)
    if text is not None:
        return text, name, ()
    text = data.decode(name, errors="replace")
    return text, name, (_summary(data, text, name), *lost_notes(text, name))


def lost_notes(text: str, name: str) -> Iterator[Note]:
    """A note for each run of characters that stand for bytes which are not of the encoding called `name`."""
    message = f"bytes that are not {name} stood here"
    for run in re.finditer(f"{LOST}+", text):
        yield Note(doubt="undecodable", span=Span(start=run.start(), end=run.end()), message=message)


def _summary(data: bytes, text: str, name: str) -> Note:
    """How much was lost in all; its span is empty, since it is about the whole file."""
    lost = len(data) - len(text.replace(LOST, "").encode(name, "replace"))
    share = f"{100 * lost / len(data):.2g} %"
    message = f"{lost:,} of {len(data):,} bytes ({share}) are not {name} and were lost"
    return Note(doubt="undecodable", span=Span(start=0, end=0), message=message)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _known(declared: str | None) -> str | None:
    """The codec that a charset label means, None where Python knows no such text encoding."""
    label = (declared or "").strip().lower()
    label = SYNONYMS.get(label, label)
    try:
        "字".encode(label, errors="ignore")
    except (LookupError, ValueError):
        return None
    return label if label not in ("big5", "cp950") else "big5hkscs"


def _share(data: bytes, name: str) -> float:
    """How much of the decoded text, beyond ASCII, is everyday writing; lost bytes and private characters count against.

    ASCII counts for a little, because a page of UTF-16 without a mark may hold hardly anything else.
    """
    text = data.decode(name, errors="replace")
    wide = [mark for mark in text if mark > "\x7f"]
    everyday = sum(map(EVERYDAY.__contains__, wide)) if name != "cp1252" else len(WESTERN.findall(text))
    bad = sum(mark == LOST or "\ue000" <= mark <= "\uf8ff" or "\x80" <= mark <= "\x9f" for mark in wide)
    bad += text.count("\0")
    plain = sum(mark.isascii() and (mark.isprintable() or mark in "\t\r\n") for mark in text)
    return (everyday + 0.5 * plain - 2 * bad) / max(len(text) - 0.5 * plain, 1)
