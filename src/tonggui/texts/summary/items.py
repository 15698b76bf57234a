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
_CONDITION = re.compile("以上|以内|以下|高于|低于|超过|不足|不到|不超过")
_NEVER = re.compile("(?:未|不|没有?|无|杜绝|防止|防范|遏制|避免|严禁|禁止)(?:再)?(?:发生|出现)[^，。；]*$")
_SELF = re.compile(
    "立案|结案|罚款|卸货|签单|停航|死亡|受伤|记分|发文|植树|绿化|拆迁|征地|演练|巡航|罚没|培训|参演|参训"
)
_ROAD = re.compile("[GSXYC]\\d{3,4}线?")
_RATE_SAID = re.compile("(?:超限|合格|整改|完成|优良|到位|办结|在线|上线|满意|签单|通车|覆盖|破损|结案|投保|达标)率")
_PLACE = re.compile("(?:[县区市镇乡站点局所]|街道|公路|[国省县乡村]道|干线|公司|企业|大队|中队|支队)$")
_PEOPLE = frozenset(("人", "人次", "名"))
_CARS = frozenset(("台次", "辆次", "车次"))
_PIECES = re.compile("[，。；：:、！？\t]")
_OF_MEASURE = re.compile("(?:计划|概算|估算|累计|完成)*(?:总?投资|全长|总长|里程)$")
_OTHERS = re.compile("其余|其他|其它|剩余|剩下|尚有|还有|仍有")
_SUM = re.compile("合计|共计|总计|总共")
_ANAPHORA = re.compile("(?:合计|总计|共计|均|都|分别|加起来)")
_THEN = re.compile(
    "(?:与|比|较|同|环比|同比)?(?:去年|上年|上月|上季度|上周|前年|第?[一二三四]季度|\\d{1,2}月份?)?(?:同期)?(?:相)?"
)
_EARLIER = re.compile("(?:同期|季度|上月|上周|去年|上年)[为的是]*$")
_EACH = re.compile("([^，。；：]+)(?:分别|依次)(?:为|是|达到?|完成|有)?$")
_WHO = re.compile("([^，。；]{2,20}?)(?:共|累计|总共)(.+)")
_TIMES = re.compile(
    "^(?:为|是|达到?)?(?:去年|上年|上月|前年|\\d{4}年)?(?:同期|全年)?(?:水平)?的?$|^[为是相].*(?:同期|去年|上年)"
)
_TOWARDS = re.compile("(?:对|与|同|向|为|给|和|组织|由)[^，。；]{0,2}$")
_WITH = re.compile("(?:与|对|向|同|给)$")
_ACT = re.compile("(?:[入进]站)?(?:复称|检测|检查|查处|处罚|检验|巡查|复核|审核|检定|受理|抄告|排查)$")
_OF_CARS = re.compile("扣|查|罚|拦|劝")
_USUAL = {"台": "车辆", "辆": "车辆", "辆次": "车辆", "艘": "船舶", "艘次": "船舶", "人次": "人员"}
_HEADS = re.compile(
    "(?:隐患|路段|企业|车辆|里程|旅客|人员|单位|案件|事故|货车|船舶|投资|资金|公路|问题|线路|项目|数据|货物)$"
)
_ADVERBS = re.compile(
    "^(?:全部|了|均|都|已经|已|并|正在|处于|进行|共|逐一|分别|集中|得到|被|的|尚|仍|还|也|将|可|由|因)+"
)


@dataclass(slots=True)
class Said:
    """A quantity with what it counts: the verb, the noun and both with their subject as `item`."""

    quantity: Quantity
    item: str
    verb: str = ""
    noun: str = ""
    left: str = ""
    whole: "Said | None" = None
    base: str = ""


@dataclass(slots=True)
class Memory:
    """What has been said so far in a line: subject, verb and the figures in order."""

    topic: str = ""
    verb: str = ""
    rate: str = ""
    said: list[Said] = field(default_factory=list)

    def like(self, quantity: Quantity) -> Said | None:
        """The last figure in the same unit that had a noun; the whole where that was a part of one."""
        unit = _thing(quantity)
        named = (one for one in reversed(self.said) if one.noun and not one.noun.endswith("联网"))
        same = (one for one in named if _thing(one.quantity) == unit)
        found = next(same, None)
        return found.whole if found and found.whole and found.whole.noun else found

    @property
    def last(self) -> Said | None:
        return self.said[-1] if self.said else None


def _thing(quantity: Quantity) -> str:
    """The unit as far as it says what is counted: 家次 are 家."""
    return {"家次": "家", "艘次": "艘"}.get(quantity.unit) or base_of(quantity.unit)


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
        if quantity.value and _NEVER.search(_clause(sentence.between(sentence.start, quantity.start))):
            continue
        if _is_condition(quantity, gap, right, after is not None):
            condition = _clause(gap) + sentence.between(quantity.number_at, quantity.end)
            continue
        if _ANAPHORA.match(right) and place and quantity.kind == "数" and not clean(_clause(gap)):
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
    _share_out(found, gaps)
    _pair_changes(found)
    _give_verbs(found)
    return found


def _clause(text: str) -> str:
    return re.split("[，。；：:]", text)[-1]


def _is_condition(quantity: Quantity, gap: str, right: str, more: bool) -> bool:
    """Whether a number only narrows what the next counts: 超限30%以下的1526辆次, 5台以上企业38家, 超过3次的货车."""
    bound = bool(quantity.top or (quantity.qualifier and _CONDITION.match(quantity.qualifier)))
    clause = _PIECES.split(right)[0]
    shared = more and clause == right
    if "占" in _clause(gap):
        return False
    if bound and quantity.unit == "次" and re.search("内$", gap) and "的" in clause:
        return True
    if clause.startswith("的"):
        return bound or (shared and quantity.kind in ("率", "数", "时"))
    if not bound or not shared or (not clause and not re.search("[超限载]$|^[、（]?$", _clause(gap))):
        return False
    return quantity.unit == "%" or not (words.STOP.match(clause) or words.verb_at(clause, 0) in words.LEADING)


def _said(
    quantity: Quantity, gap: str, right: str, shared: bool, memory: Memory, whole: Said | None
) -> tuple[Said, str]:
    """The figure, and the part of what follows that has been used for it and is not the next one's."""
    listed = bool(memory.said) and bool(_LISTED.match(gap))
    left, subject, earlier = _left(gap)
    if left and _THEN.fullmatch(left):
        left = earlier = ""
    if quantity.unit.endswith("吨级"):
        thing = _object(right)[0] or left
        return Said(quantity, thing + "吨级", "", thing, left), ""
    attribute = bool(_ATTRIBUTE.search(gap)) and bool(left)
    if _WITH.search(left) and _object(right)[0]:
        left = ""
    if topic := _topic(subject) or (not memory.said and _topic(_OF_MEASURE.sub("", left))):
        memory.topic = topic
    if quantity.kind == "率" and not left and not shared and words.verb_at(right, 0):
        # 97.7%落实处罚
        return Said(quantity, right[:LONGEST], "", "", left), ""
    if not left or attribute or _wants(left) or (not shared and quantity.kind == "数" and not _split(left)[0]):
        thing, rest = _object(right)
        closed = rest or attribute or re.search("[和与及]$", right)
        if thing and (closed or not (shared and left)):
            used = right[: right.find(thing) + len(thing)] if shared else right
            predicate = "" if shared or attribute else _predicate(rest)
            return _of_thing(quantity, memory, left, thing, predicate, gap, listed, attribute), used
    if not left and earlier and not _OTHERS.search(gap) and not listed:
        left = earlier
    if _SUM.search(gap) and len(memory.said) > 1 and (not left or words.all_verbs(left)):
        return _sum(quantity, memory, left), ""
    who = _WHO.match(left)
    if who and words.verb_at(who[2], 0) and not words.OF_PROJECT.search(who[2]):
        left = who[2]  # 示例桥头检测点共检测货车
    verb, noun, head = _split(left)
    if verb.endswith("案") and quantity.unit in ("宗", "件", "起") and not noun:
        return Said(quantity, verb + "案件", verb, "案件", left), ""
    if not noun and quantity.kind == "率" and words.CHANGE.search(verb):
        return _change(quantity, verb, left, memory, whole), ""
    if quantity.unit == "倍" and memory.last and _TIMES.search(left):
        return Said(quantity, memory.last.item + left, "", memory.last.noun, left), ""
    if verb and noun:
        memory.verb = verb
        return Said(quantity, _with_topic(memory, head, verb + noun), verb, noun, left), ""
    if verb:
        return _bare_verb(quantity, verb, left, right, shared, memory, whole), ""
    if noun:
        anchor = whole or (memory.like(quantity) if _PARTS.search(gap) else None)
        return _bare_noun(quantity, noun, left, right, listed, memory, anchor), ""
    return _nothing(quantity, gap, right, shared, memory, whole), ""


def _left(gap: str) -> tuple[str, str, str]:
    """The words right before a number, the ones that open its sentence, and the nearest clause that has any."""
    *before, last = _COMMAS.split(gap)
    said = [words_of for piece in before if (words_of := clean(piece))]
    last = re.sub("^(?:中|里|内)$", "", clean(last))
    return last, said[0] if said else "", said[-1] if said else ""


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


def _wants(left: str) -> bool:
    """Whether words before a number end in a verb whose object must follow the number: 召开5次会议."""
    if words.all_verbs(left):
        return True
    return any(left.endswith(verb) for verb in words.LEADING if len(verb) > 1)


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
    if words.all_verbs(left):
        return left, "", ""
    if start < 0:
        verb = words.verb_at(left, 0)
        return verb, left[len(verb) :], ""
    end = start
    while (verb := words.verb_at(left, end)) in words.LEADING and end + len(verb) < len(left):
        end += len(verb)
    if planned := re.search("(?:计划|力争|预计|拟)$", left[:start]):
        start = planned.start()
    return left[start:end], left[end:].removeprefix("了"), left[:start]


def _topic(text: str) -> str:
    """The project a sentence is about, from its first words."""
    fits = 2 < len(text) <= LONGEST and words.PROJECT.search(text) and not words.verb_at(text, 0)
    return text if fits else ""


def topic_of(line: str) -> str:
    """The project a line opens with: S977线大修。全长21.6公里."""
    return _topic(clean(re.split("[。：:，；]", line.strip())[0]))


def _with_topic(memory: Memory, head: str, item: str) -> str:
    """The item behind its project, where it says nothing without one."""
    head = clean(head)
    if head and words.PROJECT.search(head):
        memory.topic = head
        return head[-LONGEST:] + item
    if memory.topic and words.OF_PROJECT.search(item) and memory.topic not in item:
        return memory.topic + item
    return item


def _object(right: str) -> tuple[str, str]:
    """The thing counted behind a number, up to where what was done with it begins, and the rest."""
    text = words.NOISE.sub("", right).strip(".").removeprefix("的")
    if not text or words.STOP.match(text) or words.verb_at(text, 0) in words.LEADING or words.all_verbs(text):
        return "", text
    end = len(text)
    for place in range(1, len(text)):
        verb = words.verb_at(text, place)
        if words.STOP.match(text, place) or verb in words.LEADING or (verb and text[place + len(verb) :][:1] == "了"):
            end = place
            break
    thing = text[:end].rstrip("和与及的")
    return (thing, text[end:]) if re.search("[\u4e00-\u9fff]", thing) else ("", text)


def _predicate(rest: str) -> str:
    """What was done with the thing, without its adverbs."""
    stripped = words.NOISE.sub("", _ADVERBS.sub("", words.NOISE.sub("", rest)))
    return stripped if len(stripped) <= 12 and re.search("[\u4e00-\u9fff]{2}", stripped) else ""


def _of_thing(
    quantity: Quantity, memory: Memory, left: str, thing: str, predicate: str, gap: str, listed: bool, attribute: bool
) -> Said:
    """召开5次会议, 27家维修企业, 巡察反馈的22个问题, 3名负责人进行约谈."""
    verb, noun, head = _split(left) if left else ("", "", "")
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
    item = _with_topic(memory, head, verb + noun + thing)
    awaits = not left and not verb and bool(_TOWARDS.search(gap) or (listed and memory.last and not memory.last.verb))
    said = Said(quantity, item + predicate if not awaits else predicate + item, verb, noun + thing, left)
    said.base = "?" if awaits and not predicate else ""
    return said


def _sum(quantity: Quantity, memory: Memory, left: str) -> Said:
    """合计877处 behind 一般隐患873处、重大隐患4处: what their nouns end alike in."""
    one, other = memory.said[-2:]
    shared = len(one.noun)
    while shared and not other.noun.endswith(one.noun[-shared:]):
        shared -= 1
    verb = left or one.verb or other.verb
    noun = one.noun[-shared:] if shared > 1 else other.noun
    return Said(quantity, verb + noun, verb, noun, left)


def _bare_verb(
    quantity: Quantity, verb: str, left: str, right: str, shared: bool, memory: Memory, whole: Said | None
) -> Said:
    """整改11处 behind 发现隐患12处: the object is the last one in the same unit."""
    memory.verb = verb
    like = memory.like(quantity)
    if like is None and whole and base_of(whole.quantity.unit) == base_of(quantity.unit):
        like = whole
    if quantity.of_money and not re.search("资|款|罚没", verb):
        noun = _money_noun(memory, like)
        return Said(quantity, _with_topic(memory, "", verb + noun), verb, noun, left)
    predicate = "" if shared else _predicate(right)
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


def _bare_noun(
    quantity: Quantity, noun: str, left: str, right: str, listed: bool, memory: Memory, whole: Said | None
) -> Said:
    last = memory.last
    if words.CHANGE.search(noun):
        return _change(quantity, noun, left, memory, whole)
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
        part = noun + _head(anchor.noun, noun)
        return Said(quantity, part, "", part, left, anchor)
    if quantity.unit in ("次", "场", "轮") and words.verb_at(right, 0):
        return Said(quantity, (noun + right)[:LONGEST], "", noun + right, left)
    lists = listed or (last is not None and memory.verb in words.LISTING and len(noun) <= 6 and not _own_verb(noun))
    all_of_them = (
        anchor if anchor and anchor.noun and same else None
    )  # 其中重大隐患2处: what follows is said of all again
    if lists and memory.verb and not words.OF_PROJECT.search(noun) and not _SELF.search(noun):
        return Said(quantity, memory.verb + noun, memory.verb, noun, left, all_of_them)
    return Said(quantity, _with_topic(memory, "", noun[-LONGEST:]), "", noun, left, all_of_them)


def _head(whole: str, part: str) -> str:
    """The word a part is of: 隐患 for 水路 of 安全隐患; nothing for 网约车 of 车辆 or a whole that ends in a verb."""
    head = found[0] if (found := _HEADS.search(whole)) else whole
    return "" if part[-1:] in head or words.all_verbs(whole[-2:]) else head


def _own_verb(noun: str) -> bool:
    return any(words.verb_at(noun, place) for place in range(len(noun) - 1) if len(words.verb_at(noun, place)) > 1)


def _change(quantity: Quantity, noun: str, left: str, memory: Memory, whole: Said | None) -> Said:
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
    return Said(quantity, _with_topic(memory, "", noun[-LONGEST:]), "", noun, left)


def _nothing(quantity: Quantity, gap: str, right: str, shared: bool, memory: Memory, whole: Said | None) -> Said:
    """A number without words of its own: 乡道12条、45.6公里、1.2亿元; 3座天桥中1座完工; 其余3条在建."""
    predicate = "" if shared else _predicate(right)
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
    if like and (predicate or _OTHERS.search(gap)):
        return Said(quantity, like.noun + predicate, "", like.noun, "", like)
    if quantity.kind == "率" and last.quantity.kind != "率":
        return Said(quantity, last.item + "占比", "", last.item, "")
    if quantity.kind == "率" and last.item.endswith("占比") and _OTHERS.search(gap):
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


def _share_out(found: list[Said], gaps: list[str]) -> None:
    """公路、水路客运量分别为42万人次、3万人次: to each of as many numbers its own of the names before."""
    for place, gap in enumerate(gaps):
        if (each := _EACH.search(gap)) is None:
            continue
        names = re.split("[、和与及]", clean(each[1]))
        run = next(
            (n for n, behind in enumerate(gaps[place + 1 :], 1) if behind.strip("、，和与及")), len(gaps) - place
        )
        if len(names) != run or run < 2 or not all(names):
            continue
        first, last = names[0], names[-1]
        tail = last[len(first) :] if len(last) > len(first) + 1 else ""
        verb = _split(first)[0]
        for said, name in zip(found[place:], names, strict=False):
            own = name is first or words.verb_at(name, 0)
            said.item = ("" if own else verb) + name + ("" if name is last else tail)


def _pair_changes(found: list[Said]) -> None:
    """分别下降15.3%和11.8%: the first belongs to the first of the two said before, the second to the second."""
    for place, one in enumerate(found[:-1]):
        second = found[place + 1]
        if "分别" not in one.item + one.left or one.quantity.unit != second.quantity.unit:
            continue
        points = one.quantity.unit == "个百分点"
        amounts = [said for said in found[:place] if (said.quantity.kind == "率") == points][-2:]
        change = re.search("(?:同比|环比)?(?:增长|增加|上升|提高|下降|减少|降低)", one.item)
        if len(amounts) == 2 and change and not second.left:
            one.item, second.item = (amount.item + change[0] for amount in amounts)


def _give_verbs(found: list[Said]) -> None:
    """与63家企业和14个单位签订责任书77份: those it was done with get the verb that follows them."""
    verb = ""
    for one in reversed(found):
        if one.base == "?":
            one.item = verb + one.item
        elif one.verb and one.noun:
            verb = one.verb + (one.noun if one.quantity.unit in ("份", "次", "场") and len(one.noun) < 6 else "")
        elif one.verb:
            verb = one.verb
