"""The words around a number: clauses without what leads in and over, verb and noun before it, the object behind it."""

import re

from tonggui.texts.summary import words

LONGEST = 24
_COMMAS = re.compile("[，：:]")
OTHERS = re.compile("其余|其他|其它|剩余|剩下|尚有|还有|仍有")
_HEADS = re.compile(
    "(?:隐患|路段|企业|车辆|里程|旅客|人员|单位|案件|事故|货车|船舶|投资|资金|公路|问题|线路|项目|数据|货物)$"
)
_ADVERBS = re.compile(
    "^(?:全部|了|均|都|已经|已|并|正在|处于|进行|共|逐一|分别|集中|得到|被|的|尚|仍|还|也|将|可|由|因)+"
)


def last_clause(text: str) -> str:
    return re.split("[，。；：:]", text)[-1]


def words_before(gap: str) -> tuple[str, str, str]:
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


def wants_object(left: str) -> bool:
    """Whether words before a number end in a verb whose object must follow the number: 召开5次会议."""
    if words.all_verbs(left):
        return True
    return any(left.endswith(verb) for verb in words.LEADING if len(verb) > 1)


def parted(left: str) -> tuple[str, str, str]:
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


def project_of(text: str) -> str:
    """The project a sentence is about, from its first words."""
    fits = 2 < len(text) <= LONGEST and words.PROJECT.search(text) and not words.verb_at(text, 0)
    return text if fits else ""


def topic_of(line: str) -> str:
    """The project a line opens with: S977线大修。全长21.6公里."""
    return project_of(clean(re.split("[。：:，；]", line.strip())[0]))


def object_behind(right: str) -> tuple[str, str]:
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


def predicate_of(rest: str) -> str:
    """What was done with the thing, without its adverbs."""
    stripped = words.NOISE.sub("", _ADVERBS.sub("", words.NOISE.sub("", rest)))
    return stripped if len(stripped) <= 12 and re.search("[\u4e00-\u9fff]{2}", stripped) else ""


def head_of(whole: str, part: str) -> str:
    """The word a part is of: 隐患 for 水路 of 安全隐患; nothing for 网约车 of 车辆 or a whole that ends in a verb."""
    head = found[0] if (found := _HEADS.search(whole)) else whole
    return "" if part[-1:] in head or words.all_verbs(whole[-2:]) else head


def own_verb(noun: str) -> bool:
    return any(words.verb_at(noun, place) for place in range(len(noun) - 1) if len(words.verb_at(noun, place)) > 1)
