"""What a quantity counts, in the words of the text: 检查船舶, 发现隐患, 环湖路年度计划投资.

Official prose leaves out what the reader has just read. A verb goes on over a list (清理摆摊120次、广告牌8处), an
object over the next verb (发现隐患12处，整改11处), a subject over a whole sentence (环湖路年度计划2亿元，完成1亿元).
This module puts the left-out words back, so that each figure can be understood alone.
"""

import re
from dataclasses import dataclass, field

from tonggui.texts.summary import words
from tonggui.texts.summary.quantities import Quantity
from tonggui.texts.summary.streams import Sentence
from tonggui.texts.summary.units import base_of

LONGEST = 24
_COMMAS = re.compile("[，：:]")
_LISTED = re.compile("^[、和及与]|^以及")
_PARTS = re.compile("其中|分别|包括|中[，、]?$|按|即")
_ATTRIBUTE = re.compile("的$")
_CONDITION = re.compile("以上|以下|超过|不足|不到|不超过")
_NEVER = re.compile("(?:未|不|没有?|无|杜绝|防止|防范|遏制|避免|严禁|禁止)(?:再)?(?:发生|出现)[^，。；]*$")
_SELF = re.compile(
    "立案|结案|罚款|卸货|签单|停航|死亡|受伤|记分|发文|植树|绿化|拆迁|征地|演练|巡航|罚没|培训|开工|完工|参演|参训"
)
_PEOPLE = frozenset(("人", "人次", "名"))


@dataclass(slots=True)
class Said:
    """A quantity with what it counts: the verb, the noun and both with their subject as `item`."""

    quantity: Quantity
    item: str
    verb: str = ""
    noun: str = ""
    left: str = ""
    whole: "Said | None" = None


@dataclass(slots=True)
class Memory:
    """What has been said so far in a line: subject, verb and the figures in order."""

    topic: str = ""
    verb: str = ""
    said: list[Said] = field(default_factory=list)

    def like(self, quantity: Quantity) -> Said | None:
        """The last figure in the same unit that had a noun."""
        same = (one for one in reversed(self.said) if one.noun and base_of(one.quantity.unit) == base_of(quantity.unit))
        return next(same, None)

    @property
    def last(self) -> Said | None:
        return self.said[-1] if self.said else None


def items_of(sentence: Sentence, memory: Memory, whole: Said | None = None) -> list[Said]:
    """The figures of a sentence with their items; numbers that only set a condition are left out."""
    found = []
    given = ""
    for place, quantity in enumerate(sentence.quantities):
        before = sentence.quantities[place - 1] if place else None
        after = sentence.quantities[place + 1] if place + 1 < len(sentence.quantities) else None
        gap = sentence.between(before.end if before else sentence.start, quantity.start)
        if given and gap.startswith(given):
            gap = gap[len(given) :]
        right = sentence.between(quantity.end, after.start if after else sentence.end)
        if _NEVER.search(_clause(sentence.between(sentence.start, quantity.start))) and quantity.value:
            given = ""
            continue
        if _is_condition(quantity, right, after is not None):
            given = ""
            continue
        clause = re.split("[，。；：:、！？\t]", right)[0]
        said, given = _said(quantity, gap, clause, clause == right and after is not None, memory, whole)
        found.append(said)
        memory.said.append(said)
        if _PARTS.search(gap):
            said.whole = memory.said[-2] if len(memory.said) > 1 else None
    return found


def _clause(text: str) -> str:
    return re.split("[，。；]", text)[-1]


def _is_condition(quantity: Quantity, right: str, more: bool) -> bool:
    """Whether a number only narrows what the next counts: 超限30%以下的1526辆次, 5台以上企业38家, 超过3次的货车."""
    bound = bool(quantity.qualifier and _CONDITION.match(quantity.qualifier))
    clause = re.split("[，。；：:、！？\t]", right)[0]
    if clause.startswith("的") and (bound or (more and clause == right)):
        return True
    if quantity.unit == "%" and bound and clause and clause == right and more:
        return True
    return (
        bound
        and more
        and clause == right
        and bool(clause)
        and not words.STOP.match(clause)
        and not words.verb_at(clause, 0)
    )


def _said(
    quantity: Quantity, gap: str, right: str, shared: bool, memory: Memory, whole: Said | None
) -> tuple[Said, str]:
    """The figure, and the part of what follows that has been used for it and is not the next one's."""
    listed = bool(memory.said) and bool(_LISTED.match(gap))
    left, subject = _left(gap)
    attribute = bool(_ATTRIBUTE.search(gap))
    topic = _topic(subject, left)
    if topic:
        memory.topic = topic
    verb, noun, head = _split(left)
    used = ""
    if not left or attribute or words.all_verbs(left):
        thing, rest = _object(right, shared)
        if thing:
            used = right[: right.find(thing) + len(thing)] if shared else right
            predicate = "" if shared or attribute or verb else _predicate(rest)
            return _remember(
                quantity, memory, verb or _verb_of_list(memory, listed), left, noun + thing, predicate
            ), used
    if verb and noun:
        memory.verb = verb
        return Said(quantity, _with_topic(memory, head, verb + noun, quantity), verb, noun, left), used
    if verb:
        return _bare_verb(quantity, verb, left, memory, whole), used
    if noun:
        return _bare_noun(quantity, noun, left, right, listed, memory, whole), used
    return _nothing(quantity, right, shared, memory, whole), used


def _left(gap: str) -> tuple[str, str]:
    """The words right before a number, and what stands before them in the sentence."""
    pieces = _COMMAS.split(gap)
    last = pieces.pop()
    while not clean(last) and pieces:
        last = pieces.pop()
        if clean(last) and len(pieces) >= 0 and _ends_in_quantity(gap, last):
            break
    return clean(last), clean("，".join(pieces)) if pieces else ""


def _ends_in_quantity(gap: str, piece: str) -> bool:
    return gap.startswith(piece)


def clean(text: str) -> str:
    """Words without what leads in (上半年，全县共) and what leads over to the number (共计, 达到)."""
    text = words.NOISE.sub("", text)
    before = None
    while before != text:
        before = text
        text = words.DATE_LEAD.sub("", text)
        text = words.LEAD.sub("", text)
        text = words.TAIL.sub("", text)
    return text


def _split(left: str) -> tuple[str, str, str]:
    """Verb, noun and the subject before them."""
    start = -1
    place = 0
    while place < len(left):
        verb = words.verb_at(left, place)
        if verb in words.LEADING and place + len(verb) < len(left):
            if start < 0 or not words.all_verbs(left[start:place]):
                start = place
            place += len(verb)
        else:
            place += 1
    if start < 0:
        if verb := words.verb_at(left, 0):
            whole = left if words.all_verbs(left) else verb
            return whole, left[len(whole) :], ""
        return "", left, ""
    end = start
    while (
        end < len(left) and (verb := words.verb_at(left, end)) and end + len(verb) < len(left) and verb in words.LEADING
    ):
        end += len(verb)
    return left[start:end], left[end:], left[:start]


def _topic(subject: str, left: str) -> str:
    """The project a sentence is about, from its first words."""
    for text in (subject.split("，")[-1] if subject else "", subject.split("，")[0] if subject else ""):
        text = clean(text)
        if 2 < len(text) <= LONGEST and words.PROJECT.search(text) and not words.verb_at(text, 0):
            return text
    return ""


def _with_topic(memory: Memory, head: str, item: str, quantity: Quantity) -> str:
    """The item behind its project, where it says nothing without one."""
    head = clean(head)
    if head and words.PROJECT.search(head) and not words.ACTOR.match(head + "查"):
        memory.topic = head
        return head[-LONGEST:] + item
    if memory.topic and words.OF_PROJECT.search(item) and memory.topic not in item:
        return memory.topic + item
    return item


def _object(right: str, shared: bool) -> tuple[str, str]:
    """The thing counted behind a number, up to where what was done with it begins, and the rest."""
    text = words.NOISE.sub("", right)
    text = text[1:] if text.startswith("的") else text
    if not text or words.STOP.match(text):
        return "", text
    end = len(text)
    for place in range(1, len(text)):
        if words.STOP.match(text, place) or words.verb_at(text, place) in words.LEADING:
            end = place
            break
    if words.verb_at(text, 0) in words.LEADING:
        return "", text
    return text[:end], text[end:]


def _predicate(rest: str) -> str:
    """What was done with the thing, without its adverbs."""
    stripped = re.sub("^(?:全部|均|已|并|正在|进行|共|逐一|分别|集中|都|得到|被|的)+", "", rest)
    return stripped if len(stripped) <= 10 and re.search("[\u4e00-\u9fff]{2}", stripped) else ""


def _verb_of_list(memory: Memory, listed: bool) -> str:
    return memory.verb if listed else ""


def _remember(quantity: Quantity, memory: Memory, verb: str, left: str, noun: str, predicate: str) -> Said:
    if verb:
        memory.verb = verb
    if left and left not in (verb, noun) and not noun.startswith(left):
        noun = (
            left.removeprefix(verb) + noun
            if verb and left.startswith(verb)
            else left + noun
            if not words.all_verbs(left)
            else noun
        )
    return Said(quantity, verb + noun + predicate, verb, noun, left)


def _bare_verb(quantity: Quantity, verb: str, left: str, memory: Memory, whole: Said | None) -> Said:
    """整改11处 behind 发现隐患12处: the object is the last one in the same unit."""
    memory.verb = verb
    like = memory.like(quantity) or (whole if whole and whole.noun and whole.quantity.unit == quantity.unit else None)
    if quantity.of_money and not re.search("资|款|罚", verb):
        noun = "投资" if (memory.topic or (like and "投资" in like.item)) else like.noun if like else "资金"
        return Said(quantity, _with_topic(memory, "", verb + noun, quantity), verb, noun, left)
    if like and not _SELF.search(verb) and like.noun not in verb:
        return Said(quantity, verb + like.noun, verb, like.noun, left)
    if memory.topic and words.OF_PROJECT.search(verb):
        return Said(quantity, memory.topic + verb, verb, "", left)
    return Said(quantity, verb, verb, "", left)


def _bare_noun(
    quantity: Quantity, noun: str, left: str, right: str, listed: bool, memory: Memory, whole: Said | None
) -> Said:
    last = memory.last
    if words.CHANGE.search(noun) and quantity.kind in ("率", "数", "钱", "长", "重"):
        changed = words.CHANGE.sub("", noun)
        change = noun[len(changed) :].strip("，、")
        of = changed or (whole.item if whole else last.item if last else memory.topic)
        of = words.CHANGE.sub("", of) or of
        return Said(quantity, of + change, "", of, left)
    if quantity.kind == "率":
        if noun.startswith("占") and len(noun) <= 2 and last:
            return Said(quantity, (whole or last).item + "占比", "", noun, left)
        if words.RATE.search(noun):
            like = next(
                (one for one in reversed(memory.said) if one.verb and one.noun and one.quantity.kind != "率"), None
            )
            stem = noun[:2]
            if like and len(noun) <= 5 and noun.endswith("率") and like.noun and (stem in like.verb or "整改" in noun):
                return Said(quantity, like.noun + noun, "", like.noun + noun, left)
        return Said(quantity, _with_topic(memory, "", noun, quantity), "", noun, left)
    anchor = whole or (last.whole if last and last.whole and listed else None)
    if anchor is None and _PARTS.search(left):
        anchor = memory.like(quantity)
    if (
        anchor
        and anchor.noun
        and base_of(anchor.quantity.unit) == base_of(quantity.unit)
        and anchor.noun[-2:] not in noun
    ):
        return Said(quantity, noun + anchor.noun, "", noun + anchor.noun, left, anchor)
    if quantity.unit in ("次", "场", "轮") and words.verb_at(right, 0):
        return Said(quantity, (noun + right)[:LONGEST], "", noun + right, left)
    if listed and memory.verb:
        return Said(quantity, memory.verb + noun, memory.verb, noun, left)
    if last and memory.verb in words.LISTING and not words.OF_PROJECT.search(noun):
        return Said(quantity, memory.verb + noun, memory.verb, noun, left)
    return Said(quantity, _with_topic(memory, "", noun[-LONGEST:], quantity), "", noun, left)


def _nothing(quantity: Quantity, right: str, shared: bool, memory: Memory, whole: Said | None) -> Said:
    """A number without words of its own: 乡道12条、45.6公里、1.2亿元; 3座天桥中1座完工."""
    last = whole or memory.like(quantity) or memory.last
    predicate = "" if shared else _predicate(right)
    if last is None:
        return Said(quantity, memory.topic + predicate or predicate, "", memory.topic, "")
    same = base_of(last.quantity.unit) == base_of(quantity.unit)
    if same or predicate:
        return Said(quantity, (last.noun or last.item) + predicate, "", last.noun or last.item, "", whole)
    measure = words.MEASURE_NOUN.get(quantity.kind, "人员" if quantity.unit in _PEOPLE else "")
    item = last.item if last.item.endswith(measure) else last.item + measure
    return Said(quantity, item, last.verb, last.noun, "", whole)
