"""The spaCy components `zhengce` (records) and `zhengce_entities` (names), found through spaCy's entry points."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zhengce.flow import annotate
from zhengce.model.tagger import entities
from zhengce.words import attach, register, set_entities

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["create_component", "create_tagger"]

LABELS = {"org": "ORG", "person": "PERSON"}


def create_component(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """spaCy's factory: records as span groups `doc.spans["targets"]` and so on.

    The spans are of whole tokens; the records with their exact characters are in `doc.user_data["zhengce"]`, a mapping
    of the table's name to its records. The text is taken as it is: clean it first (`zhengce.process`) if it is scraped.
    """

    def component(doc: Doc) -> Doc:
        found = annotate(doc.text)
        for kind, records in found.items():
            attach(doc, kind, [record.citation.span for record in records])
        doc.user_data["zhengce"] = found
        return doc

    return component


def create_tagger(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """spaCy's factory: organisations and persons as `doc.ents`, labelled ORG and PERSON, found by a trained tagger.

    The spans are of whole tokens; the names with their exact characters are in `doc.user_data["zhengce_entities"]`.
    Needs python-crfsuite (`pip install 'zhengce[tagger]'`), and raises BadUsage at the first text without it.
    """

    def component(doc: Doc) -> Doc:
        found = tuple(entities(doc.text))
        set_entities(doc, [(LABELS[entity.kind], entity.span) for entity in found])
        doc.user_data["zhengce_entities"] = found
        return doc

    return component


register("zhengce", create_component)
register("zhengce_entities", create_tagger)
