"""Words: 截至 and 截止, typing faults by shape or order, doubled words, words of degree that contradict each other."""

import re
from collections.abc import Iterator

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Line, Text

DICTIONARY = "现代汉语词典"

_CUTOFF = re.compile(
    r"(?<!报名)(?<!申报)(?<!投标)(?<!报送)(?<!受理)(?<!时间)(?<!日期)截止(?:到|至)?"
    r"(?=目前|现在|今日|今年|当前|本月|本季|本年|月底|上月|去年|年底|\d{1,4}\s*年|\d{1,2}\s*月|[一二三四五六七八九十]+月)"
)


@lint_rule(
    "截至",
    "带有时点的用“截至”，“截止”不带宾语",
    basis=DICTIONARY,
    bad=("截止6月30日，完成投资2亿元。", "截止目前，已查处12台。", "截止到2026年6月底，通车3公里。"),
    good=("截至6月30日，完成投资2亿元。", "报名工作已经截止。", "截止日期为6月30日。", "报名截止6月30日。"),
)
def cutoff(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _CUTOFF):
        yield at(line, found.start(), found[0], "截至", "后面是时点，应用“截至”", "改为“截至”")


TYPOS = {
    "开屐": "开展", "开辗": "开展", "安全生专": "安全生产", "安生生产": "安全生产", "安全生户": "安全生产",
    "遥言": "谣言", "主题责任": "主体责任", "布署": "部署", "台帐": "台账", "竟争": "竞争", "松驰": "松弛",
    "幅射": "辐射", "追朔": "追溯", "贯切": "贯彻", "隐换": "隐患", "排察": "排查", "车俩": "车辆", "执发": "执法",
    "道路云输": "道路运输", "超现超载": "超限超载", "治理超现": "治理超限", "侯车": "候车", "震憾": "震撼",
    "再接再励": "再接再厉", "迫不急待": "迫不及待", "一如继往": "一如既往", "防范与未然": "防范于未然",
    "防患与未然": "防患于未然", "因地治宜": "因地制宜", "行之有郊": "行之有效", "渡假": "度假", "坐阵": "坐镇",
    "凑和": "凑合", "蔽端": "弊端", "装璜": "装潢", "通迅": "通讯", "通辑": "通缉", "应急预按": "应急预案",
    "交通运愉": "交通运输", "交通远输": "交通运输", "货物远输": "货物运输", "监菅": "监管", "菅理": "管理",
    "整冶": "整治", "冶理": "治理", "政冶": "政治", "冶超": "治超", "从严冶党": "从严治党", "批淮": "批准",
    "尚末": "尚未", "人名群众": "人民群众", "意思形态": "意识形态", "意识型态": "意识形态", "党风兼政": "党风廉政",
    "党风廉正": "党风廉政", "中心组学系": "中心组学习", "反应强列": "反应强烈", "反映强列": "反映强烈",
    "乡村政兴": "乡村振兴", "乡村振新": "乡村振兴", "新冠肺言": "新冠肺炎", "形像进度": "形象进度",
    "征地折迁": "征地拆迁", "护拦": "护栏", "桥粱": "桥梁", "遂道": "隧道", "涵峒": "涵洞", "趸般": "趸船",
    "渡般": "渡船", "疏竣": "疏浚", "混泥土": "混凝土", "沥清": "沥青", "沥青路而": "沥青路面",
}  # fmt: skip
"""Slips of shape or sound and what was meant, each a string that means nothing elsewhere."""
IN_PLACE = (
    (re.compile(r"隐患[、，]?(?P<slip>遇)事故"), "遏"),
    (re.compile(r"(?<![自知律克利])(?P<slip>己)(?=经|完成|建成|开工|整改|查处|落实到|全部|通车)"), "已"),
    (re.compile(r"(?<![周月年季期岁本始])(?P<slip>末)(?=完成|发生|发现|整改|落实|按期|及时|经批准)"), "未"),
    (re.compile(r"(?P<slip>船泊)(?![位岸在于靠])"), "船舶"),
    (re.compile(r"(?P<slip>按装)(?![载备配卸箱])"), "安装"),
    (re.compile(r"(?P<slip>标淮)(?![河安北南])"), "标准"),
)
"""Slips that are words elsewhere, with what must stand around them."""
_TYPO = re.compile("|".join(sorted(map(re.escape, TYPOS), key=len, reverse=True)))


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
    ),
    good=(
        "开展安全生产月活动。",
        "落实企业主体责任。",
        "突遭遇事故车辆占道。",
        "自己经常检查，自己完成。",
        "年末完成全部任务，周末发生两起。",
        "按装载质量核定，船泊位三个。",
    ),
)
def typos(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _TYPO):
        yield _typo(line, found.start(), found[0], TYPOS[found[0]])
    for pattern, right in IN_PLACE:
        for line, found in matches(text, pattern):
            yield _typo(line, found.start("slip"), found["slip"], right)


def _typo(line: Line, place: int, wrong: str, right: str) -> Finding:
    return at(line, place, wrong, "错别字", f"疑为“{right}”", f"改为“{right}”")


PHRASES = (
    "最美农村路", "四好农村路", "两客一危一重货", "安全生产责任制", "党政同责", "一岗双责", "齐抓共管", "失职追责",
    "三重一大", "三会一课", "两学一做", "乡村振兴战略", "全面从严治党", "党史学习教育", "安全生产专项整治",
    "放管服改革", "双随机、一公开", "打非治违", "路域环境整治", "超限超载治理", "两不愁三保障", "高质量发展",
    "隐患排查治理", "三年行动计划", "平安交通", "交通强国建设", "城乡交通一体化", "客货邮融合", "意识形态工作责任制",
    "主题党日活动",
)  # fmt: skip
"""Fixed phrases whose characters have one order."""


def _swapped() -> dict[str, str]:
    """Each fixed phrase with two neighbours exchanged, where that is no phrase itself."""
    wrong = {}
    for phrase in PHRASES:
        for place in range(len(phrase) - 1):
            first, second = phrase[place], phrase[place + 1]
            swapped = phrase[:place] + second + first + phrase[place + 2 :]
            if first != second and "、" not in (first, second) and swapped not in PHRASES:
                wrong[swapped] = phrase
    return wrong


SWAPPED = _swapped()
_SWAPPED = re.compile("|".join(map(re.escape, SWAPPED)))


@lint_rule(
    "固定用语",
    "固定用语的字序",
    basis="交通运输常用政策用语",
    bad=("评选“最农美村路”。", "推进四好村农路建设。"),
    good=("评选“最美农村路”。", "推进四好农村路建设。", "落实生产安全事故报告制度和安全生产责任制。"),
)
def phrases(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _SWAPPED):
        right = SWAPPED[found[0]]
        yield at(line, found.start(), found[0], "固定用语", f"应为“{right}”", f"改为“{right}”")


_DOUBLED = re.compile(
    r"(?P<word>进行|开展|加强|落实|完成|工作|建设|安全|生产|交通|公路|检查|整治|治理|管理|我局|全面|切实|认真|积极|以及|通过|对于)(?P=word)"
    r"|的的(?!确|哥)|了了(?!解|然|事|望|无|心)|[和与及在为]{1}(?P<one>[和与及])(?P=one)"
)


@lint_rule(
    "重字",
    "词语重复",
    basis="校对",
    bad=("进行进行了全面检查。", "整改的的隐患。"),
    good=("的的确确做到。", "整改的隐患已经销号。", "整改完成率较高。"),
)
def doubled(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _DOUBLED):
        yield at(line, found.start(), found[0], "重字", "词语重复", "删去多余的字")


_DEGREES = (
    (re.compile(r"约\s*[\d.]+\s*[余多]?\s*[万亿]?[\u4e00-\u9fff㎡%]{0,3}左右"), "“约”和“左右”重复"),
    (re.compile(r"(?<![\u4e00-\u9fff])近\s*[\d.]+\s*[余多]|(?<=[\u4e00-\u9fff])近[\d.]+[余多]"), "“近”和“余”矛盾"),
    (re.compile(r"(?:至少|超过|不低于|不少于)\s*[\d.]+\s*[%％]?[\u4e00-\u9fff]{0,3}以上"), "“至少、超过”和“以上”重复"),
    (re.compile(r"(?:不超过|最多)\s*[\d.]+\s*[%％]?[\u4e00-\u9fff]{0,3}以下"), "“不超过、最多”和“以下”重复"),
    (re.compile(r"约\s*[\d.]+\s*[余多](?=[万亿]?[\u4e00-\u9fff])"), "“约”和“余”重复"),
)


@lint_rule(
    "概数",
    "表示概数的词不重复、不矛盾",
    basis="公文数字用法",
    bad=("约30人左右参加。", "投入近400余万元。", "至少5处以上。", "约200余人。"),
    good=("约30人参加。", "投入近400万元。", "投入400余万元。", "附近30余户村民。", "5处以上。"),
)
def degrees(text: Text) -> Iterator[Finding]:
    for pattern, wrong in _DEGREES:
        for line, found in matches(text, pattern):
            if not line.text[max(0, found.start() - 1) : found.end()].startswith(
                ("附近", "靠近", "临近", "邻近", "最近")
            ):
                yield at(line, found.start(), found[0], "概数", wrong, "只留一个")


_DECREASE = re.compile(r"(?:减少|下降|降低|缩短|压减)了?(?:[一二两三四五六七八九十]+|\d+(?:\.\d+)?)倍")


@lint_rule(
    "倍数",
    "减少不用倍数",
    basis="GB/T 15835-2011 与公文数字用法",
    bad=("事故起数减少了一倍。",),
    good=("事故起数减少一半。", "投资增长一倍。"),
)
def decrease(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _DECREASE):
        yield at(line, found.start(), found[0], "倍数", "减少、下降不能用倍数", "改用百分比或几分之几")
