"""The catalogue as a list: every indicator under its domain, with its figure and its changes, a domain at a time."""

from dataclasses import dataclass

from tonggui.measure.comparing import BEFORE, LAST_YEAR, bases, compared
from tonggui.measure.documents import sealed_figures
from tonggui.measure.figures import Figure
from tonggui.measure.indicators import Indicator, all_indicators, reading_ahead
from tonggui.measure.providers import together
from tonggui.web.indicators.asked import Asked

# Domains by the letters of their codes, in the order of a half-year summary.
DOMAINS = {
    "PRJ": "重点项目", "RRD": "农村公路", "MNT": "公路养护", "RAD": "路域环境", "PAX": "客运", "BUS": "公交与城乡客运",
    "FRT": "货运", "RPR": "维修", "DRV": "驾培", "ENF": "综合执法", "OVR": "治超", "SAF": "安全生产", "HAZ": "隐患治理",
    "STN": "客运站场", "HZM": "危货运输", "VEH": "动态监控", "WTR": "水上交通", "EMG": "应急", "DTY": "值班",
    "EPI": "疫情防控", "PTY": "党建", "IDE": "意识形态", "PUB": "宣传培训", "PRP": "建议提案", "FIN": "资金",
    "VIL": "驻村帮扶", "DOC": "公文办理", "ORG": "机构编制", "TSK": "工作任务", "PROB": "问题与困难",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Domain:
    """The indicators of one domain that a search has left."""

    prefix: str
    title: str
    indicators: list[Indicator]


def prefix_of(indicator: Indicator) -> str:
    return indicator.code.partition("-")[0]


def domains(words: str = "") -> list[Domain]:
    """The domains with their indicators, those whose code or title holds all the words."""
    found: dict[str, list[Indicator]] = {}
    asked = words.upper().split()
    for each in all_indicators():
        domain = DOMAINS.get(prefix_of(each), "")
        if all(word in f"{each.code} {each.title} {domain}".upper() for word in asked):
            found.setdefault(prefix_of(each), []).append(each)
    order = [*DOMAINS, *sorted(set(found) - set(DOMAINS))]
    return [Domain(prefix, DOMAINS.get(prefix, prefix), found[prefix]) for prefix in order if prefix in found]


def figures_of(chosen: list[Indicator], asked: Asked) -> list[Figure]:
    """The figures of indicators with 环比 and 同比, read together."""
    pairs = [(each, asked.scope) for each in chosen]
    with together(), reading_ahead(pairs, asked.period):
        found = {figure.key: figure for each, scope in pairs for figure in [each.figure(asked.period, scope)]}
    for period, word in ((asked.period.previous, BEFORE), (asked.period.last_year, LAST_YEAR)):
        sealed = sealed_figures(period, keys=list(found))
        found = compared(found.values(), bases(found.values(), period, sealed), word)
    return list(found.values())
