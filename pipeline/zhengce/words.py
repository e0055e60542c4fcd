"""The jieba and spaCy view of a text: tokens with offsets, and a spaCy component for people who live in spaCy.

jieba's dictionary is run by rjieba (identical segmentation, 31 times as fast: packages.md); jieba itself is the
fall-back where no wheel of rjieba exists. Offsets are characters, so tokens never become the data model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from zhengce.text import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["attach", "create_pipeline", "register", "set_entities", "tag", "words"]


@cache
def _cutter() -> tuple[Callable[[str], list[str]], Callable[[str], list[tuple[str, str]]]]:
    try:
        import rjieba

        return rjieba.cut, rjieba.tag
    except ImportError:
        import tempfile

        import jieba
        import jieba.posseg

        jieba.setLogLevel(60)
        jieba.dt.tmp_dir = tempfile.mkdtemp()  # not the predictable file in the shared temporary folder
        return (
            lambda text: jieba.lcut(_encodable(text)),
            lambda text: [(pair.word, pair.flag) for pair in jieba.posseg.cut(_encodable(text))],
        )


def words(text: str) -> list[str]:
    """The words of a text; joined they are the text, but for lone surrogates, which are told as "?".

    >>> words("培育劳务品牌")
    ['培育', '劳务', '品牌']
    """
    try:
        return _cutter()[0](text)
    except UnicodeEncodeError:
        return _cutter()[0](_encodable(text))


def tag(text: str) -> list[tuple[str, str]]:
    """The words of a text with jieba's part-of-speech tags (ICTCLAS set).

    >>> tag("发放补贴")
    [('发放', 'v'), ('补贴', 'n')]
    """
    try:
        return _cutter()[1](text)
    except UnicodeEncodeError:
        return _cutter()[1](_encodable(text))


def _encodable(text: str) -> str:
    """The text with "?" for what has no UTF-8, which rjieba raises on; it is as long as it was."""
    return text.encode("utf-8", "replace").decode("utf-8")


def create_pipeline() -> Language:
    """A blank Chinese spaCy pipeline with this segmentation and the `zhengce` component."""
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.blank("zh")

    def tokenizer(text: str) -> Doc:
        pieces = words(text)
        return Doc(nlp.vocab, words=pieces, spaces=[False] * len(pieces))

    nlp.tokenizer = tokenizer
    nlp.add_pipe("zhengce")
    return nlp


def register(name: str, factory: Callable[[Language, str], Callable[[Doc], Doc]]) -> None:
    """Makes spaCy know a component by its name."""
    from spacy.language import Language

    Language.factory(name, func=factory)


def attach(doc: Doc, kind: str, spans: Iterable[Span]) -> None:
    """Puts character spans on a spaCy Doc as the span group `kind`, widened to whole tokens where an end cuts one."""
    groups = [doc.char_span(span.start, span.end, label=kind, alignment_mode="expand") for span in spans]
    doc.spans[kind] = [group for group in groups if group is not None]


def set_entities(doc: Doc, names: Iterable[tuple[str, Span]]) -> None:
    """Makes labelled character spans the entities of a spaCy Doc, widened to whole tokens, the longer of two on one."""
    from spacy.util import filter_spans

    spans = [doc.char_span(span.start, span.end, label=label, alignment_mode="expand") for label, span in names]
    doc.set_ents(filter_spans(span for span in spans if span is not None))
