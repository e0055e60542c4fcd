"""For people who live in spaCy: the component is found by its name and its spans are those of the records."""

import pytest

spacy = pytest.importorskip("spacy")


def test_the_component_is_found_by_name_and_sets_span_groups() -> None:
    from zhengce.words import create_pipeline

    doc = create_pipeline()("据统计，某市累计培训农民工3.2万人次。对企业给予每人每月200元的岗位补贴。")
    assert [span.text for span in doc.spans["facts"]] == ["某市累计培训农民工3.2万人次"]
    (subsidy,) = doc.user_data["zhengce"]["subsidies"]
    assert (subsidy.instrument, subsidy.per) == ("岗位补贴", ("人", "月"))
    assert doc.text[subsidy.citation.span.start : subsidy.citation.span.end] == subsidy.citation.quote


def test_it_joins_anybodys_pipeline() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("zhengce")
    doc = nlp("力争到2026年建成5个示范基地。")
    assert [span.label_ for span in doc.spans["targets"]] == ["targets"]


def test_names_become_entities_of_whole_tokens_and_of_exact_characters() -> None:
    nlp = spacy.blank("zh")  # a token a character
    nlp.add_pipe("zhengce_entities")
    doc = nlp("市人社局就业促进科科长韦小兰介绍，财政部门正在拨付资金。")
    assert [(entity.text, entity.label_) for entity in doc.ents] == [
        ("市人社局就业促进科", "ORG"),
        ("韦小兰", "PERSON"),
    ]
    assert [doc.text[name.span.start : name.span.end] for name in doc.user_data["zhengce_entities"]] == [
        "市人社局就业促进科", "韦小兰",
    ]  # fmt: skip


def test_records_and_names_stand_on_one_text() -> None:
    from zhengce.words import create_pipeline

    nlp = create_pipeline()
    nlp.add_pipe("zhengce_entities")
    doc = nlp("全年培训3.2万人次，市财政局拨付资金。")
    assert [entity.text for entity in doc.ents] == ["市财政局"]
    assert len(doc.spans["targets"]) + len(doc.spans["facts"]) == 1
