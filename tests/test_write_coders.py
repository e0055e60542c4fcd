"""The records as marks in their texts, for tools in which people code: every mark is on the words of its record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrefiqda.refiproject import RefiProject

from zhengce import batch
from zhengce.record import TABLES
from zhengce.write.columns import columns
from zhengce.write.conll import tags, write_conll
from zhengce.write.doccano import write_doccano
from zhengce.write.jsonl import open_tables
from zhengce.write.kind import kinds
from zhengce.write.label_studio import write_label_studio
from zhengce.write.marked import marked
from zhengce.write.qdpx import write_qdpx
from zhengce.write.steady import steady
from zhengce.write.stored import stored
from zhengce.write.utf16 import utf16

SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"
ASTRAL = "\ufeff𠮷林市😀通知\r\n补贴每人𠮷500元😀，\x00发放\u2028新增就业100人。\r# 止\x85完\ud83d"
WRITERS = (write_label_studio, write_doccano, write_conll, write_qdpx)


def row(table: str, **values: object) -> dict[str, object]:
    listed = {column.name: [] for column in columns()[table] if column.type in ("list", "spans")}
    return {column.name: values.get(column.name, listed.get(column.name)) for column in columns()[table]}


def record(table: str, number: int, document: str, text: str, words: str, **values: object) -> dict[str, object]:
    start = text.index(words)
    name = f"{document}-{table}-{number}"
    place = {"quote": words, "start": start, "end": start + len(words)}
    return row(table, record=name, document=document, rule="r", **place, **values)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run on the samples."""
    folder = tmp_path_factory.mktemp("run")
    formats = ("labelstudio", "doccano", "conll", "qdpx")
    batch.run([path for path in SAMPLES.iterdir() if path.is_file()], folder, formats=formats)
    return folder


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose texts have characters of every trying sort."""
    folder = tmp_path_factory.mktemp("odd")
    text = ASTRAL.replace("\ud83d", "?")  # as the tables have it
    with open_tables(folder) as append:
        append(
            {
                "documents": [
                    row(
                        "documents",
                        document="a" * 16,
                        source="甲&<.txt",
                        title='标"题\x01\n',
                        text=ASTRAL,
                        kind="notice",
                    ),
                    row("documents", document="b" * 16, source="乙.txt", text="无记录"),
                    row(
                        "documents",
                        document="c" * 16,
                        source="空.txt",
                        text="",
                        published="2024-05-06",
                        region="四川省",
                    ),
                ],
                "targets": [record("targets", 1, "a" * 16, text, "新增就业100人", value="100", nature="quantified")],
                "subsidies": [
                    record(
                        "subsidies",
                        1,
                        "a" * 16,
                        text,
                        "补贴每人𠮷500元😀",
                        kind="standard",
                        bound="=",
                        confidence="0.75",
                    ),
                    record("subsidies", 2, "a" * 16, text, "每人𠮷500元", kind="standard"),
                    record("subsidies", 3, "a" * 16, text, "通知\r\n补贴", kind="budget", payee="<甲>&\x02"),
                ],
                "assignments": [record("assignments", 1, "a" * 16, text, "500元😀，\x00发放\u2028新", role="lead")],
                "facts": [record("facts", 1, "a" * 16, text, "\ufeff𠮷林市")],
                "references": [record("references", 1, "a" * 16, text, "# 止\x85完?", relation="cited")],
            }
        )
    for write in WRITERS:
        write(folder)
    return folder


def quotes(folder: Path) -> dict[str, tuple[str, str]]:
    """The table and the words of every record by its id, the words as text that stays as it is."""
    texts = {one["document"]: str(one["text"]) for one in stored(folder, "documents")}
    found = {}
    for table in TABLES.values():
        for one in stored(folder, table):
            start, end = one["start"], one["end"]
            assert texts[one["document"]][start:end] == one["quote"]  # type: ignore[misc]
            found[str(one["record"])] = (table, steady(texts[one["document"]])[start:end])  # type: ignore[misc]
    return found


@pytest.fixture(params=["out", "odd"])
def either(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(request.param))


def test_the_runs_have_records_of_every_kind_to_mark(out: Path, odd: Path) -> None:
    assert len(quotes(out)) > 200
    assert len(quotes(odd)) == 7
    assert {table for table, _ in quotes(out).values()} >= {"targets", "facts", "subsidies", "assignments", "brands"}


def test_documents_come_with_their_records(either: Path) -> None:
    held = list(marked(either))
    assert [one.document["document"] for one in held] == [one["document"] for one in stored(either, "documents")]
    assert all(found["document"] == one.document["document"] for one in held for _, found in one.records)
    assert sorted(str(found["record"]) for one in held for _, found in one.records) == sorted(quotes(either))


def test_records_in_another_order_than_their_documents_are_not_lost_silently(tmp_path: Path) -> None:
    with open_tables(tmp_path) as append:
        append({"documents": [row("documents", document=one, text="甲") for one in "ab"]})
        append({"facts": [record("facts", 1, one, "甲", "甲") for one in "ba"]})
    with pytest.raises(ValueError, match="facts"):
        list(marked(tmp_path))


# ---- Label Studio and doccano


def test_label_studio_marks_the_words_of_every_record(either: Path) -> None:
    tasks = json.loads((either / "label_studio.json").read_text(encoding="utf-8"))
    assert [task["data"]["document"] for task in tasks] == [one["document"] for one in stored(either, "documents")]
    wanted, seen = quotes(either), set()
    for task in tasks:
        text = task["data"]["text"]
        units = text.encode("utf-16-le")
        (prediction,) = task["predictions"]
        for region in prediction["result"]:
            table, words = wanted[region["id"]]
            value, (first, last) = region["value"], region["meta"]["utf16"]
            assert (text[value["start"] : value["end"]], value["text"], value["labels"]) == (words, words, [table])
            assert units[2 * first : 2 * last].decode("utf-16-le") == words
            assert (region["from_name"], region["to_name"], region["type"]) == ("kind", "text", "labels")
            seen.add(region["id"])
    assert seen == set(wanted)


def test_label_studio_has_the_confidence_and_the_columns_of_a_record(odd: Path) -> None:
    task = json.loads((odd / "label_studio.json").read_text(encoding="utf-8"))[0]
    regions = {region["id"]: region for region in task["predictions"][0]["result"]}
    first, second = (regions[f"{'a' * 16}-subsidies-{number}"] for number in (1, 2))
    assert first["score"] == 0.75
    assert "score" not in second
    assert first["meta"]["fields"] == {"kind": "standard", "bound": "="}
    assert first["meta"]["text"] == ["类别：发放标准 standard", "界限：等于 ="]


def test_the_interface_of_label_studio_has_the_labels_and_names_that_the_tasks_use(out: Path) -> None:
    view = ElementTree.fromstring((out / "label_studio.xml").read_text(encoding="utf-8"))
    labels = view.find("Labels")
    assert labels is not None
    assert [label.get("value") for label in labels] == list(TABLES.values())
    assert (labels.get("name"), labels.get("toName")) == ("kind", "text")
    shown = view.find("Text")
    assert shown is not None
    assert (shown.get("name"), shown.get("value")) == ("text", "$text")


def test_doccano_marks_the_words_of_every_record(either: Path) -> None:
    wanted, seen = quotes(either), []
    for line in (either / "doccano.jsonl").read_text(encoding="utf-8").splitlines():
        task = json.loads(line)
        assert list(task) == ["id", "text", "label", "meta"]
        for name, (start, end, table) in zip(task["meta"]["records"], task["label"], strict=True):
            assert (table, task["text"][start:end]) == wanted[name]
            seen.append(name)
    assert sorted(seen) == sorted(wanted)


# ---- CoNLL


def read_conll(text: str) -> Iterator[tuple[str, str, list[list[str]]]]:
    """The documents of a CoNLL file: id, text, and the tags of each column, "" for a line break."""
    name, chars, columns = "", [], []
    for line in text.split("\n"):
        key, _, value = line[2:].partition(" = ")
        if line.startswith("# "):
            if name:
                yield name, "".join(chars[:-1]), [column[:-1] for column in columns]
            name, chars = (value, []) if key == "document" else ("", [])
            columns = [[] for _ in TABLES]
        elif name:
            char, *marks = line.split("\t") if line else ("\n", *[""] * len(TABLES))
            chars.append(chr(int(char[2:], 16)) if len(char) > 1 else char)
            for column, mark in zip(columns, marks, strict=True):
                column.append(mark)


def test_no_character_of_a_text_is_taken_for_the_format(odd: Path) -> None:
    lines = (odd / "records.conll").read_text(encoding="utf-8").splitlines()
    assert (
        len([line for line in lines if line.startswith("#")]) == len([line for line in lines if line[:2] == "# "]) == 6
    )
    assert all(len(line.split("\t")) == 1 + len(TABLES) for line in lines if line and line[:2] != "# ")
    assert any(line.startswith("U+0023\t") for line in lines)


def spans_of(marks: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at, mark in enumerate(marks):
        if mark.startswith("B-"):
            found.append((at, at + 1))
        elif mark.startswith("I-"):
            found[-1] = (found[-1][0], at + 1)
    return found


def test_conll_gives_the_text_and_every_mark_back(either: Path) -> None:
    texts = {one["document"]: one["text"] for one in stored(either, "documents")}
    found = list(read_conll((either / "records.conll").read_text(encoding="utf-8")))
    assert {name: text for name, text, _ in found} == texts
    left_out = 0
    for held, (_, _, marks) in zip(marked(either), found, strict=True):
        for table, column in zip(TABLES.values(), marks, strict=True):
            wanted = {(one["start"], one["end"]) for kind, one in held.records if kind.table == table}
            made = spans_of(column)
            assert set(made) <= wanted
            assert {mark for mark in column if mark} <= {"O", f"B-{table}", f"I-{table}"}
            left_out += len(wanted) - len(made)
            assert all(any(a < end and start < b for a, b in made) for start, end in wanted)
    last = (either / "records.conll").read_text(encoding="utf-8").splitlines()[-1]
    assert last.endswith(f"= {left_out}")
    assert write_conll(either) == left_out


def test_of_nested_records_the_longest_is_marked_and_the_rest_counted(odd: Path) -> None:
    assert write_conll(odd) == 2
    first = next(read_conll((odd / "records.conll").read_text(encoding="utf-8")))
    (subsidies,) = (marks for table, marks in zip(TABLES.values(), first[2], strict=True) if table == "subsidies")
    assert [first[1][start:end] for start, end in spans_of(subsidies)] == ["补贴每人𠮷500元😀"]


# letters, astral ones, line breaks of every sort, marks that join the letter before, what a format may stumble over
TEXTS = st.text(
    st.sampled_from('甲乙1a😀𠮷\n\r\t \u3000\u2028\x85\x00\u0301\ufeff\u200d#+U\\"<&') | st.characters(), max_size=40
)


@st.composite
def spanned(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    edge = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edge, edge), max_size=6))
    return text, [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


@given(spanned())
def test_utf16_units_pick_the_same_words(made: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = made
    offset, units = utf16(text), text.encode("utf-16-le", "surrogatepass")
    for start, end in spans:
        words = units[2 * offset(start) : 2 * offset(end)]
        assert words == text[start:end].encode("utf-16-le", "surrogatepass")


@given(TEXTS | TEXTS.map(lambda text: f"\ufeff{text}"))
def test_steady_text_keeps_every_place_and_survives_every_reader(text: str) -> None:
    made = steady(text)
    assert len(made) == len(text)
    assert steady(made) == made
    assert made.encode().decode("utf-8-sig") == made, "no mark at the beginning for a reader to take away"
    assert "\n".join(made.splitlines()) == made.removesuffix("\n"), "one kind of line end"
    element = ElementTree.Element("t")
    element.text = made
    assert (ElementTree.fromstring(ElementTree.tostring(element)).text or "") == made
    assert all(before == after for before, after in zip(text, made, strict=True) if before.isprintable())


@given(spanned())
def test_tags_give_the_spans_back(made: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = made
    marks, left_out = tags(text, spans, "x")
    found = spans_of(["" if char == "\n" else mark for char, mark in zip(text, marks, strict=True)])
    trimmed = {
        (start + len(words) - len(words.lstrip("\n")), end - len(words) + len(words.rstrip("\n")))
        for start, end in set(spans)
        if (words := text[start:end]).strip("\n")
    }
    assert set(found) <= trimmed
    assert left_out == sum(1 for span in trimmed if span not in found)
    for start, end in trimmed - set(found):
        beside = [span for span in found if span[0] < end and start < span[1]]
        assert any(b - a >= end - start for a, b in beside)


# ---- REFI-QDA


def project(folder: Path, at: Path) -> tuple[Any, dict[str, str]]:
    """The project as a strict reader of the schema gives it, and the text of each source."""
    found = RefiProject.load(folder / "zhengce.qdpx", at)
    texts = {
        source.guid: RefiProject.resolve_source_path(source.plain_text_path, at).read_text(encoding="utf-8")
        for source in (found.sources.text_source if found.sources else [])
    }
    return found, texts


def codes_of(found: Any) -> dict[str, tuple[str, str | None]]:
    """The names of codes by guid, each with that of the code above it."""
    named = {}
    for code in found.code_book.codes.code:
        named[code.guid] = (code.name, None)
        named |= {below.guid: (below.name, code.name) for below in code.code}
    return named


def test_every_selection_of_the_project_is_on_the_words_of_its_record(either: Path, tmp_path: Path) -> None:
    found, texts = project(either, tmp_path)
    codes, wanted, seen = codes_of(found), quotes(either), []
    for source in found.sources.text_source:
        for selection in source.plain_text_selection:
            name = selection.description.split("\n")[0]
            table, words = wanted[name]
            assert texts[source.guid][selection.start_position : selection.end_position] == words
            given = [codes[coding.code_ref.target_guid] for coding in selection.coding]
            assert given[0][0].endswith(f" {table}")
            assert all(above == given[0][0] for _, above in given[1:])
            seen.append(name)
    assert sorted(seen) == sorted(wanted)


def test_codes_below_a_kind_are_the_values_of_its_enumerations(out: Path, tmp_path: Path) -> None:
    found, _ = project(out, tmp_path)
    assert [code.name for code in found.code_book.codes.code] == [f"{one.label_zh} {one.table}" for one in kinds()]
    codes = codes_of(found)
    assert "发放标准 subsidies/standard" in {name for name, above in codes.values() if above == "补贴 subsidies"}
    kinds_of = {str(one["record"]): one["kind"] for one in stored(out, "subsidies")}
    for source in found.sources.text_source:
        for selection in source.plain_text_selection:
            name = selection.description.split("\n")[0]
            given = [codes[coding.code_ref.target_guid][0] for coding in selection.coding]
            if name in kinds_of:
                assert [one.partition("/")[2] for one in given] == ["", kinds_of[name]]


def test_cases_have_the_variables_of_their_documents(either: Path, tmp_path: Path) -> None:
    found, _ = project(either, tmp_path)
    names = {one.guid: one.name.split(" ")[1] for one in found.variables.variable}
    sources = {source.guid: source.name for source in found.sources.text_source}
    for case, one in zip(found.cases.case, stored(either, "documents"), strict=True):
        told = {
            names[held.variable_ref.target_guid]: held.text_value or str(held.date_value)
            for held in case.variable_value
        }
        wanted = {name: one[name] for name in ("title", "number", "region", "published", "kind") if one[name]}
        assert told == {name: steady(str(value)) for name, value in wanted.items()}
        (source,) = case.source_ref
        assert sources[source.target_guid] == one["source"]


# the order in which the schema (REFI-QDA Project 1.0) wants the elements, of those that are written
ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Cases", "Sources"], "Code": ["Description", "Code"],
    "Case": ["VariableValue", "SourceRef"], "TextSource": ["Description", "PlainTextSelection"],
    "PlainTextSelection": ["Description", "Coding"], "Users": ["User"], "CodeBook": ["Codes"], "Codes": ["Code"],
    "Variables": ["Variable"], "Variable": ["Description"], "Cases": ["Case"], "Sources": ["TextSource"],
    "Coding": ["CodeRef"], "VariableValue": ["VariableRef", "TextValue", "DateValue"],
}  # fmt: skip


def test_elements_stand_in_the_order_of_the_schema_and_no_identifier_twice(either: Path) -> None:
    with ZipFile(either / "zhengce.qdpx") as package:
        root = ElementTree.fromstring(package.read("project.qde"))
        names = package.namelist()
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(names) == len(set(names))
    elements = list(root.iter())
    for element in elements:
        order = ORDER.get(element.tag.partition("}")[2], [])
        places = [order.index(child.tag.partition("}")[2]) for child in element]
        assert places == sorted(places)
    identifiers = [element.attrib["guid"] for element in elements if "guid" in element.attrib]
    assert len(identifiers) == len(set(identifiers))
    targets = {element.attrib["targetGUID"] for element in elements if "targetGUID" in element.attrib}
    assert targets <= set(identifiers)


def test_the_same_run_gives_the_same_bytes(out: Path) -> None:
    names = ("label_studio.json", "label_studio.xml", "doccano.jsonl", "records.conll", "zhengce.qdpx")
    before = {name: (out / name).read_bytes() for name in names}
    for write in WRITERS:
        write(out)
    assert before == {name: (out / name).read_bytes() for name in names}


def test_a_run_of_nothing_gives_files_that_can_be_read(tmp_path: Path) -> None:
    with open_tables(tmp_path):
        pass
    for write in WRITERS:
        write(tmp_path)
    assert json.loads((tmp_path / "label_studio.json").read_text(encoding="utf-8")) == []
    assert (tmp_path / "doccano.jsonl").read_bytes() == b""
    found, texts = project(tmp_path, tmp_path / "at")
    assert (found.cases, found.sources, texts) == (None, None, {})
