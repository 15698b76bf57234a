"""What a figure counts, by what stands beside it: an object behind it, a verb or a noun alone, or no word at all."""

import re

from tonggui.texts.summary import words
from tonggui.texts.summary.items.memory import Memory, Said
from tonggui.texts.summary.items.phrases import LONGEST, OTHERS, clean, head_of, own_verb, parted, predicate_of
from tonggui.texts.summary.quantities import Quantity
from tonggui.texts.summary.units import base_of

_SELF = re.compile(
    "立案|结案|罚款|卸货|签单|停航|死亡|受伤|记分|发文|植树|绿化|拆迁|征地|演练|巡航|罚没|培训|参演|参训"
)
_ROAD = re.compile("[GSXYC]\\d{3,4}线?")
_PLACE = re.compile("(?:[县区市镇乡站点局所]|街道|公路|[国省县乡村]道|干线|公司|企业|大队|中队|支队)$")
_PEOPLE = frozenset(("人", "人次", "名"))
_CARS = frozenset(("台次", "辆次", "车次"))
_EARLIER = re.compile("(?:同期|季度|上月|上周|去年|上年)[为的是]*$")
_TOWARDS = re.compile("(?:对|与|同|向|为|给|和|组织|由)[^，。；]{0,2}$")
_ACT = re.compile("(?:[入进]站)?(?:复称|检测|检查|查处|处罚|检验|巡查|复核|审核|检定|受理|抄告|排查)$")
_OF_CARS = re.compile("扣|查|罚|拦|劝")
_USUAL = {"台": "车辆", "辆": "车辆", "辆次": "车辆", "艘": "船舶", "艘次": "船舶", "人次": "人员"}


def with_topic(memory: Memory, head: str, item: str) -> str:
    """The item behind its project, where it says nothing without one."""
    head = clean(head)
    if head and words.PROJECT.search(head):
        memory.topic = head
        return head[-LONGEST:] + item
    if memory.topic and words.OF_PROJECT.search(item) and memory.topic not in item:
        return memory.topic + item
    return item


def of_thing(
    quantity: Quantity, memory: Memory, left: str, thing: str, predicate: str, gap: str, listed: bool, attribute: bool
) -> Said:
    """召开5次会议, 27家维修企业, 巡察反馈的22个问题, 3名负责人进行约谈."""
    verb, noun, head = parted(left) if left else ("", "", "")
    if attribute:
        return Said(quantity, left + thing, "", thing, left)
    if verb and noun:
        # 通自然村组公路摸排涉及17个乡镇: the verb stands at the end.
        memory.verb = next((one for one in words.VERBS if one in words.LEADING and left.endswith(one)), "")
        verb, noun = "", left
    if not verb and listed:
        verb = memory.verb
    if verb:
        memory.verb = verb
    if left and not verb and not noun and _PLACE.search(left):
        left = ""
    item = with_topic(memory, head, verb + noun + thing)
    awaits = not left and not verb and bool(_TOWARDS.search(gap) or (listed and memory.last and not memory.last.verb))
    said = Said(quantity, item + predicate if not awaits else predicate + item, verb, noun + thing, left)
    said.base = "?" if awaits and not predicate else ""
    return said


def summed(quantity: Quantity, memory: Memory, left: str) -> Said:
    """合计877处 behind 一般隐患873处、重大隐患4处: what their nouns end alike in."""
    one, other = memory.said[-2:]
    shared = len(one.noun)
    while shared and not other.noun.endswith(one.noun[-shared:]):
        shared -= 1
    verb = left or one.verb or other.verb
    noun = one.noun[-shared:] if shared > 1 else other.noun
    return Said(quantity, verb + noun, verb, noun, left)


def bare_verb(
    quantity: Quantity, verb: str, left: str, right: str, shared: bool, memory: Memory, whole: Said | None
) -> Said:
    """整改11处 behind 发现隐患12处: the object is the last one in the same unit."""
    memory.verb = verb
    like = memory.like(quantity)
    if like is None and whole and base_of(whole.quantity.unit) == base_of(quantity.unit):
        like = whole
    if quantity.of_money and not re.search("资|款|罚没", verb):
        noun = _money_noun(memory, like)
        return Said(quantity, with_topic(memory, "", verb + noun), verb, noun, left)
    predicate = "" if shared else predicate_of(right)
    thing = _ACT.sub("", like.noun) if like else ""
    if not _SELF.search(verb):
        noun = thing or _usual(quantity, verb)
        if noun and noun not in verb:
            return Said(quantity, verb + noun + predicate, verb, noun, left)
    if memory.topic and words.OF_PROJECT.search(verb):
        return Said(quantity, memory.topic + verb, verb, "", left)
    return Said(quantity, verb + predicate, verb, "", left)


def _usual(quantity: Quantity, verb: str) -> str:
    """What a unit is said of where the text has no object: 暂扣17台 are vehicles, 立案12宗 cases."""
    if quantity.unit in ("台", "辆") and not _OF_CARS.search(verb):
        return ""
    return "" if (noun := _USUAL.get(quantity.unit, ""))[:1] in verb else noun


def _money_noun(memory: Memory, like: Said | None) -> str:
    last = next((one for one in reversed(memory.said) if one.quantity.of_money), None)
    if last and not last.noun and last.verb:
        return last.verb
    if last and re.search("投资|计划|目标|任务", last.item):
        return "投资"
    if like:
        return re.sub("(?:计划|应拨|应付)$", "", like.noun)
    return "投资" if memory.topic else "资金"


def bare_noun(
    quantity: Quantity, noun: str, left: str, right: str, listed: bool, memory: Memory, whole: Said | None
) -> Said:
    last = memory.last
    if words.CHANGE.search(noun):
        return changed(quantity, noun, left, memory, whole)
    if quantity.kind == "率":
        return _rate(quantity, noun, left, memory, whole)
    if noun in words.BARE_MEASURE and (last or memory.topic):
        of = memory.topic if memory.topic and quantity.kind == "长" else last.item if last else memory.topic
        return Said(quantity, of + noun, "", of, left)
    if noun == "占地":
        noun = "占地面积"
    elif noun.startswith("占") and last:
        return Said(quantity, last.item + noun[1:], "", noun[1:], left)
    anchor = whole or (last.whole if last and last.whole and listed else None)
    same = anchor is not None and base_of(anchor.quantity.unit) == base_of(quantity.unit)
    if anchor and anchor.noun and same and anchor.noun[-2:] not in noun:
        part = noun + head_of(anchor.noun, noun)
        return Said(quantity, part, "", part, left, anchor)
    if quantity.unit in ("次", "场", "轮") and words.verb_at(right, 0):
        return Said(quantity, (noun + right)[:LONGEST], "", noun + right, left)
    lists = listed or (last is not None and memory.verb in words.LISTING and len(noun) <= 6 and not own_verb(noun))
    # 其中重大隐患2处: what follows a part is said of all again.
    all_of_them = anchor if anchor and anchor.noun and same else None
    if lists and memory.verb and not words.OF_PROJECT.search(noun) and not _SELF.search(noun):
        return Said(quantity, memory.verb + noun, memory.verb, noun, left, all_of_them)
    return Said(quantity, with_topic(memory, "", noun[-LONGEST:]), "", noun, left, all_of_them)


def changed(quantity: Quantity, noun: str, left: str, memory: Memory, whole: Said | None) -> Said:
    """同比增长8.2%: what has grown is the amount said last; of percentage points, the rate said last."""
    stem = words.CHANGE.sub("", noun)
    change = re.sub("^(?:分别)?(?:与|同(?!比)|比|较)[^增上提下减降超滞回翻]*", "", noun[len(stem) :].strip("，、"))
    points = quantity.unit == "个百分点"
    fits = (
        one
        for one in reversed(memory.said)
        if (one.quantity.kind == "率") == points and not words.CHANGE.search(one.item)
    )
    of = stem or (whole.item if whole else "") or next((one.item for one in fits), memory.topic)
    return Said(quantity, of + change, "", of, left)


def _rate(quantity: Quantity, noun: str, left: str, memory: Memory, whole: Said | None) -> Said:
    last = whole or memory.last
    if noun.endswith("占") and len(noun) > 2:
        of = _ROAD.sub("", noun[:-1]) or noun[:-1]
        return Said(quantity, of + "占比", "", of, left)
    if last and noun in ("占", "占比", "比例", "占总数", "占总量", "比重"):
        return Said(quantity, last.item + "占比", "", noun, left)
    counted = next((one for one in reversed(memory.said) if one.quantity.kind != "率" and one.noun), None)
    if noun == "率" and memory.last:
        return Said(quantity, (memory.last.verb or memory.last.item) + "率", "", noun, left)
    if memory.rate and _PLACE.search(noun):
        return Said(quantity, noun + memory.rate, "", noun, left)
    if counted and len(noun) <= 5 and noun.endswith("率") and (noun[:2] in counted.verb or "整改" in noun):
        return Said(quantity, counted.noun + noun, "", counted.noun + noun, left)
    return Said(quantity, with_topic(memory, "", noun[-LONGEST:]), "", noun, left)


def wordless(quantity: Quantity, gap: str, right: str, shared: bool, memory: Memory, whole: Said | None) -> Said:
    """A number without words of its own: 乡道12条、45.6公里、1.2亿元; 3座天桥中1座完工; 其余3条在建."""
    predicate = "" if shared else predicate_of(right)
    last = memory.last or whole
    if whole and not memory.said:
        last = whole
    if last is None:
        return Said(quantity, memory.topic + predicate, "", memory.topic, "")
    like = memory.like(quantity) or (
        whole if whole and base_of(whole.quantity.unit) == base_of(quantity.unit) else None
    )
    if like and _EARLIER.search(gap):
        return Said(quantity, like.item, like.verb, like.noun, "", like)
    if like and (predicate or OTHERS.search(gap)):
        return Said(quantity, like.noun + predicate, "", like.noun, "", like)
    if quantity.kind == "率" and last.quantity.kind != "率":
        return Said(quantity, last.item + "占比", "", last.item, "")
    if quantity.kind == "率" and last.item.endswith("占比") and OTHERS.search(gap):
        return Said(quantity, "其他占比", "", "其他", "")
    if quantity.kind == "率":
        return Said(quantity, words.CHANGE.sub("", last.item) or last.item, "", last.item, "")
    if quantity.kind == "重" and "卸" in last.verb:
        return Said(quantity, last.verb + "货物", last.verb, "货物", "")
    base = last.base if last.base not in ("", "?") else last.item
    measure = _measure(quantity)
    item = base if base.endswith(measure) else base + measure
    return Said(quantity, item + predicate, last.verb, last.noun or base, "", whole, base)


def _measure(quantity: Quantity) -> str:
    """The word for what a number without words must be measuring."""
    if quantity.unit in _PEOPLE:
        return "人员"
    return "车辆" if quantity.unit in _CARS else words.MEASURE_NOUN.get(quantity.kind, "")
