"""The region and the level of government that a text belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from zhengce.document import Level
from zhengce.lexicon import table
from zhengce.name.place import MUNICIPALITIES, Place, find_place, province_by_sign

__all__ = ["territory"]

CENTRAL = re.compile(
    r"^(?:中共中央|国务院|中央|国家|中华|中国|最高人民|全国|共青团中央|(?!.*(?:[省市州县区]|自治区)委).{2,10}部(?:办公厅)?$|.{2,8}总局(?:办公厅)?$|.{2,8}署$)"
)
TOWNSHIP = re.compile(r"(?:[镇乡]|街道)(?:党工?委|人民政府|政府|办事处|党政办公室|人大|办公室)$")
OWN = re.compile(r"^(?:中共)?(?P<own>省|自治区|市|州|盟|地区|县|区|旗)(?!场|务|政(?!府|务|协|法))")
LEVELS: dict[str, Level] = {
    "省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "地区": "city",
    "县": "county", "区": "county", "旗": "county",
}  # fmt: skip
OWN_WORDS = re.compile(r"我(省|市|州|县|区)|全(省|市|州|县)(?=[\u4e00-\u9fff])")
SOURCES = ("SiteName", "来源", "发布机构", "发布单位", "ContentSource", "source", "author")


def territory(
    issuers: Sequence[str], title: str | None, number: str | None, text: str, fields: Mapping[str, str]
) -> tuple[Place | None, Level | None]:
    """The region by the issuers, else by the title, else the level alone by what the text calls its own (我市).

    Where only the level is known (市财政局), the region is the one of that level that title, site, code of the number
    (黔人社发 → 贵州省) or, if it names no other one, the text speaks of; none where that leaves two.
    """
    for issuer in issuers:
        township = bool(TOWNSHIP.search(issuer))
        place = find_place(issuer)
        if place:
            return place, "township" if township else place.level
        if township:
            return _named("county", title, number, text, fields), "township"
    if any(CENTRAL.match(issuer) for issuer in issuers):
        return None, "central"
    for issuer in issuers:
        own = OWN.match(issuer)
        if own:
            level = LEVELS[own["own"]]
            home = _named(level, title, number, text, fields)
            return home, home.level if home else level
    place = find_place(title or "")
    if place:
        return place, place.level
    spoken = _own_level(text)
    return (_sited(spoken, fields), spoken) if spoken else (None, None)


def _own_level(text: str) -> Level | None:
    """The level that the text most often calls its own."""
    own = [first or second for first, second in OWN_WORDS.findall(text)]
    counts = {word: own.count(word) for word in ("省", "市", "州", "县")}
    most = max(counts, key=lambda word: counts[word])
    return LEVELS[most] if counts[most] else None


def _sited(level: Level, fields: Mapping[str, str]) -> Place | None:
    places = (find_place(fields.get(label, "")) for label in SOURCES)
    return next((place for place in places if place and _is_at(place, level)), None)


def _is_at(place: Place, level: Level) -> bool:
    """Whether a place is of a level; the municipalities are provinces that call themselves cities."""
    return place.level == level or (level == "city" and place.name in MUNICIPALITIES)


def _named(level: Level, title: str | None, number: str | None, text: str, fields: Mapping[str, str]) -> Place | None:
    place = find_place(title or "")
    if place and _is_at(place, level):
        return place
    sited = _sited(level, fields)
    if sited:
        return sited
    if level == "province" and number and (province := province_by_sign(number)):
        return province
    names = {row["name"] for row in table("regions") if row["level"] == level and row["name"] in text}
    return find_place(names.pop()) if len(names) == 1 else None
