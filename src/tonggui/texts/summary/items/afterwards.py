"""What only the end of a sentence shows: names shared out over numbers, two changes, verbs that came last."""

import re

from tonggui.texts.summary import words
from tonggui.texts.summary.items.memory import Said
from tonggui.texts.summary.items.phrases import clean, parted

_EACH = re.compile("([^，。；：]+)(?:分别|依次)(?:为|是|达到?|完成|有)?$")


def share_out(found: list[Said], gaps: list[str]) -> None:
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
        verb = parted(first)[0]
        for said, name in zip(found[place:], names, strict=False):
            own = name is first or words.verb_at(name, 0)
            said.item = ("" if own else verb) + name + ("" if name is last else tail)


def pair_changes(found: list[Said]) -> None:
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


def give_verbs(found: list[Said]) -> None:
    """与63家企业和14个单位签订责任书77份: those it was done with get the verb that follows them."""
    verb = ""
    for one in reversed(found):
        if one.base == "?":
            one.item = verb + one.item
        elif one.verb and one.noun:
            verb = one.verb + (one.noun if one.quantity.unit in ("份", "次", "场") and len(one.noun) < 6 else "")
        elif one.verb:
            verb = one.verb
