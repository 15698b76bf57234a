"""Explanations: a frame line by line, for a reader's eye, from the same declarations that decode it.

Offsets count bytes of the unescaped frame from its head's first byte, as the tables of standards do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tonggui.wire import inspect as seen_as
from tonggui.wire.cursor import Cursor, Short
from tonggui.wire.groups import COUNT_WRONG, ITEMS_BROKEN, ITEMS_INCOMPLETE, Repeat, Tlv
from tonggui.wire.inspect import Inspection, inspect
from tonggui.wire.kinds import Field, by_edition, year_of
from tonggui.wire.layout import BODY_INCOMPLETE, Layout, Read

if TYPE_CHECKING:
    from tonggui.wire.protocol import Protocol

Basis = str | Mapping[int, str]
"""Standard and clause, which may differ by edition."""

UNITS = {"deg": "°"}
PROBLEMS = {
    seen_as.INCOMPLETE_FRAME: "帧不完整：没有以 7E 开头并以 7E 结尾。",
    seen_as.SHORT_HEADER: "消息头不完整：字节数不足以读出消息头。",
    seen_as.CHECKSUM: "校验码不符：按内容应为 {expected_checksum}，帧中为 {actual_checksum}；以下内容可能已损坏。",
    seen_as.BODY_LENGTH: "消息体长度不符：消息头声明 {declared_body_length} 字节，实有 {actual_body_length} 字节。",
    BODY_INCOMPLETE: "消息体不完整：在“{field}”处截断。",
    ITEMS_BROKEN: "附加信息项的长度与剩余字节不符，其后的字节无法读取。",
    ITEMS_INCOMPLETE: "附加信息没有读到末尾：剩余字节可能是厂商自定义的格式。",
    COUNT_WRONG: "数据项个数与实有的项数不符。",
}


@dataclass(frozen=True)
class Line:
    """One line: where it stands, its bytes, what it is called, what it says. `level` is how deep it stands in a group.

    `value` is text for the reader, without its `unit`; `reading` says how an unclear clause was read; `fault` marks a
    line whose bytes could not be read.
    """

    offset: int
    hex: str
    name: str
    title: str
    value: str = ""
    unit: str = ""
    basis: str = ""
    reading: str = ""
    level: int = 0
    fault: bool = False


@dataclass(frozen=True)
class Explanation:
    """A frame explained: what it is, the year of its edition, what is wrong in full sentences, and its lines."""

    title: str
    edition: str
    problems: tuple[str, ...]
    lines: tuple[Line, ...]


def explain(protocol: "Protocol", frame: bytes) -> Explanation:
    """Explain one frame, good or broken. Never raises."""
    seen = inspect(protocol, frame)
    edition = seen.head_layout
    clean, check = seen.inner.clean, seen.inner.check
    start = len(clean) - len(seen.body)
    lines = list(table_lines(seen.head_table, clean[:start], 0, protocol.head.basis, edition))
    lines += body_lines(seen, start)
    if check is not None:
        wrong = seen.error == seen_as.CHECKSUM
        value = f"应为 {seen.details['expected_checksum']}" if wrong else "正确"
        lines.append(Line(len(clean), f"{check:02x}", "checksum", "校验码", value, fault=wrong))
    title = f"{protocol.name} {seen.message.title}" if seen.message else f"{protocol.name} 未知消息"
    return Explanation(title, seen.edition[:4], tuple(problems(seen, lines)), tuple(lines))


def body_lines(seen: Inspection, start: int) -> list[Line]:
    """Lines of the body: its table, of a damaged frame as far as it goes, or its bytes and why they are not read."""
    message = seen.message
    if message is not None and not seen.encrypted and seen.parts[0] <= 1 and (seen.body or not seen.error):
        edition = seen.edition or message.edition_of(seen.head_layout, seen.body)
        return list(table_lines(message.layout(edition), seen.body, start, message.basis, edition))
    if not seen.body:
        return []
    if seen.parts[0]:
        why = f"第 {seen.parts[1]} 包，共 {seen.parts[0]} 包：合包后才能解析"
    elif seen.encrypted:
        why = "已加密，不解析"
    else:
        why = "未知消息，按原始字节保留"
    return [Line(start, seen.body.hex(), "body", "消息体", why)]


def problems(seen: Inspection, lines: list[Line]) -> Iterator[str]:
    """What is wrong, each a sentence."""
    if seen.error:
        yield PROBLEMS[seen.error].format(**seen.details)
    if seen.head.whole and seen.message is None:
        yield f"未知消息 0x{seen.head.values['message_id']:04X}：没有它的定义，消息体按原始字节保留。"
    if seen.read:
        yield from problems_of(seen.read, next((line.title for line in lines if line.fault), ""))
    if seen.inner.lone_escape:
        yield "有未按规定转义的 7D，按原样读取。"
    if seen.inner.junk:
        yield f"帧外还有 {len(seen.inner.junk)} 字节，未解析。"


def problems_of(read: Read, cut: str) -> Iterator[str]:
    """What is wrong with a body, its members included; `cut` is the title of the line that lacks bytes."""
    for problem in read.problems:
        if problem != ITEMS_INCOMPLETE or ITEMS_BROKEN not in read.problems:
            yield PROBLEMS[problem].format(field=cut)
    if read.trailing:
        yield f"末尾多出 {len(read.trailing)} 字节。"
    for group in read.values.values():
        members = group if isinstance(group, list) else []
        for number, member in enumerate(members, 1):
            if isinstance(member, Read):
                yield from (f"第 {number} 项：{problem}" for problem in problems_of(member, cut))


def table_lines(layout: Layout, data: bytes, base: int, basis: Basis, edition: str, level: int = 0) -> Iterator[Line]:
    """The lines of a table over `data`, which starts at offset `base` of the frame; the last one may be a fault."""
    cursor, values = Cursor.over(data), dict[str, Any]()
    try:
        for line, begin, end in layout.walk(cursor, values):
            piece = data[begin:end]
            yield line_of(line, base + begin, piece, values[line.name], basis, edition, level)
            if isinstance(line, Tlv):
                yield from item_lines(line, piece, base + begin, edition, basis, level + 1)
            elif isinstance(line, Repeat):
                yield from member_lines(line, piece, base + begin, edition, level + 1)
    except Short:
        cut = next(line for line in layout.fields if line.name not in values and not line.optional)
        rest = data[cursor.at :]
        yield Line(
            base + cursor.at,
            rest.hex(),
            cut.name,
            cut.title,
            "字节不足",
            basis=by_edition(basis, edition),
            level=level,
            fault=True,
        )
        return
    if cursor.left:
        yield Line(base + cursor.at, cursor.rest().hex(), "trailing", "多余字节", level=level)


def line_of(line: Field, offset: int, piece: bytes, value: object, basis: Basis, edition: str, level: int) -> Line:
    """One field as a line. A group shows how many it has; its members follow."""
    return Line(
        offset,
        "" if isinstance(line, Tlv | Repeat) else piece.hex(),
        line.name,
        line.title,
        f"{len(value)} 项" if isinstance(value, list) else line.show(value, edition),
        UNITS.get(line.unit, line.unit),
        line.basis or by_edition(basis, edition),
        line.reading,
        level,
    )


def item_lines(tail: Tlv, data: bytes, base: int, edition: str, basis: Basis, level: int) -> Iterator[Line]:
    """The items of a tail, each with its key and length; what could not be read comes last, as a fault.

    An item of a later edition than the frame's head cites the edition that brought it.
    """
    at, head = 0, tail.key.bytes_ + tail.length.bytes_
    for item in tail.read(Cursor.over(data), {}, edition):
        size = head + len(item.raw)
        key = f"0x{item.key:0{2 * tail.key.bytes_}X}"
        known = tail.of.get(item.key)
        piece = data[at : at + size].hex()
        if known is None or item.values is None:
            title = f"{key} {known.title}" if known else f"{key} 自定义或未知项"
            why = f"长度 {len(item.raw)} 与标准不符，按原始字节保留" if known else "按原始字节保留"
            yield Line(base + at, piece, key, title, why, level=level)
            at += size
            continue
        title, brought = f"{key} {known.title}", str(max(known.since or 0, year_of(edition)))
        clause = known.basis or by_edition(basis, brought)
        if len(known.fields) == 1:
            only = known.fields[0]
            shown = only.show(item.values[only.name], edition) if only.name in item.values else ""
            unit, reading = UNITS.get(only.unit, only.unit), known.reading or only.reading
            yield Line(base + at, piece, only.name, title, shown, unit, clause, reading, level)
        else:
            yield Line(base + at, piece[: 2 * head], key, title, basis=clause, reading=known.reading, level=level)
            inner = Layout(edition, known.fields)
            yield from table_lines(inner, item.raw, base + at + head, clause, edition, level + 1)
        at += size
    if at < len(data):
        yield Line(base + at, data[at:].hex(), "unread", "未能读取的附加信息", "长度不符", level=level, fault=True)


def member_lines(group: Repeat, data: bytes, base: int, edition: str, level: int) -> Iterator[Line]:
    """The members of a repeated group: the length of each, then its table."""
    cursor, layout, number = Cursor.over(data), group.member_in(edition), 0
    while cursor.left >= group.length.bytes_:
        begin, number = cursor.at, number + 1
        size = cursor.number(group.length.bytes_)
        head = data[begin : cursor.at].hex()
        name, title = f"{group.name}[{number}]", f"第 {number} 项"
        yield Line(base + begin, head, name, title, str(size), "字节", level=level)
        at = cursor.at
        yield from table_lines(
            layout, cursor.take(min(size, cursor.left)), base + at, group.of.basis, edition, level + 1
        )
