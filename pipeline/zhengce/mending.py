"""The order in which damage is undone: raw text → a document's clean text, alignment and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhengce.clean.damage import damage
from zhengce.clean.furniture import MESSAGES, furniture
from zhengce.clean.join import rejoin
from zhengce.clean.margin import margins
from zhengce.clean.mojibake import mojibake
from zhengce.clean.order import reading_order
from zhengce.clean.pinyin import strip_readings
from zhengce.clean.redaction import redactions
from zhengce.clean.rephase import findings, rephase
from zhengce.clean.script import is_traditional, simplify
from zhengce.clean.space import fold
from zhengce.clean.spun import spun
from zhengce.clean.width import narrow
from zhengce.clean.wrap import unwrap
from zhengce.document import Document, Doubt, Note, Raw
from zhengce.text import Alignment, Certainty, Cover, Edit, Repair, Span, apply, rearrange

if TYPE_CHECKING:
    from zhengce.clean.stretch import Finding

__all__ = ["REPAIRS", "Change", "clean"]

# Damage is undone in the reverse of its order. Reading bytes with the wrong table came last, and no stretch out of
# phase looks like it, so that goes first. Bytes out of phase are next: every other repair would change the evidence.
# Then pinyin, which breaks the phrases that the conversion of script knows. Furniture goes last: its words are matched
# in simplified script.
REPAIRS: tuple[Repair, ...] = (mojibake, rephase, strip_readings, simplify, narrow, fold)
# These work on lines in reading order, so the page is put in order between the two.
LATER_REPAIRS: tuple[Repair, ...] = (unwrap, rejoin, furniture)
DAMAGE_RULES = ("mojibake.", "pinyin.", "rephase.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One edit as it was made: what stood `before` it and `after` it, and the stretches of the raw text it rests on.

    `before` is the text as the repairs before it had left it; one that only puts text in has no raw spans.
    """

    rule: str
    certainty: Certainty
    before: str
    after: str
    raw_spans: tuple[Span, ...]


def clean(raw: Raw, log: list[Change] | None = None) -> Document:
    """The document of a raw text with every repair made, and a note for each that a reader should know of.

    Every edit is added to `log`, in the order of the repairs.
    """
    state = _State(text=raw.text, alignment=Alignment.identity(len(raw.text)), log=log)
    state.repair(lambda text: margins(text, raw.blocks))  # first, while the places of blocks are those of the text
    stretches: list[tuple[Finding, tuple[Span, ...]]] = []
    for repair in REPAIRS:
        if repair is rephase:
            stretches = [(finding, state.alignment.trace(finding.span)) for finding in findings(state.text)]
        state.repair(repair)
    # where blocks have boxes the reader has put the page in order by what it saw there
    placed = any(block.box for block in raw.blocks)
    pieces = (Span(start=0, end=len(state.text)),) if placed else reading_order(state.text)
    ordered = len(pieces) > 1 and list(pieces) != sorted(pieces)
    if len(pieces) > 1:
        state.text, step = rearrange(state.text, pieces)
        state.alignment = state.alignment.then(step)
    for repair in LATER_REPAIRS:
        state.repair(repair)
    flagged = _damage_notes(stretches, state)
    notes = [*_read_notes(raw, state.alignment), *_taken_notes(state), *flagged]
    notes += [*_lost_notes(state.text, notes), *redactions(state.text), *spun(state.text)]
    if ordered:
        message = "articles that the page had cut and interleaved were put in reading order"
        notes.append(Note(doubt="inferred", span=Span(start=0, end=0), message=message))
    touched = state.touched + sum(len(note.span) for note in flagged)
    return Document(
        raw=raw, text=state.text, alignment=state.alignment, notes=tuple(sorted(notes, key=lambda note: note.span)),
        script="hant" if is_traditional(raw.text) else "hans",
        damage=round(min(touched / max(len(state.text), 1), 1), 4),
    )  # fmt: skip


@dataclass(slots=True)
class _State:
    """The text so far, the way back, what was taken out with a message, and how many characters damage had touched."""

    text: str
    alignment: Alignment
    taken: list[tuple[Edit, tuple[Span, ...]]] = field(default_factory=list)
    touched: int = 0
    log: list[Change] | None = None

    def repair(self, repair: Repair) -> None:
        edits = list(repair(self.text))
        if not edits:
            return
        if self.log is not None:
            self.log += [self._change(edit) for edit in edits]
        self.taken += [(edit, self.alignment.trace(edit.span)) for edit in edits if edit.rule in MESSAGES]
        self.touched += sum(len(edit.replacement) for edit in edits if edit.rule.startswith(DAMAGE_RULES))
        self.text, step = apply(self.text, edits)
        self.alignment = self.alignment.then(step)

    def _change(self, edit: Edit) -> Change:
        before = self.text[edit.span.start : edit.span.end]
        raw_spans = self.alignment.trace(edit.span)
        return Change(
            rule=edit.rule, certainty=edit.certainty, before=before, after=edit.replacement, raw_spans=raw_spans
        )


def _read_notes(raw: Raw, alignment: Alignment) -> Iterable[Note]:
    return [replace(note, span=alignment.locate(note.span)) for note in raw.notes]


def _lost_notes(text: str, known: Iterable[Note]) -> list[Note]:
    """Characters that were lost before the file was written, where no reader has said so."""
    if "\ufffd" not in text:
        return []
    told = Cover(note.span for note in known if note.doubt == "undecodable")
    runs = [Span(start=run.start(), end=run.end()) for run in re.finditer("\ufffd+", text)]
    message = "a character was lost here before the file was written"
    return [Note(doubt="undecodable", span=run, message=message) for run in runs if not told.overlaps(run)]


def _damage_notes(stretches: Iterable[tuple[Finding, tuple[Span, ...]]], state: _State) -> list[Note]:
    """Stretches out of phase: what could not be restored, and what was restored by the model or lost a character.

    Each comes with the stretches of the raw text that it rests on.
    """
    notes = []
    for finding, origins in stretches:
        whole = Span(start=origins[0].start, end=origins[-1].end)
        span = state.alignment.locate(whole)
        if finding.edit is None:
            said = f"; may read: {' / '.join(finding.suggestions)}" if finding.suggestions else ""
            message = f"bytes out of phase: the characters shown are not the ones that were written{said}"
            notes.append(Note(doubt="damaged", span=span, message=message))
        elif finding.edit.certainty == "lost":
            message = "restored from bytes out of phase, but a character (perhaps a digit) was lost with them"
            notes.append(Note(doubt="damaged", span=span, message=message))
        elif finding.edit.certainty != "exact":
            message = f"restored from bytes out of phase ({finding.edit.certainty})"
            notes.append(Note(doubt="inferred", span=span, message=message))
    known = Cover(note.span for note in notes)
    return notes + [note for note in damage(state.text) if not known.overlaps(note.span)]


def _taken_notes(state: _State) -> Iterable[Note]:
    for edit, origins in state.taken:
        whole = Span(start=origins[0].start, end=origins[-1].end) if origins else Span(start=0, end=0)
        doubt: Doubt = "truncated" if edit.rule.startswith("gap.") else "furniture"
        yield Note(doubt=doubt, span=state.alignment.locate(whole), message=MESSAGES[edit.rule], raw_spans=origins)
