"""A comparison of invented policies, as the tables from which its files are made."""

import tomllib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from zhengce.write.columns import COMPARISON, columns
from zhengce.write.jsonl import open_tables
from zhengce.write.stored import stored

BASELINE = "00000000000000ba"
NAMES = ("甲省", "乙省", "丙市", "丁省", "戊市", "己省", "庚省", "辛省", "壬省", "癸省")
CODES = ("430000", "530000", "320100", "360000", "510100", "330000", "340000", "350000", "370000", "410000")
COUNTS = {"copied": "copy", "paraphrased": "paraphrase", "refined": "refine", "quantified": "quantify"}
COUNTS |= {"strengthened": "strengthen", "weakened": "weaken", "omitted": "omit", "added": "add"}
MADE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PROVISIONS, ADDED = MADE["provisions"], MADE["added"]


def row(table: str, **values: object) -> dict[str, object]:
    """A row of a table of a comparison; None where nothing is given."""
    unknown = set(values) - {column.name for column in columns(COMPARISON)[table]}
    assert not unknown
    return {column.name: values.get(column.name) for column in columns(COMPARISON)[table]}


def fill(out: Path, **tables: list[dict[str, object]]) -> Path:
    """Writes tables of a comparison; those that are not given are empty."""
    with open_tables(out, COMPARISON) as append:
        append(tables)
    return out


FREE = frozenset(
    {
        "name",
        "label",
        "heading",
        "quote",
        "base_label",
        "base_heading",
        "base_quote",
        "indicator",
        "base_words",
        "words",
    }
    | {"printed", "indicator_zh", "indicator_en", "title", "number", "source", "run", "upstream_quote"}
)


def overwrite(out: Path, text: str) -> Path:
    """Puts a text in every cell of a comparison that holds a document's words."""
    rows = {
        table: [
            {key: text if key in FREE and value is not None else value for key, value in line.items()}
            for line in stored(out, table)
        ]
        for table in columns(COMPARISON)
    }
    return fill(out, **rows)


def comparison(out: Path, *, documents: int = 3, provisions: int = len(PROVISIONS), longer: int = 1) -> Path:
    """Writes a comparison of so many documents with a baseline of so many provisions, texts so many times as long."""
    members = [_member(place) for place in range(documents)]
    ids = count(1)
    parallels, differences = [], []
    for member in members:
        for pair, found in _pairs(member, provisions, longer, ids):
            parallels.append(pair)
            differences += found
    own = row(
        "reproduction", document=BASELINE, name="中央", title="关于促进就业的意见", number="某发〔2024〕3号",
        level="central",
        date="2024-03-15", issuers=["某部"], source="baseline.docx", provisions=provisions,
    )  # fmt: skip
    return fill(
        out,
        parallels=parallels,
        differences=differences,
        reproduction=[own, *(_reproduced(member, parallels, provisions) for member in members)],
        indicators=list(_indicators(members)),
        diffusion_panel=[line for member in members for line in _panel(member)],
        network_edges=[
            row("network_edges", source="人社部", target="财政部", kind="duty", weight=3, documents=[BASELINE])
        ],
    )


def _panel(member: dict[str, object]) -> Iterator[dict[str, object]]:
    for since in range(3):
        known = {key: member[key] for key in ("document", "name", "region_code")} | {"region": member["name"]}
        yield row(
            "diffusion_panel", baseline=BASELINE, month=f"2024-0{3 + since}", months_since=since,
            adopted=int(since == 2), adopters_before=0, provisions_adopted=5 * int(since == 2), **known,
        )  # fmt: skip


def _member(place: int) -> dict[str, object]:
    name = NAMES[place % len(NAMES)] if place < len(NAMES) else f"第{place}地"
    code = CODES[place] if place < len(CODES) else f"{610000 + 100 * place}"
    return {"document": f"{place + 1:015x}d", "name": name, "region_code": code, "place": place}


def _pairs(
    member: dict[str, object], provisions: int, longer: int, ids: Iterator[int]
) -> Iterator[tuple[dict[str, object], list[dict[str, object]]]]:
    kind = int(str(member["place"])) % 3
    known = {"document": member["document"], "name": member["name"], "baseline": BASELINE}
    for at in range(provisions):
        made = PROVISIONS[at % len(PROVISIONS)]
        answer = made["answers"][kind]
        known["parallel"] = f"{member['document']}-parallel-{next(ids)}"
        relation = {"relation": answer["relation"], "relations": [answer["relation"]]}
        told = [
            row("differences", difference=f"{known['parallel']}-difference-{n}", **known, **one)
            for n, one in enumerate(answer.get("differences", ()), start=1)
        ]
        yield row("parallels", **known, **relation, **_base(made, at, longer), **_own(made, answer, at, longer)), told
    for at, words in enumerate(ADDED[: kind + 1]):
        known["parallel"] = f"{member['document']}-parallel-{next(ids)}"
        made = {"label": f"（{at + 8}）", "heading": "特色措施", "chapter": "本地措施"}
        own = _own(made, {"quote": words}, 100 + at, longer) | {"form": "none"}
        yield row("parallels", relation="add", relations=["add"], **known, **own), []


def _base(made: dict[str, str], at: int, longer: int) -> dict[str, object]:
    return {
        "base_provision": str(at + 1),
        "base_label": made["label"],
        "base_heading": made["heading"],
        "base_headings": [made["chapter"]],
        "base_quote": made["words"] * longer,
        "base_start": 1000 * at,
        "base_end": 1000 * at + len(made["words"]) * longer,
    }


def _own(made: dict[str, str], answer: dict[str, str], at: int, longer: int) -> dict[str, object]:
    if "quote" not in answer:
        return {"form": "none", "confidence": "0.88"}
    return {
        "provision": f"2.{at + 1}",
        "label": made["label"],
        "heading": made["heading"],
        "headings": [made["chapter"]],
        "quote": answer["quote"] * longer,
        "start": 900 * at,
        "end": 900 * at + len(answer["quote"]) * longer,
        "form": "one",
        "likeness": "0.83",
        "confidence": "0.91",
        "copy_ratio": "0.5",
    }


def _reproduced(member: dict[str, object], parallels: list[dict[str, object]], provisions: int) -> dict[str, object]:
    own = [pair["relation"] for pair in parallels if pair["document"] == member["document"]]
    name = str(member["name"])
    return row(
        "reproduction",
        document=member["document"],
        name=name,
        title=f"{name}关于促进就业的实施意见",
        number=f"某政发〔2024〕{member['place']}号",
        region=name,
        region_code=member["region_code"],
        level="province",
        date="2024-05-20",
        issuers=[f"{name}人民政府"],
        source=f"{name}.docx",
        baseline=BASELINE,
        upstream=BASELINE,
        upstream_by="cited",
        upstream_quote="根据《关于促进就业的意见》",
        lag_days=66,
        provisions=provisions,
        base_provisions=provisions,
        copy_ratio="0.41",
        answered=provisions - own.count("omit"),
        **{column: own.count(relation) for column, relation in COUNTS.items()},
    )


def _indicators(members: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    jobs = {
        "indicator": "urban_new_jobs",
        "indicator_zh": "城镇新增就业",
        "indicator_en": "New urban jobs",
        "unit": "人",
    }
    income = {"indicator": "household_income", "indicator_zh": "居民收入", "indicator_en": "Household income"}
    for member in members:
        goal = 40 + 5 * int(str(member["place"]))
        known = {key: member[key] for key in ("document", "name", "region_code")} | {"region": member["name"]}
        aimed = known | {"kind": "target", "chosen": True}
        quote = f"城镇新增就业{goal}万人以上"
        yield row(
            "indicators", value=f"{goal}0000", bound=">=", deadline="2025-12-31", quote=quote, start=10,
            end=10 + len(quote), **jobs, **aimed,
        )  # fmt: skip
        yield row("indicators", words="与经济增长同步", quote="居民收入增长与经济增长同步", **income, **aimed)
        done = {"kind": "fact", "chosen": False, "value": "380000", "bound": "=", "quote": "去年新增就业38万人"}
        yield row("indicators", **jobs, **known, **done)
