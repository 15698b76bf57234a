"""Slips in words: misspelt words, signs taken for each other or exchanged in fixed terms, wrong numbers in phrases.

From each term the rules know, the slips one can make in it are derived once: two neighbours exchanged, one sign taken
for a like one, one written twice. A text is looked up among them stretch by stretch.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from tonggui.texts.content.slips import MISSPELT, alike
from tonggui.texts.content.terms import COUNTED, RIGHT_ELSEWHERE, TERMS
from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Line, Text

DICTIONARY = "现代汉语词典"
FAR_APART = 6
LONG_ENOUGH = 4
"""A slip in a shorter term could be two words that meet."""

IN_PLACE = (
    (r"隐患[、，]?(?P<slip>遇)事故", "遏"),
    (r"(?P<slip>遇制)(?=[重特较一])", "遏制"),
    (r"(?<![自知律克利])(?P<slip>己)(?=经|完成|建成|开工|整改|查处|落实到|全部|通车)", "已"),
    (r"(?<![周月年季期岁本始])(?P<slip>末)(?=完成|发生|发现|整改|落实|按期|及时|经批准)", "未"),
    (r"(?P<slip>船泊)(?![位岸在于靠])", "船舶"),
    (r"(?P<slip>按装)(?![载备配卸箱])", "安装"),
    (r"(?P<slip>标淮)(?![河安北南])", "标准"),
    (r"(?<![公发颁宣])(?P<slip>布署)(?!名)", "部署"),
    (r"(?<!毕)(?P<slip>竟争)", "竞争"),
    (r"(?<=[，。；：、认真已继要全再])(?P<slip>按排)(?=[部专人工落好了在])", "安排"),
    (r"(?P<slip>做为)(?=[一我县市区交重主民年])", "作为"),
    (r"(?P<slip>必需)(?=[坚加严认高切强把按要])", "必须"),
    (r"(?P<slip>座(?=落[于在]))", "坐"),
    (r"(?P<slip>截止(?=[\u4e00-\u9fff]{0,6}为止))", "截至"),
)
"""Slips that are words elsewhere, with what must stand around them."""
_IN_PLACE = tuple((re.compile(pattern), right) for pattern, right in IN_PLACE)
_MISSPELT = re.compile("|".join(sorted(map(re.escape, MISSPELT), key=len, reverse=True)))


@lint_rule(
    "错别字",
    "形近、音近的错字",
    basis=DICTIONARY,
    bad=(
        "开屐安全生产月活动。",
        "落实企业主题责任。",
        "防风险、除隐患、遇事故。",
        "己完成桥粱加固。",
        "建立隐患台帐。",
        "末发生事故。",
        "落实安全生专责任。",
        "开展打非冶违专项行动。",
        "加强农付公路养护。",
    ),
    good=(
        "开展安全生产月活动。",
        "落实企业主体责任。",
        "突遭遇事故车辆占道。",
        "自己经常检查，自己完成。",
        "年末完成全部任务，周末发生两起。",
        "按装载质量核定，船泊位三个。",
        "一贯切实履职，关注消防安全，社会义务。",
    ),
)
def typos(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _MISSPELT):
        yield _typo(line, found.start(), found[0], MISSPELT[found[0]])
    for pattern, right in _IN_PLACE:
        for line, found in matches(text, pattern):
            yield _typo(line, found.start("slip"), found["slip"], right)
    for line, place, wrong, right in _mistaken().within(text):
        if not _MISSPELT.search(wrong):
            yield _typo(line, place, wrong, right)


def _typo(line: Line, place: int, wrong: str, right: str) -> Finding:
    return at(line, place, wrong, "错别字", f"疑为“{right}”", f"改为“{right}”")


@lint_rule(
    "固定用语",
    "固定用语的字序和数字",
    basis="交通运输法律、规划和政策用语",
    bad=(
        "评选“最农美村路”。",
        "推进四好村农路建设。",
        "落实三好农村路要求。",
        "开展隐患查排。隐患查排治理",
        "落实一岗三责。",
    ),
    good=(
        "评选“最美农村路”。",
        "推进四好农村路建设。",
        "落实生产安全事故报告制度和安全生产责任制。",
        "坚定“三个自信”，对安全产生影响。",
    ),
)
def phrases(text: Text) -> Iterator[Finding]:
    for line, place, wrong, right in _swapped().within(text):
        yield at(line, place, wrong, "固定用语", f"应为“{right}”", f"改为“{right}”")


_DOUBLED = re.compile(
    r"(?P<word>进行|开展|加强|落实|完成|工作|建设|安全|生产|交通|公路|检查|整治|治理|管理|我局|全面|切实|认真|积极|以及|通过"
    r"|对于|组织|提高|推进|项目|运输|隐患|情况|问题|企业|车辆|部门|进一步|累计)(?P=word)"
    r"|的的(?!确|哥)|了了(?!解|然|事|望|无|心|断)|[和与及在为](?P<one>[和与及])(?P=one)|(?<=[\u4e00-\u9fff])(?P<sign>[了着])(?P=sign)(?=[，。；、])"
)


@lint_rule(
    "重字",
    "词语重复",
    basis="校对",
    bad=("进行进行了全面检查。", "整改的的隐患。", "落实安全全生产责任。"),
    good=("的的确确做到。", "整改的隐患已经销号。", "整改完成率较高。", "认认真真，公安安全。", "安全生产产值增长。"),
)
def doubled(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _DOUBLED):
        yield at(line, found.start(), found[0], "重字", "词语重复", "删去多余的字")
    for line, place, wrong, right in _stuttered().within(text):
        yield at(line, place, wrong, "重字", f"应为“{right}”", f"改为“{right}”")


class Lookup:
    """Slips by what they begin with, so that a text is gone through once however many there are."""

    def __init__(self, slips: dict[str, str]) -> None:
        self.slips = slips
        self.lengths: dict[str, list[int]] = {}
        for length in sorted({len(slip) for slip in slips}, reverse=True):
            for head in {slip[:2] for slip in slips if len(slip) == length}:
                self.lengths.setdefault(head, []).append(length)

    def within(self, text: Text) -> Iterator[tuple[Line, int, str, str]]:
        """Each slip in a text with the right form, the longest where several begin at one place."""
        for line in text.lines:
            words, end = line.text, 0
            for place in range(len(words) - 1):
                lengths = self.lengths.get(words[place : place + 2])
                if lengths is None or place < end:
                    continue
                wrong = next((slip for n in lengths if (slip := words[place : place + n]) in self.slips), None)
                if wrong:
                    yield line, place, wrong, self.slips[wrong]
                    end = place + len(wrong)


def _right(slip: str) -> bool:
    """Whether a slip is right elsewhere, or holds a term that is."""
    return slip in TERMS or slip in RIGHT_ELSEWHERE or any(words in slip for words in RIGHT_ELSEWHERE)


@cache
def _mistaken() -> Lookup:
    """Each term with one sign taken for another."""
    like = alike()
    return Lookup(
        {
            slip: term
            for term in TERMS
            if len(term) >= LONG_ENOUGH
            for place, sign in enumerate(term)
            for other in like.get(sign, "")
            if not _right(slip := term[:place] + other + term[place + 1 :])
        }
    )


@cache
def _swapped() -> Lookup:
    """Each term with two signs exchanged, in short ones whichever they are, and counted phrases with another number."""
    slips: dict[str, str] = {}
    for term in (*TERMS, *COUNTED):
        reach = len(term) if len(term) <= FAR_APART or term in COUNTED else 2
        for first, second in combinations(range(len(term)), 2):
            if len(term) < LONG_ENOUGH or second - first >= reach or "、" in (term[first], term[second]):
                continue
            signs = list(term)
            signs[first], signs[second] = signs[second], signs[first]
            slip = "".join(signs)
            if slip != term and not _right(slip):
                slips[slip] = term
    for phrase in COUNTED:
        for place, sign in enumerate(phrase):
            for other in NUMBERS if sign in NUMBERS else "":
                slip = phrase[:place] + other + phrase[place + 1 :]
                if slip not in COUNTED and not _right(slip):
                    slips[slip] = phrase
    return Lookup(slips)


NUMBERS = "一二两双三四五六七八九"


@cache
def _stuttered() -> Lookup:
    """Each term with a sign in its midst written twice."""
    return Lookup(
        {
            slip: term
            for term in TERMS
            if len(term) >= LONG_ENOUGH
            for place in range(1, len(term) - 1)
            if term[place] != term[place + 1] and not _right(slip := term[:place] + term[place] + term[place:])
        }
    )
