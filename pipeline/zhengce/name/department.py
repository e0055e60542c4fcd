"""Departments: official full names for the forms that notices print (省人社厅, 市财政局, 人民银行…中心支行)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zhengce.document import Level
from zhengce.lexicon import alternation, table
from zhengce.name.central_body import central_body
from zhengce.name.place import MUNICIPALITIES, Place, find_city, find_place, province_of

__all__ = ["SUFFIXES", "Department", "is_listed", "official_name"]

SUFFIXES = (
    "委员会|办公室|办公厅|总局|部门|中心|总队|支行|分行|协会|联合会|集团|公司|学院|大学|政府|厅|局|委|部|"
    "办|署|会|行|院|社|处|站|馆"
)
BEFORE_PLACE = ("", "中共", "共青团")  # anything else belongs to a longer name: 宁县 in 威宁县
PREFIX = re.compile(r"^(?P<own>省级|市级|县级|自治区|省|市|州|县|区|旗|国家|各级|全国)(?!场|务|政(?!府|务))")


@cache
def _since() -> dict[str, int]:
    return {short: int(row["since"] or 0) for row in table("departments") for short in row["shorts"].split(";")}


# the governments of several units at once (各州、市人民政府), by the first of them
TERRITORIES = re.compile(
    r"各(?P<unit>设区市|地级市|省|市|州|盟|地区|县|区|旗|乡|镇|街道)"
    r"(?:设区市|自治区|直辖市|自治州|自治县|自治旗|开发区|省|市|州|盟|地区|县|区|旗|乡|镇|街道|[、，（）()和及])*(?:人民政府|政府|党委|办事处)"
)
UNITS: dict[str, Level] = {
    "省": "province", "设区市": "city", "地级市": "city", "市": "city", "州": "city", "盟": "city", "地区": "city",
    "县": "county", "区": "county", "旗": "county", "乡": "township", "镇": "township", "街道": "township",
}  # fmt: skip
GRID = re.compile(r"国网(?P<place>[\u4e00-\u9fff]{2,4}?)(?:省|市)?电力(?:有限公司|公司)?")
# a development zone's 管委会 (committee of administration), named without its province
AREA = re.compile(r"(?P<area>[\u4e00-\u9fff]{2,10}(?:新区|实验区|示范区|开发区|园区|合作区|自贸区))管委会")
YOUTH_LEAGUE = re.compile(r"(?:共青)?团(?P<own>[省市州县区])委")


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department by its official name, its level and the region it belongs to; name None where nobody is named."""

    name: str | None
    level: Level | None
    region: str | None


@cache
def _stems() -> tuple[dict[str, tuple[str, str, str]], re.Pattern[str]]:
    stems = {
        short: (row["central"], row["province"], row["city"])
        for row in table("departments")
        for short in row["shorts"].split(";")
    }
    pattern = (
        rf"(?P<stem>{alternation(stems)})(?P<suffix>委员会|办公室|总局|主管部门|行政主管部门|行政部门|部门|厅|"
        rf"局|委|部|办|署)?"
    )
    return stems, re.compile(pattern)


def official_name(text: str, home: Place | None, level: Level | None, year: int | None = None) -> Department:
    """The official name of a department as printed in a document of `home`, issued at `level`.

    A document older than a name (`year`) keeps what it prints: 交通部 of 2005 is not 交通运输部. 省 and 市 without a
    name mean the document's own; what the lexicon does not hold keeps its printed name behind the region. Source of
    names: `lexicons/departments.tsv`.

    >>> from zhengce.name.place import find_place
    >>> official_name("省人社厅", find_place("贵州省"), "province").name
    '贵州省人力资源和社会保障厅'
    >>> official_name("市财政局", None, "city").name, official_name("农业农村部", None, "central").name
    ('市财政局', '中华人民共和国农业农村部')
    """
    text = re.sub(r"\s|[（(]含[^（）()]*[）)]", "", text)
    if text.startswith("共青团") and text.endswith("委员会"):
        its = find_place(text)
        full = text.replace("共青团", "中国共产主义青年团", 1)
        return Department(name=full, level=its.level if its else level, region=its.name if its else None)
    if youth := YOUTH_LEAGUE.fullmatch(text):
        return _youth_league(text, youth["own"], home)
    if several := TERRITORIES.fullmatch(text):
        return _territories(text, UNITS[several["unit"]], home)
    if central_name := central_body(text, level, year):
        return Department(name=central_name, level="central", region=None)
    prefix = PREFIX.match(text)
    named = None if prefix else _named_place(text)
    rest = text[prefix.end() :] if prefix else text[named[1] :] if named else text
    place = named[0] if named else home
    if text.startswith("国家") and _stems()[1].fullmatch(text):
        rest, prefix = text, None  # 国家安全 is a name, not 安全 at the level of the state
    own_level = _level(prefix["own"] if prefix else "", named[0] if named else None, rest, level)
    if own_level == "city" and place is not None and province_of(place).name in MUNICIPALITIES:
        own_level = "province"
    stems, pattern = _stems()
    match = pattern.fullmatch(rest)
    if match is None or (year is not None and year < _since()[match["stem"]]):
        if own_level == "central" and re.fullmatch(
            r"(?!中[央共]|国务院|国家(?!安全)|.*指挥部)[\u4e00-\u9fff]{2,10}部", text
        ):
            return Department(name="中华人民共和国" + text, level="central", region=None)
        return _unlisted(text, rest, prefix["own"] if prefix else "", place, own_level)
    central, province, city = stems[match["stem"]]
    if own_level == "central":
        return Department(name=central or text, level="central", region=None)
    place = _above(place, own_level)
    municipal = place is not None and place.name in MUNICIPALITIES  # 北京市 is a province whose offices are called 局
    form = city if own_level in ("city", "county") or municipal else province
    return Department(
        name=_fill(_as_printed(form, match["suffix"]), _region(place, own_level)),
        level=own_level,
        region=_region(place, own_level)[0] if place else None,
    )


def is_listed(text: str) -> bool:
    """Whether a name is one of the lexicon's with a suffix, behind 省, 市 or 国家 or alone (财政局, not 财政部门).

    >>> is_listed("财政局"), is_listed("省人社厅"), is_listed("财政部门"), is_listed("教育")
    (True, True, False, False)
    """
    met = _stems()[1].fullmatch(PREFIX.sub("", text)) or _stems()[1].fullmatch(text)
    return bool(met and (met["suffix"] or re.search("[会联协社部办委组厅]$", text)) and not text.endswith("部门"))


def _youth_league(text: str, own: str, home: Place | None) -> Department:
    """A committee of the 共青团 (Communist Youth League): 团省委, 团市委."""
    if own == "区" and home and province_of(home).name.endswith("自治区") and home.level != "county":
        own = "省"  # the 区 of 团区委 is the autonomous region
    level: Level = {"省": "province", "市": "city", "州": "city", "县": "county", "区": "county"}[own]  # type: ignore[assignment]
    place = _above(home, level)
    region = _region(place, level)[0]
    if place is None or place.level != level:
        return Department(name=text, level=level, region=None)
    return Department(name=f"中国共产主义青年团{region}委员会", level=level, region=region)


def _territories(text: str, level: Level, home: Place | None) -> Department:
    """The governments of all units of a level, told apart by the place that they lie in (云南省各州、市人民政府)."""
    within = home.name if home and (home.level == "province" or (home.level, level) != ("city", "city")) else None
    return Department(name=(within or "") + text, level=level, region=within)


def _above(place: Place | None, level: Level | None) -> Place | None:
    """The place itself, or the province or city over it where the department is of that level."""
    if place is None or level not in ("province", "city") or place.level == level:
        return place
    province = province_of(place)
    if level == "province" or province.name in MUNICIPALITIES:
        return province
    return find_city(place) or place


def _as_printed(form: str, suffix: str | None) -> str:
    """A commission that is printed as one stays one, where the table has the usual 局 or 厅 (上海市商务委)."""
    if suffix in ("委", "委员会") and re.search(r"[^税管证]局$|厅$", form) and "{" not in form:
        return form[:-1] + "委员会"
    return form


def _named_place(text: str) -> tuple[Place, int] | None:
    place = find_place(text)
    if place is None:
        return None
    for form in (place.name, place.short):
        at = text.find(form)
        if at >= 0 and text[:at] in BEFORE_PLACE and len(text) > at + len(form):
            return place, at + len(form)
    return None


def _level(own: str, named: Place | None, rest: str, level: Level | None) -> Level | None:
    if named:
        return named.level
    if own in ("省", "自治区", "省级"):
        return "province"
    if own in ("市", "州", "市级"):
        return "city"
    if own in ("县", "区", "旗", "县级"):
        return "county"
    if own in ("国家", "全国") or (
        rest.endswith(("部", "总局", "署")) and not re.search(r"(?:组织|宣传|统战|工作|武装)部$", rest)
    ):
        return "central"
    if rest.endswith("厅") and not rest.endswith("办公厅"):
        return "province"
    return level


def _region(place: Place | None, level: Level | None) -> tuple[str, str]:
    """The region's name and short name to put into a form; the bare 省 or 市 where the place is not known."""
    if place and level == place.level:
        return place.name, place.short
    if place and level == "province":
        province = province_of(place)
        return province.name, province.short
    return {"province": ("省", ""), "city": ("市", ""), "county": ("县", "")}.get(level or "", ("", ""))


def _fill(form: str, region: tuple[str, str]) -> str:
    full, short = region
    if "{" in form:
        filled = form.replace("{none}", "").replace("{short}", short).replace("{}", full)
        return re.sub("自治区委(?!员)", "自治区委员会", filled)  # 广西壮族自治区委 is written by nobody
    return full + form


def _unlisted(text: str, rest: str, own: str, place: Place | None, level: Level | None) -> Department:
    """A department that the lexicon does not hold: its printed name, with the region's name for a bare 省 or 市."""
    branch = re.fullmatch(r"(?:中国)?(人民银行.+(?:中心支行|分行|支行|营业管理部))", text)
    if branch:
        return Department(name="中国" + branch[1], level=level, region=place.name if place else None)
    grid = GRID.fullmatch(text)
    if grid and (served := find_place(grid["place"])):
        return Department(name=f"国网{served.name}电力有限公司", level="province", region=served.name)
    area = AREA.fullmatch(text)
    if area and place and not find_place(text):
        over = place.short if area["area"].endswith("新区") else place.name
        return Department(name=f"{over}{area['area']}管理委员会", level=level, region=place.name)
    if own in ("省", "自治区", "市", "州", "县", "区") and place:
        region = _region(place, level)[0]
        if rest.startswith("委"):  # the Party committee and its organs: 省委, 省委信访局
            return Department(name=f"中共{region}{rest}", level=level, region=region)
        return Department(name=region + rest, level=level, region=region)
    return Department(name=text or None, level=level, region=place.name if place and level != "central" else None)
