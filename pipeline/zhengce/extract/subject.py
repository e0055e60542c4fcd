"""Who a clause speaks of, and who is to do what it says."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from itertools import accumulate

from zhengce.document import Document
from zhengce.extract.assignment import assignments
from zhengce.extract.clause import Clause
from zhengce.extract.named_body import is_named
from zhengce.lexicon import alternation, column
from zhengce.record import Assignment
from zhengce.value.date import dates
from zhengce.words import tag

__all__ = ["responsible_of", "subject_of"]

TERRITORY = r"(?:全|我|该|本)(?:国|省|市|县|区|州|旗|镇|乡|村|街道|园区|系统|院|校)"
UNITS = r"省|市|州|盟|县|区|旗|乡|镇|街道|村|社区|部门|单位|企业|高校|院校|学校|机构|[厅局委办院]|[)）]"
EACH = (
    rf"(?:各|每个?|所有)(?:(?![要应把将就按])[\u4e00-\u9fff（()）、]){{0,10}}?(?:地(?!区|方)|(?:{UNITS})+)"
    r"(?:[（(][^（）()]{1,10}[）)])?(?:级?(?:人民)?政府)?"
)
# a body's name begins with its level or the state, so that verbs before a name (组建省招商局) and nouns that only end
# like one (布局, 西部) are none
LEVEL = r"(?:自治区|国家|国务院|中国|中共|全国|[省市县区州旗])(?![\u4e00-\u9fff]?(?:域|内|外|场|直|级|民))"
ENDING = (
    r"人民政府|政府|委员会|办公室|办公厅|领导小组|工作专班|联席会议|人社[厅局部]|厅|(?<![布格大结])局|委(?![员托派外会])|"
    r"署|部(?![分门署队长件位族落级])"
)
BODY = rf"(?:{LEVEL}(?:(?![厅局委部，,。])[\u4e00-\u9fff（()）]){{0,14}}?(?:{ENDING})|领导小组|联席会议)"
# ministries, which no level begins: 人力资源社会保障部; is_named decides
MINISTRY = r"(?:[\u4e00-\u9fff]{2,10}?(?:部(?![门分队署长件位族落级])|总局|委员会))"
ABOVE = r"(?:(?:县|市|省)级以上(?:地方)?(?:各级)?(?:人民)?政府)"
WHO = rf"(?:{EACH}|{ABOVE}|{BODY}|{MINISTRY})"
SUBJECT = re.compile(rf"(?:由|请)?(?P<who>(?:{TERRITORY}|{WHO})(?:、{WHO})*)")
WHOLE, LIKE_MINISTRY, BY_LEVEL = re.compile(TERRITORY), re.compile(MINISTRY), re.compile(BODY)
MARK = re.compile("[，,：:；;]")
BEFORE = re.compile(r"^(?:其中|目前|同时|据[\u4e00-\u9fff]{1,4})")
TOLD = re.compile(rf"(?:{EACH}|{ABOVE})(?:、(?:{EACH}|{BODY}))*")
# parts of speech that may follow a subject: jieba's verbs, adverbs, prepositions, conjunctions, times, numbers
AFTER_NAME = "vdpctmru"


def subject_of(document: Document, clause: Clause) -> str | None:
    """The territory or body at the head of a clause, or of its sentence where the clause names none.

    >>> from zhengce.flow import annotate
    >>> [fact.subject for fact in annotate("据介绍，全县已建成服务站286个。")["facts"]]
    ['全县']
    """
    own = _leading(document[clause.span])
    head = document.text[clause.sentence.start : clause.span.start]
    return own or next((who for part in MARK.split(head) if (who := _leading(part))), None)


def responsible_of(document: Document, clause: Clause) -> tuple[str, ...]:
    """Who is to do what a clause says: the departments that it or the bracket behind it names, else its subject."""
    own = _leading(document[clause.span])
    if own and TOLD.fullmatch(own) and not own.startswith("每"):
        return (own,)  # whoever leads the whole task, these are to do their part
    duties = _near(document, clause)
    named = [duty.department_text for duty in duties if duty.role != "cooperate" and _of(document, clause, duty)]
    if named:
        return tuple(dict.fromkeys(named))
    subject = subject_of(document, clause)
    if subject is None or WHOLE.fullmatch(subject) or subject.startswith("每"):
        return ()
    return (subject,)


def _near(document: Document, clause: Clause) -> tuple[Assignment, ...]:
    """The duties that end behind the head of a clause's sentence and begin before or right behind its end."""
    duties, starts, ends = _duties(document)
    return duties[bisect_right(ends, clause.sentence.start) : bisect_left(starts, clause.sentence.end + 4)]


@lru_cache(maxsize=2)
def _duties(document: Document) -> tuple[tuple[Assignment, ...], list[int], list[int]]:
    """All duties in the order of the text, where each begins, and how far those up to it reach."""
    duties = tuple(assignments(document))
    spans = [duty.citation.span for duty in duties]
    return duties, [span.start for span in spans], list(accumulate((span.end for span in spans), max))


def _of(document: Document, clause: Clause, duty: Assignment) -> bool:
    """Whether a duty stands in the clause's own sentence, or in the bracket right behind it."""
    span = duty.citation.span
    between = document.text[clause.sentence.end : span.start]
    return span.overlaps(clause.sentence) or (
        0 <= span.start - clause.sentence.end < 4 and not between.strip(" 。；\n")
    )


@cache
def _modal() -> re.Pattern[str]:
    return re.compile(alternation([*column("cues", "word", kind="modal"), *column("cues", "word", kind="action")]))


def _is_body(name: str) -> bool:
    """Whether a name that only ends like a ministry's (中西部) is one's; all other names are."""
    return not LIKE_MINISTRY.fullmatch(name) or bool(BY_LEVEL.fullmatch(name)) or is_named(name)


@lru_cache(maxsize=1024)  # the head of a sentence is read for each of its statements
def _leading(words: str) -> str | None:
    words = BEFORE.sub("", words)
    told = dates(words)
    if told and told[0].span.start == 0:
        words = words[told[0].span.end :].lstrip("，, ")
    met = SUBJECT.match(words)
    if not met:
        return None
    rest = words[met.end() :]
    follows = tag(rest[:8])
    if not all(map(_is_body, met["who"].split("、"))):
        return None
    verbal = (
        not rest
        or rest[0].isdigit()
        or rest[0] == "每"
        or follows[0][1][:1] in AFTER_NAME
        or bool(_modal().match(rest))
    )
    return met["who"] if verbal else None
