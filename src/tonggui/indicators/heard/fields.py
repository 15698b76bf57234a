"""What a text is speaking of where a number stands: the field of work, and whether of one project or of all.

The same words count different things in different fields: 出动180人次 is of the boats below 水上安全 and of the
stations below 客运站场监管. The words nearest before the number decide: those of its sentence, then those of the
line, then the headings from the nearest up. 安全 and 执法 say little: they decide where nothing else does.
"""

import re

from tonggui.texts.summary import Entry

FIELDS = {
    "水上": "水上(?:交通|安全)*|水路|渡口|渡船|渡运|船舶|客渡|海事(?:执法)?|巡航|禁渔|捕捞|签单|涉水|水域|通航|"
    "辖区航道|登船|船检",
    "治超": "治超|路面(?:查处|执法|治理|管控)|非现场|超限|超载|源头企业|源头单位|源头治理|货运源头|科技治超|卸载",
    "执法": "(?:行政|综合)执法|打非(?:治违)?|非法营运|黑车|路政|运政|出租(?:汽车|车)?市场|客运市场|网约车",
    "站场": "站场|场站|客运站|汽车站|车站安检",
    "危货": "危货|危化|危险货物|危险品|危险化学品",
    "防疫": "防疫|疫情|接种|核酸|防控",
    "动态": "^平台(?:监管|监控|运行)?$|动态监控|监控平台|智能视频|车载终端|报警",
    "公交": "公交",
    "建设": "(?:在建|工程)(?:项目|工地|领域)|质量安全监督|工程建设|施工现场",
    "建议": "人大|政协|提案|议案|建议办理",
    "舆情": "舆情|意识形态",
    "应急": "应急(?:管理|处置|值守|保障)|防汛|汛期|抢险",
    "路域": "路域|涉路|路产路权|路政管理|马路市场|摆摊",
    "养护": "养护|路面|大中修|危桥|路段|病害|水毁|安防工程|生命防护",
    "农路": "农村公路|乡道|村道|通组|路长|四好农村路",
    "客运": "城乡客运|农村客运|班线|道路客运",
    "货运": "货运(?!源头)|普货|物流",
    "维修": "维修(?:企业|行业|驾培)?|驾校|驾培",
    "党建": "党建|党的建设|党风|廉政|学习强国|主题教育",
    "宣传": "宣传",
}  # fmt: skip
WEAK = re.compile("(?P<安全>安全|隐患)|(?P<执法>执法)")
_STRONG = re.compile("|".join(f"(?P<f{place}>{words})" for place, words in enumerate(FIELDS.values())))
_NAMES = tuple(FIELDS)

_COUNT = "[\\d一二三四五六七八九十百两]+(?:余)?[个项]"
_ALL = re.compile(
    f"(?:重点|重大|级以上|交通|建设|在建|续建|年度|计划内)[^，。；]{{0,10}}(?:项目|工程)[^，。；]{{0,10}}?{_COUNT}|"
    f"{_COUNT}[^，。；]{{0,14}}(?:项目|工程)|(?:全[县市区]|全部|所有)[^，。；]{{0,6}}(?:重点|交通)[^，。；]{{0,6}}(?:项目|工程)"
)
_ALL_TITLE = re.compile("^(?:重点|重大)(?:交通)?(?:建设)?(?:项目|工程)(?:建设)?。")
_OTHER = re.compile("(?:其余|其他|其它|一般)[^，。；]{0,8}项目")
_NAME = (
    "(?:路|大道|大桥|桥|线|隧道|枢纽|码头|港区|作业区|客运[东南西北中]?站|汽车站|高速|高速公路|公路|通道|航道|"
    "改造|改线|改建|扩建|"
    "段|停车场|服务区|中心|综合体|航电|船闸|工程|项目|提质|环线|铁路|支线)"
)
_GENERAL = re.compile(
    "重点|重大|其余|其他|其它|全部|上述|各|所有|农村公路|乡道|年度|固定资产|交通建设|基础设施|"
    "项目$(?<![路桥线道站港]项目)|方面"
)
_ONE = re.compile(
    f"(?:^|[，。；：、（）\\s])([^，。；：、（）\\s]{{2,24}}?{_NAME})"
    "(?=（|[：，]|$|总投资|总长|全长|概算|批复|年度|全年|今年|计划|累计|完成|已|上半年|路线|于|截至)"
)
_MONEY = re.compile("总投资|概算|批复|投资概算|年度|全年|今年|计划|累计|完成|占|投资|全长|总长|路线长|上半年")


def known(written: str) -> list[str]:
    """The fields named in a cue. Raises ValueError for one that is none."""
    names = [name for name in written.split("、") if name]
    if unknown := [name for name in names if name not in FIELDS and name != "安全"]:
        raise ValueError(f"没有“{'、'.join(unknown)}”这个方面")
    return names


def field_of(entry: Entry, item: str) -> str:
    """The field a figure is of, empty where nothing says it."""
    before = entry.before or entry.sentence
    sentence = re.split("[。；]", before)[-1] + item
    headings = entry.heading.split("；")[::-1]
    if found := _last(sentence):
        return found
    weak = _weak(sentence)
    scopes = headings if weak else [before, *headings]
    if found := next((name for scope in scopes if (name := _last(scope))), ""):
        return found
    return weak or next((name for scope in [before, *headings] if (name := _weak(scope))), "")


def _weak(text: str) -> str:
    return next((found.lastgroup or "" for found in reversed(list(WEAK.finditer(text)))), "")


def _last(text: str) -> str:
    groups = [found.lastgroup or "" for found in _STRONG.finditer(text)]
    return _NAMES[int(groups[-1][1:])] if groups else ""


def projects_of(entry: Entry, item: str) -> str:
    """全部, 单个 or 其余: what the words nearest before a number speak of; empty where they do not say."""
    if money := _MONEY.search(item):
        name = item[: money.start()]
        if _OTHER.search(name):
            return "其余"
        if re.search(_NAME + "$", name) and not _GENERAL.search(name):
            return "单个"
    before = entry.before
    places = {
        "其余": max((found.end() for found in _OTHER.finditer(before)), default=-1),
        "全部": max((found.end() for found in _ALL.finditer(before)), default=-1),
        "单个": max((found.end() for found in _ONE.finditer(before) if not _GENERAL.search(found[1])), default=-1),
    }
    if (opening := _ALL_TITLE.search(before)) and max(places.values()) < 0:
        places["全部"] = opening.end()
    best = max(places, key=lambda name: places[name])
    if places[best] >= 0:
        return best
    title = entry.heading.split("；")[-1]
    return "单个" if re.search(_NAME + "$", title) and not _GENERAL.search(title) else ""
