"""规范检查: a .docx held against GB/T 9704-2012 point by point, ours or one that was changed in Word or WPS since.

A point says what was asked, whether it holds, what was found and what to do. Faces are told by name, since the file is
looked at and not a page of it: whether a line really holds 28 characters is for the eye, or for `preview`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from docx.oxml.ns import qn

from tonggui.measure.document import page
from tonggui.measure.document.effective import Line, Opened

MM = 56.693  # twips
_FANG = re.compile("仿宋|FangSong", re.I)
_BIAO = re.compile("小标宋|中宋|XiaoBiaoSong|ZhongSong", re.I)
_HEI = re.compile("黑体|SimHei", re.I)
_KAI = re.compile("楷体|KaiTi|楷_GB", re.I)
_SONG = re.compile("^宋体|SimSun|小标宋|中宋", re.I)
_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]+、"), "一级标题", _HEI, "黑体"),
    (re.compile(r"（[一二三四五六七八九十]+）"), "二级标题", _KAI, "楷体"),
    (re.compile(r"\d+[.．](?!\d)"), "三级标题", _FANG, "仿宋"),
    (re.compile(r"（\d+）"), "四级标题", _FANG, "仿宋"),
)
_WRONG_MARKS = (
    (re.compile(r"[一二三四五六七八九十]+[.．：]"), "一、"),
    (re.compile(r"（[一二三四五六七八九十]+）、"), "（一）"),
    (re.compile(r"\d+、"), "1."),
    (re.compile(r"（\d+）、"), "（1）"),
)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_CHINESE_DAY = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}年.{1,3}月.{1,3}日")
_ANNEX = re.compile(r"附件\s?\d*")
LONGEST_HEAD = 40
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the standard: its title and demand, whether it holds, what was found, what to do."""

    title: str
    asked: str
    holds: bool
    found: str
    do: str = ""


def check(content: bytes, name: str) -> list[Point]:
    """All points. Raises Problem for what is no Word file."""
    opened = Opened(content, name)
    lines = _main(opened.lines())
    points = [_paper(opened), _margins(opened), _grid(opened, lines), _title(lines), _body(lines), _indents(lines)]
    points += [point for level in range(len(_LEVELS)) if (point := _level(lines, level))]
    points += [_marks(lines), _numbers(opened), _foreign(lines), _colours(lines), _signature(lines)]
    return points


def _main(lines: list[Line]) -> list[Line]:
    """The document without its annexes, which may be tables with notes in small print."""
    return lines[: next((n for n, line in enumerate(lines) if _ANNEX.fullmatch(line.text)), len(lines))]


def _paper(opened: Opened) -> Point:
    sections = opened.document.sections
    sizes = {tuple(sorted((round((s.page_width or 0) / 36000), round((s.page_height or 0) / 36000)))) for s in sections}
    said = "、".join(f"{a}×{b} 毫米" for a, b in sorted(sizes))
    return Point("纸张", "A4，210×297 毫米", sizes == {(210, 297)}, said, "在“页面设置”中把纸张改为 A4")


def _margins(opened: Opened) -> Point:
    """天头 37 mm, 订口 28 mm and the type area of 156 × 225 mm, each within 1 mm; of a lying page they are turned."""
    found, holds = [], True
    for section in opened.document.sections:
        sides = [round((each or 0) / 36000, 1) for each in (
            section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)]  # fmt: skip
        lying = (section.page_width or 0) > (section.page_height or 0)
        wanted = (28, 37, 26, 35) if lying else (37, 26, 35, 28)
        holds &= all(abs(side - want) <= 1 for side, want in zip(sides, wanted, strict=True))
        found.append("上{:g} 右{:g} 下{:g} 左{:g}".format(*sides))
    asked = "上37、右26、下35、左28 毫米，各可差 1 毫米（横排的一页相应转过来）"
    return Point("页边距", asked, holds, "；".join(dict.fromkeys(found)), "在“页面设置”中改页边距")


def _grid(opened: Opened, lines: list[Line]) -> Point:
    grid = opened.document.sections[0]._sectPr.find(qn("w:docGrid"))
    pitch = float(grid.get(qn("w:linePitch")) or 0) / 20 if grid is not None and grid.get(qn("w:type")) else 0.0
    body = [line.pitch for line in lines if len(line.text) > LONGEST_HEAD]
    fixed = max(set(body), key=body.count) if body else 0.0
    said = fixed or pitch
    holds = 28 <= said <= 30
    found = f"{'固定行距' if fixed else '文档网格每行'} {said:.2f} 磅" if said else "没有网格，也没有固定行距"
    return Point("行距", f"每页 {page.LINES} 行，每行约 28.95 磅", holds, found, "在“段落”中把行距设为固定值 28.95 磅")


def _title(lines: list[Line]) -> Point:
    head = lines[: next((n for n, line in enumerate(lines) if _is_text(line)), len(lines))]
    size = max((each.size for line in head for each in line.stretches if each.size <= 26), default=0.0)
    titles = [line for line in head if line.side == "center" and any(each.size == size for each in line.stretches)]
    if not titles:
        return Point("标题", "方正小标宋，二号，居中", False, "没有找到居中的标题", "标题用二号方正小标宋，居中")
    return _all(
        "标题", "方正小标宋，二号（22 磅），居中", titles, lambda s: bool(_BIAO.search(s.face)) and s.size == 22,
        "选中标题，设为方正小标宋简体、二号",
    )  # fmt: skip


def _body(lines: list[Line]) -> Point:
    body = [line for line in lines if _is_text(line)]
    fits = lambda s: bool(_FANG.search(s.face)) and s.size == 16  # noqa: E731 - one look, named
    return _all("正文", "仿宋，三号（16 磅）", body, fits, "选中这些文字，设为仿宋_GB2312、三号")


def _indents(lines: list[Line]) -> Point:
    wrong = [line.text for line in lines if _is_text(line) and abs(line.first - 2) > 0.2]
    return Point("首行缩进", "每段首行空两字", not wrong, _some(wrong) or "都空两字", "在“段落”中设首行缩进 2 字符")


def _level(lines: list[Line], n: int) -> Point | None:
    """The heads of a level, None where the text has none."""
    mark, title, face, name = _LEVELS[n]
    heads = [line for line in lines if mark.match(line.text) and len(line.text) <= LONGEST_HEAD]
    if not heads:
        return None
    fits = lambda s: bool(face.search(s.face)) and s.size == 16  # noqa: E731 - one look, named
    return _all(title, f"{name}，三号（16 磅）", heads, fits, f"选中这些标题，设为{name}、三号")


def _marks(lines: list[Line]) -> Point:
    wrong = [
        f"{line.text[:12]}（应作 {right}）"
        for line in lines
        for pattern, right in _WRONG_MARKS
        if len(line.text) <= LONGEST_HEAD and pattern.match(line.text)
    ]
    return Point("层次序数", "一、（一）1.（1）", not wrong, "；".join(wrong[:SHOWN]) or "写法都对", "改正序号后的标点")


def _numbers(opened: Opened) -> Point:
    """Page numbers by field, different on odd and even pages, between dashes, 宋体 size four."""
    section = opened.document.sections[0]
    odd_even = opened.document.settings.odd_and_even_pages_header_footer
    faults = [] if odd_even else ["没有设置“奇偶页不同”"]
    sides = ((section.footer, "单页", "right"), (section.even_page_footer, "双页", "left"))
    for footer, name, side in sides if odd_even else sides[:1]:
        codes = "".join(each.text or "" for each in footer._element.iter(qn("w:instrText")))
        fields = [each.get(qn("w:instr")) for each in footer._element.iter(qn("w:fldSimple"))]
        if "PAGE" not in codes and not any("PAGE" in (each or "") for each in fields):
            faults.append(f"{name}没有页码")
            continue
        line = next((line for p in footer._element.iter(qn("w:p")) if (line := opened.line(p)).text), None)
        if line is None or line.text.count("—") < 2:
            faults.append(f"{name}页码两边没有一字线")
        elif any(each.size != 14 or not _SONG.search(each.face) for each in line.stretches):
            faults.append(f"{name}页码不是四号宋体")
        if line is not None and line.side not in (side, {"right": "end", "left": "start"}[side]):
            faults.append(f"{name}页码不居{'右' if side == 'right' else '左'}")
    asked = "— 1 —，四号半角宋体，单页居右、双页居左，各空一字"
    return Point("页码", asked, not faults, "；".join(faults) or "单双页都对", "在页脚中插入页码，设“奇偶页不同”")


def _foreign(lines: list[Line]) -> Point:
    known = (_FANG, _BIAO, _HEI, _KAI, _SONG)
    faces = {each.face or "（未指明）" for line in lines for each in line.stretches}
    foreign = sorted(face for face in faces if not any(pattern.search(face) for pattern in known))
    return Point(
        "字体", "只用小标宋、仿宋、黑体、楷体，页码宋体", not foreign, "、".join(foreign) or "没有别的字体",
        "选中全文，按正文、标题重新设置字体",
    )  # fmt: skip


def _colours(lines: list[Line]) -> Point:
    def wrong(line: Line) -> bool:
        mark = line.text.endswith("文件") and line.side == "center"
        return any(each.colour not in ("", "000000") and not mark for each in line.stretches)

    found = [line.text for line in lines if wrong(line)]
    return Point("颜色", "除发文机关标志和红线外都用黑色", not found, _some(found) or "都是黑色", "把这些文字改为黑色")


def _signature(lines: list[Line]) -> Point:
    """成文日期 in arabic numerals, in full, without leading zeros, below a line of its own."""
    asked = "署名在上，成文日期在下，阿拉伯数字，年月日全，月日不编虚位"
    days = [line for line in lines if _DAY.fullmatch(line.text)]
    if not days:
        chinese = next((line.text for line in lines if _CHINESE_DAY.fullmatch(line.text)), "")
        return Point("落款", asked, False, chinese or "没有单独成行的成文日期", "在署名下一行写明日期，如 2026年7月5日")
    _, month, day = _DAY.fullmatch(days[-1].text).groups()  # type: ignore[union-attr]
    faults = ["日期有虚位"] if month[0] == "0" or day[0] == "0" else []
    if days[-1].side not in ("right", "end") and days[-1].first < 4:
        faults.append("日期没有靠右")
    return Point("落款", asked, not faults, "；".join([days[-1].text, *faults]), "去掉月、日前的 0，日期靠右")


def _is_text(line: Line) -> bool:
    """A paragraph of the body: long, or ended like a sentence, and neither head nor title."""
    return len(line.text) > LONGEST_HEAD or (line.text.endswith(("。", "；")) and line.side != "center")


def _all(title: str, asked: str, lines: Iterable[Line], fits: Callable[..., bool], do: str) -> Point:
    """Whether every stretch of some lines has a look; those that have another are quoted with theirs."""
    wrong = [
        f"“{each.text.strip()[:12]}”是{each.face or '未指明的字体'} {each.size:g} 磅"
        for line in lines
        for each in line.stretches
        if each.text.strip() and not fits(each)
    ]
    more = f"等 {len(wrong)} 处" if len(wrong) > SHOWN else ""
    return Point(title, asked, not wrong, "；".join(wrong[:SHOWN]) + more or "都相符", do)


def _some(texts: list[str]) -> str:
    more = f"等 {len(texts)} 处" if len(texts) > SHOWN else ""
    return "；".join(f"“{text[:12]}”" for text in texts[:SHOWN]) + more
