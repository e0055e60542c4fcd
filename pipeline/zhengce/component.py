"""The spaCy component: `nlp.add_pipe("zhengce")` in anybody's pipeline, found through spaCy's entry points."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zhengce.flow import annotate
from zhengce.words import attach, register

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["create_component"]


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


register("zhengce", create_component)
