"""What a document says of itself: title, kind, issuers, number, dates, region."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from zhengce.document import DocumentKind, Header, Level, Raw
from zhengce.name.department import SUFFIXES, official_name
from zhengce.name.number import NUMBER, normal_number
from zhengce.name.place import Place, find_place
from zhengce.outline.title import is_title, kind_of_title
from zhengce.value.date import FULL_DAY, parse_day

__all__ = ["header"]

DATE_LINE = re.compile(rf"(?m)^\s*({FULL_DAY})\s*$")
NEWS = re.compile(r"本报讯|本报记者|记者|日电|日讯|据悉|据了解|新华社")
CENTRAL = re.compile(
    r"^(?:中共中央|国务院|中央|国家|中华人民共和国|最高人民|全国|中国人民银行$|.{2,10}部$|.{2,8}总局$|.{2,8}署$)"
)
PUBLISHED = ("发布日期", "发布时间", "公开日期", "发文日期", "PubDate", "publishdate", "PublishDate")


def header(raw: Raw, text: str) -> Header:
    """The header of a document from the fields that its page states, else from the text.

    成文日期 (date of writing) and 发布日期 (date of publication) are kept apart; region and level go by the issuers,
    else by the title. Source of the labels: gov.cn metadata; of the layout: GB/T 9704-2012.
    """
    fields = raw.fields
    title = fields.get("标题") or _title(text) or fields.get("ArticleTitle") or fields.get("title")
    issuers = _issuers(fields, text, title)
    place, level = _region(issuers, title, text)
    number = _number(fields, text)
    lines = DATE_LINE.findall(text)
    return Header(
        title=re.sub(r"\s+", " ", title).strip() if title else None,
        kind=_kind(title, text),
        issuers=tuple(official_name(issuer, place, level).name or issuer for issuer in issuers),
        number=number,
        written=_first_day(fields, ("成文日期", "生成日期")) or (parse_day(lines[0]) if lines else None),
        published=_first_day(fields, PUBLISHED) or _dateline(raw.text),
        region=place.name if place else None,
        region_code=place.code if place else None,
        level=level,
        index_number=fields.get("索引号") or None,
        topic=fields.get("主题分类") or None,
    )


def _dateline(page: str) -> date | None:
    """The day in the line over an article that names its source (2024-03-05 10:00 来源：…)."""
    line = re.search(r"(?m)^[^\n。]{0,30}(?:来源|发布时间|时间)[^\n。]{0,60}$", page[:1200])
    return parse_day(line[0]) if line else None


def _first_day(fields: Mapping[str, str], labels: tuple[str, ...]) -> date | None:
    return next((day for label in labels if (day := parse_day(fields.get(label, "")))), None)


def _number(fields: Mapping[str, str], text: str) -> str | None:
    stated = NUMBER.search(fields.get("发文字号") or fields.get("文号") or "")
    if stated:
        return normal_number(stated)
    for line in text[:600].split("\n")[:15]:
        alone = NUMBER.fullmatch(line.strip().strip("（()） "))
        if alone:
            return normal_number(alone)
    return None


def _title(text: str) -> str | None:
    """The first line that is an official title, also over up to four lines; else the first line that is no sentence."""
    lines = [line.strip() for line in text[:1500].split("\n") if line.strip()][:12]
    prose = next((at for at, line in enumerate(lines) if "。" in line), len(lines))
    if not lines:
        return None
    if prose == 0:  # a page on one line: the title ends at a blank
        head = lines[0].partition(" ")[0]
        return head if is_title(head) else None
    for at in range(len(lines)):
        for length in (4, 3, 2, 1):
            joined = "".join(lines[at : at + length])
            broken = any(
                re.search(r"[。；;：:，,]|^[一二三四五六七八九十]+、|^#", line)
                or len(line) > (90 if length == 1 else 60)
                for line in lines[at : at + length]
            )
            broken = broken or (length > 1 and bool(re.search(r"[!！?？]", joined)))
            if not broken and is_title(joined) and (length == 1 or not is_title(lines[at])):
                return joined
    return next(
        (
            line.lstrip("# ").strip()
            for line in lines[:prose]
            if 4 <= len(line) <= 60 and not re.search(r"[，；：,;:]$", line)
        ),
        None,
    )


def _kind(title: str | None, text: str) -> DocumentKind:
    kind = kind_of_title(title) if title else "other"
    if kind == "other" and NEWS.search(text):
        return "news"
    return kind


def _issuers(fields: Mapping[str, str], text: str, title: str | None) -> list[str]:
    stated = fields.get("发文机关") or fields.get("发布机构") or fields.get("信息来源")
    if stated:
        return [part for part in re.split(r"[\s、,，;；]+", stated) if part]
    first_date = DATE_LINE.search(text)
    signed: list[str] = []
    if first_date:
        for line in reversed(text[max(0, first_date.start() - 900) : first_date.start()].split("\n")):
            line = line.strip()
            if line and not re.fullmatch(rf"[\u4e00-\u9fff（）() ]{{2,40}}(?:{SUFFIXES})", line):
                break
            signed += [line] if line else []
    if signed:
        return [name for line in reversed(signed) for name in line.split()]
    head = re.match(r"(?P<issuers>[^《》\n]{2,80}?)(?:等[^关]{1,8})?(?:关于|印发|转发)", title or "")
    names = re.split(r"[\s、]+", head["issuers"]) if head else []
    return [name for name in names if re.search(rf"(?:{SUFFIXES}|国务院|中央)$", name)]


def _region(issuers: list[str], title: str | None, text: str) -> tuple[Place | None, Level | None]:
    for issuer in issuers:
        place = find_place(issuer)
        if place:
            return place, place.level
    if any(CENTRAL.match(issuer) for issuer in issuers):
        return None, "central"
    place = find_place(title or "")
    if place:
        return place, place.level
    own = re.findall(r"我(省|市|州|县|区)|全(省|市|州|县)(?=[\u4e00-\u9fff])", text)
    if not own:
        return None, None
    counts = {level: sum(level in pair for pair in own) for level in ("省", "市", "州", "县")}
    most = max(counts, key=lambda key: counts[key])
    level: Level = {"省": "province", "市": "city", "州": "city", "县": "county"}[most]  # type: ignore[assignment]
    return None, level
