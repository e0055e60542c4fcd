"""A language model as a judge, only where it was asked for: it may choose a label, or quote a name from the text.

Whatever else it answers is thrown away and counted, and leaves the rules' answer in place. It runs on this machine
unless the caller allows another one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self, TypeVar

from zhengce.candidate import LABELS, Candidate, Verdict
from zhengce.document import Document
from zhengce.errors import BadUsage
from zhengce.model.llm_answer import Choices, Names, choices_in, names_in
from zhengce.model.llm_cache import Cache
from zhengce.model.llm_counts import Counts, Refusal
from zhengce.model.llm_prompt import Ask, choices, prompt, searches
from zhengce.model.llm_server import Server, can_ask, is_local
from zhengce.text import Span

__all__ = ["LlmJudge", "llm_judge"]

UNCERTAIN: Mapping[str, float] = MappingProxyType({})  # a language model has no calibrated probabilities
PATIENCE = 3  # requests in a row without an answer, after which a server is not asked again
PROPOSED = ("brand", "programme")
NO_ANSWER = frozenset(["time_out", "connection_failed", "refused_by_server"])

Taken = TypeVar("Taken", Choices, Names)


def llm_judge(
    address: str,
    model: str,
    *,
    key: str | None = None,
    remote: bool = False,
    cache: Path | None = None,
    timeout: float = 120.0,
    pause: float = 1.0,
) -> LlmJudge:
    """The judge that asks the server at an address (`http://localhost:11434/v1` is Ollama's) for a model.

    `remote` allows an address that is not of this machine: the sentences to be judged are then uploaded. `key` is the
    server's, if it wants one. `cache` is a file that remembers answers, so that nothing is asked twice. `timeout` is in
    seconds a request, `pause` in seconds before the first of two more tries where a server is busy.
    Raises BadUsage without the extra `llm`, for no address, for a remote one unless allowed, for a cache that cannot
    be written.
    """
    if not can_ask():
        raise BadUsage("a language model needs the extra llm: pip install zhengce[llm]")
    if not is_local(address) and not remote:
        raise BadUsage(f"{address} is not this machine, and text would be uploaded there; allow it with remote=True")
    if key is not None and not (key.isascii() and key.isprintable()):
        raise BadUsage("the key holds characters that no key has")
    counts = Counts()
    server = Server(address, model, key=key, timeout=timeout, pause=pause, counts=counts)
    try:
        answers = Cache(cache) if cache is not None else None
    except BadUsage:
        server.close()
        raise
    return LlmJudge(server, model, answers, counts)


class LlmJudge:
    """A `candidate.Judge`, and a finder of names; `counts` says what became of all that was asked. It never raises."""

    def __init__(self, server: Server, model: str, cache: Cache | None, counts: Counts) -> None:
        self.counts = counts
        self._server, self._model, self._cache = server, model, cache
        self._unanswered = 0

    def __call__(self, document: Document, candidates: Sequence[Candidate]) -> Sequence[Verdict | None]:
        """A verdict for each candidate, or None where there is no answer that can be taken."""
        verdicts: list[Verdict | None] = [None] * len(candidates)
        for ask in choices(document, candidates):
            labels = LABELS[candidates[ask.places[0]].question]
            chosen = self._taken(ask, partial(choices_in, size=len(ask.places), labels=labels))
            if chosen is None:
                continue
            self.counts.answered += len(chosen.labels)
            self.counts.refused.update(chosen.refused)
            self.counts.discarded.update(chosen.discarded)
            for at, label in chosen.labels.items():
                verdicts[ask.places[at - 1]] = Verdict(label=label, probabilities=UNCERTAIN)
        return verdicts

    def proposals(self, document: Document, known: Iterable[Span] = ()) -> tuple[tuple[Candidate, Verdict], ...]:
        """Names that the model quotes from the text, in its order, each with its verdict; none that touches `known`.

        The span is the quoted words, without quotation marks round them.
        """
        taken = list(known)
        found: list[tuple[Candidate, Verdict]] = []
        spans, asks = searches(document)
        for ask in asks:
            asked = [spans[place] for place in ask.places]
            names = self._taken(ask, partial(names_in, text=document.text, sentences=asked, labels=PROPOSED))
            if names is None:
                continue
            self.counts.answered += len(asked)
            self.counts.discarded.update(names.discarded)
            for at, span, label in names.found:
                if not any(span.overlaps(other) for other in taken):
                    taken.append(span)
                    candidate = Candidate(
                        question="name", span=span, sentence=asked[at - 1], ruled="other", features=()
                    )
                    found.append((candidate, Verdict(label=label, probabilities=UNCERTAIN)))
        self.counts.names += len(found)
        return tuple(sorted(found, key=lambda pair: pair[0].span))

    def close(self) -> None:
        """Close the connections and the cache."""
        self._server.close()
        if self._cache is not None:
            self._cache.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _taken(self, ask: Ask, read: Callable[[str], Taken]) -> Taken | None:
        """What `read` makes of the answer, from the disk if it is there; None, and counted, where it makes nothing."""
        self.counts.asked += len(ask.places)
        hashed = sha256(json.dumps([prompt()["version"], self._model, ask.messages]).encode("ascii")).hexdigest()
        remembered = self._cache.get(hashed) if self._cache is not None else None
        if remembered is not None:
            with suppress(Refusal):  # a file that somebody has changed
                taken = read(remembered)
                self.counts.cached += len(ask.places)
                return taken
        try:
            content = self._asked(ask)
            taken = read(content)
        except Refusal as refusal:
            self.counts.refused[refusal.reason] += len(ask.places)
            self.counts.problem = refusal.detail or self.counts.problem
            return None
        if self._cache is not None:
            self._cache.put(hashed, content)
        return taken

    def _asked(self, ask: Ask) -> str:
        """The server's answer; a server that has given none three times in a row is asked no more."""
        if self._unanswered >= PATIENCE:
            raise Refusal("given_up")
        try:
            content = self._server.ask(ask.messages)
        except Refusal as refusal:
            self._unanswered = self._unanswered + 1 if refusal.reason in NO_ANSWER else 0
            raise
        self._unanswered = 0
        return content
