"""What a quantity counts, in the words of the text: 检查船舶, 发现隐患, 环湖路年度计划投资.

Official prose leaves out what the reader has just read. A verb goes on over a list (清理摆摊120次、广告牌8处), an
object over the next verb (发现隐患12处，整改11处), a subject over a whole sentence (环湖路年度计划2亿元，完成1亿元).
This module puts the left-out words back, so that each figure can be understood alone.
"""

import re

from tonggui.texts.summary import words
from tonggui.texts.summary.items.afterwards import give_verbs, pair_changes, share_out
from tonggui.texts.summary.items.kinds import bare_noun, bare_verb, changed, of_thing, summed, with_topic, wordless
from tonggui.texts.summary.items.memory import Memory, Said
from tonggui.texts.summary.items.phrases import (
    LONGEST,
    OTHERS,
    clean,
    last_clause,
    object_behind,
    parted,
    predicate_of,
    project_of,
    topic_of,
    wants_object,
    words_before,
)
from tonggui.texts.summary.quantities import Quantity
from tonggui.texts.summary.streams import Sentence

__all__ = ["Memory", "Said", "clean", "items_of", "topic_of"]

_LISTED = re.compile("^[、和及与]|^以及")
_PARTS = re.compile("其中|分别|包括|中[，、]?$|按|即")
_ATTRIBUTE = re.compile("的$")
_CONDITION = re.compile("以上|以内|以下|高于|低于|超过|不足|不到|不超过")
_NEVER = re.compile("(?:未|不|没有?|无|杜绝|防止|防范|遏制|避免|严禁|禁止)(?:再)?(?:发生|出现)[^，。；]*$")
_RATE_SAID = re.compile("(?:超限|合格|整改|完成|优良|到位|办结|在线|上线|满意|签单|通车|覆盖|破损|结案|投保|达标)率")
_PIECES = re.compile("[，。；：:、！？\t]")
_OF_MEASURE = re.compile("(?:计划|概算|估算|累计|完成)*(?:总?投资|全长|总长|里程)$")
_SUM = re.compile("合计|共计|总计|总共")
_ANAPHORA = re.compile("(?:合计|总计|共计|均|都|分别|加起来)")
_THEN = re.compile(
    "(?:与|比|较|同|环比|同比)?(?:去年|上年|上月|上季度|上周|前年|第?[一二三四]季度|\\d{1,2}月份?)?(?:同期)?(?:相)?"
)
_WHO = re.compile("([^，。；]{2,20}?)(?:共|累计|总共)(.+)")
_TIMES = re.compile(
    "^(?:为|是|达到?)?(?:去年|上年|上月|前年|\\d{4}年)?(?:同期|全年)?(?:水平)?的?$|^[为是相].*(?:同期|去年|上年)"
)
_WITH = re.compile("(?:与|对|向|同|给)$")


def items_of(sentence: Sentence, memory: Memory, whole: Said | None = None) -> list[Said]:
    """The figures of a sentence with their items; numbers that only set a condition are left out."""
    found: list[Said] = []
    gaps: list[str] = []
    given, condition = "", ""
    memory.verb = ""
    before: Quantity | None = None
    numbers = sentence.quantities
    for place, quantity in enumerate(numbers):
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        gap = sentence.between(before.end if before else sentence.start, quantity.start)
        before = quantity
        gap = condition + gap.removeprefix(given)
        if found_rate := _RATE_SAID.search(gap):
            memory.rate = found_rate[0]
        given = condition = ""
        right = sentence.between(quantity.end, after.start if after else sentence.end)
        if quantity.value and _NEVER.search(last_clause(sentence.between(sentence.start, quantity.start))):
            continue
        if _is_condition(quantity, gap, right, after is not None):
            condition = last_clause(gap) + sentence.between(quantity.number_at, quantity.end)
            continue
        if _ANAPHORA.match(right) and place and quantity.kind == "数" and not clean(last_clause(gap)):
            continue
        clause = _PIECES.split(right)[0]
        if after is not None and right in (clause + "：", clause + ":"):
            clause = ""  # 里程：12公里 投资：2600万元
        said, given = _said(quantity, gap, clause, clause == right and after is not None, memory, whole)
        if gap.startswith(("：", ":")) and memory.last and not said.whole:
            said.whole = memory.last
        elif _LISTED.match(gap) and memory.last and memory.last.whole:
            said.whole = memory.last.whole
        found.append(said)
        gaps.append(gap)
        memory.said.append(said)
    share_out(found, gaps)
    pair_changes(found)
    give_verbs(found)
    return found


def _is_condition(quantity: Quantity, gap: str, right: str, more: bool) -> bool:
    """Whether a number only narrows what the next counts: 超限30%以下的1526辆次, 5台以上企业38家, 超过3次的货车."""
    bound = bool(quantity.top or (quantity.qualifier and _CONDITION.match(quantity.qualifier)))
    clause = _PIECES.split(right)[0]
    shared = more and clause == right
    if "占" in last_clause(gap):
        return False
    if bound and quantity.unit == "次" and re.search("内$", gap) and "的" in clause:
        return True
    if clause.startswith("的"):
        return bound or (shared and quantity.kind in ("率", "数", "时"))
    if not bound or not shared or (not clause and not re.search("[超限载]$|^[、（]?$", last_clause(gap))):
        return False
    return quantity.unit == "%" or not (words.STOP.match(clause) or words.verb_at(clause, 0) in words.LEADING)


def _said(
    quantity: Quantity, gap: str, right: str, shared: bool, memory: Memory, whole: Said | None
) -> tuple[Said, str]:
    """The figure, and the part of what follows that has been used for it and is not the next one's."""
    listed = bool(memory.said) and bool(_LISTED.match(gap))
    left, subject, earlier = words_before(gap)
    if left and _THEN.fullmatch(left):
        left = earlier = ""
    if quantity.unit.endswith("吨级"):
        thing = object_behind(right)[0] or left
        return Said(quantity, thing + "吨级", "", thing, left), ""
    attribute = bool(_ATTRIBUTE.search(gap)) and bool(left)
    if _WITH.search(left) and object_behind(right)[0]:
        left = ""
    if topic := project_of(subject) or (not memory.said and project_of(_OF_MEASURE.sub("", left))):
        memory.topic = topic
    if quantity.kind == "率" and not left and not shared and words.verb_at(right, 0):
        # 97.7%落实处罚
        return Said(quantity, right[:LONGEST], "", "", left), ""
    if not left or attribute or wants_object(left) or (not shared and quantity.kind == "数" and not parted(left)[0]):
        thing, rest = object_behind(right)
        closed = rest or attribute or re.search("[和与及]$", right)
        if thing and (closed or not (shared and left)):
            used = right[: right.find(thing) + len(thing)] if shared else right
            predicate = "" if shared or attribute else predicate_of(rest)
            return of_thing(quantity, memory, left, thing, predicate, gap, listed, attribute), used
    if not left and earlier and not OTHERS.search(gap) and not listed:
        left = earlier
    if _SUM.search(gap) and len(memory.said) > 1 and (not left or words.all_verbs(left)):
        return summed(quantity, memory, left), ""
    who = _WHO.match(left)
    if who and words.verb_at(who[2], 0) and not words.OF_PROJECT.search(who[2]):
        left = who[2]  # 示例桥头检测点共检测货车
    verb, noun, head = parted(left)
    if verb.endswith("案") and quantity.unit in ("宗", "件", "起") and not noun:
        return Said(quantity, verb + "案件", verb, "案件", left), ""
    if not noun and quantity.kind == "率" and words.CHANGE.search(verb):
        return changed(quantity, verb, left, memory, whole), ""
    if quantity.unit == "倍" and memory.last and _TIMES.search(left):
        return Said(quantity, memory.last.item + left, "", memory.last.noun, left), ""
    if verb and noun:
        memory.verb = verb
        return Said(quantity, with_topic(memory, head, verb + noun), verb, noun, left), ""
    if verb:
        return bare_verb(quantity, verb, left, right, shared, memory, whole), ""
    if noun:
        anchor = whole or (memory.like(quantity) if _PARTS.search(gap) else None)
        return bare_noun(quantity, noun, left, right, listed, memory, anchor), ""
    return wordless(quantity, gap, right, shared, memory, whole), ""
