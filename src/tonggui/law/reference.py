"""The reference of the law as declared: a page for each rule, one of all parameters, one of all deadlines.

Pages are Markdown in Chinese, for the officer and the lawyer who check a value against the official text.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tonggui.law.deadlines import all_deadlines
from tonggui.law.parameters import Parameter, all_parameters
from tonggui.law.rules import Example, Rule, all_rules


def pages() -> dict[str, str]:
    """Every page by its file name."""
    written = {f"{rule.name}.md": rule_page(rule) for rule in all_rules()}
    return {"index.md": index(), "parameters.md": parameters_page(), "deadlines.md": deadlines_page(), **written}


def index() -> str:
    """Titles of all pages with the articles they rest on."""
    lines = [f"- [{rule.title}]({rule.name}.md)：{rule.article}" for rule in all_rules()]
    lines = ["# 法规", "", "- [全部参数](parameters.md)", "- [全部期限](deadlines.md)", *lines, ""]
    return "\n".join([*lines, "## 待核对", "", table(("来源", "待核对"), doubts()), ""])


def doubts() -> list[tuple[str, str]]:
    """What was not read in an official text: of whole acts, and of single values whose note says 待核对."""
    declared = [*all_parameters(), *(one.length for one in all_deadlines())]
    acts = {value.source.act for value in declared} | {rule.article.act for rule in all_rules()}
    of_acts = sorted((str(act), act.doubt) for act in acts if act.doubt)
    return of_acts + [(value.title, value.note) for value in dict.fromkeys(declared) if "待核对" in value.note]


def rule_page(rule: Rule) -> str:
    """What a rule is, on what it rests, how unclear words are read, its values and its examples."""
    span = f"自 {rule.since} 起" + (f"至 {rule.until} 前" if rule.until else "")
    parts = [f"# {rule.title}", f"依据：{rule.article}。{span}施行。"]
    parts.append("## 输入\n\n" + table(("列", "含义", "单位", "缺省"), (_given(column) for column in rule.takes)))
    parts.append("## 结果\n\n" + table(("列", "含义", "单位"), ((c.name, c.title, c.unit) for c in rule.gives)))
    if rule.parameters:
        parts.append("## 参数\n\n" + parameter_table(rule.parameters))
    if rule.reading:
        parts.append(f"## 理解\n\n{rule.reading}")
    for reading in rule.readings:
        choices = (
            (f"`{code}`" + ("（缺省）" if code == reading.default else ""), words)
            for code, words in reading.choices.items()
        )
        parts.append(
            f"## 理解：{reading.title}\n\n依据：{reading.clause}。代码 `{reading.code}`。\n\n"
            + table(("取值", "含义"), choices)
        )
    parts.append("## 示例\n\n" + examples_table(rule.examples))
    return "\n\n".join(parts) + "\n"


def parameters_page() -> str:
    """Every dated value, with its source and the day it was last compared."""
    return f"# 全部参数\n\n{parameter_table(all_parameters())}\n"


def deadlines_page() -> str:
    """Every period, what it is counted in and whether its end moves for a holiday."""
    rows = (
        (
            one.title,
            "；".join(
                f"{shown(value, one.length.words)}{one.unit}（自 {day}）" for day, value in one.length.values.items()
            ),
            "顺延" if one.moves else "不顺延",
            str(one.length.source),
            one.length.note,
        )
        for one in all_deadlines()
    )
    return "# 全部期限\n\n" + table(("期限", "长度", "末日逢节假日", "依据", "说明"), rows) + "\n"


def parameter_table(parameters: Iterable[Parameter]) -> str:
    rows = (
        (
            one.title + ("（本局）" if one.local else ""),
            "；".join(f"{day} 起 {shown(value, one.words)}" for day, value in one.values.items()),
            one.unit,
            str(one.source),
            str(one.checked),
            one.note,
        )
        for one in parameters
    )
    return table(("参数", "值", "单位", "依据", "核对日期", "说明"), rows)


def examples_table(examples: Iterable[Example]) -> str:
    rows = (
        (one.title, str(one.on), shown(one.given), shown(one.readings) if one.readings else "", shown(one.expect))
        for one in examples
    )
    return table(("示例", "日期", "输入", "理解", "结果"), rows)


def table(heading: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    """A Markdown table; a stroke in a cell is escaped."""
    lines = [heading, ("---",) * len(heading), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def shown(value: Any, words: Mapping[Any, str] | None = None) -> str:
    """A value as it is read: tables as `key value`, identifiers by their `words`, yes and no in words."""
    words = words or {}
    if isinstance(value, Mapping):
        return "，".join(f"{words.get(key, key)} {shown(entry, words)}" for key, entry in value.items())
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return " 至 ".join(shown(one, words) for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else words.get(value, str(value))


def _given(column: Any) -> tuple[str, str, str, str]:
    return column.name, column.title, column.unit, "必填" if column.unknown is None else "可缺"
