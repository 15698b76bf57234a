"""The demo county's desk: meetings, promises and what became of them, the list to strike off, documents, posts."""

from datetime import date, timedelta
from typing import Any

from tonggui.ledgers.office.document import Document, DocumentKind
from tonggui.ledgers.office.meeting import Meeting, MeetingKind
from tonggui.ledgers.office.open_item import Matter, OpenItem
from tonggui.ledgers.office.post import Post, PostKind
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.safety.campaign import Campaign
from tonggui.register.attachments import keep
from tonggui.register.kinds import Files
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import BUREAU
from tonggui.run.demo.picture import ExamplePicture
from tonggui.run.demo.promises import make_next_tasks, make_tasks

ITEMS = [
    (Matter.UPKEEP, "公路事务中心", "石湖乡道边沟堵塞清理"),
    (Matter.SAFETY, "安全应急股", "江口渡口夜间照明修复"),
    (Matter.WORKS, "建设养护股", "改线工程拆迁户签约"),
    (Matter.TRANSPORT, "道路运输事务中心", "城乡公交末班车晚点整改"),
    (Matter.ENFORCEMENT, "交通运输综合行政执法大队", "龙山岔路绕行车辆布控"),
    (Matter.MANAGEMENT, "办公室", "值班室电话录音设备更换"),
]
DOCUMENTS = [
    ("农村公路路长制实施方案（草案）", DocumentKind.SCHEME, "waiting"),
    ("农村公路管理养护体制改革方案（草案）", DocumentKind.SCHEME, "waiting"),
    ("最美农村路评选活动方案", DocumentKind.SCHEME, "consulting"),
    ("防汛备汛工作方案", DocumentKind.SCHEME, "issued"),
    ("公路精细化管理实施方案", DocumentKind.SCHEME, "issued"),
    ("安全生产例会制度", DocumentKind.RULE, "issued"),
    ("综合交通运输发展规划", DocumentKind.PLANNING, "deliberating"),
    ("关于做好清明期间运输保障的通知", DocumentKind.NOTICE, "issued"),
    ("关于转发酒驾典型案例的通报", DocumentKind.CIRCULAR, "issued"),
    ("关于申请危桥改造补助资金的请示", DocumentKind.REPORT, "drafting"),
]


def make_desk(diary: Diary, as_of: date) -> None:
    """All of the desk; people, firms and campaigns of the county exist already."""
    units = {unit.name: unit for unit in Unit._base_manager.all()}
    staff = {name: list(Person._base_manager.filter(unit=unit, kind="staff")) for name, unit in units.items()}
    meetings = make_meetings(diary, units[BUREAU], staff[BUREAU])
    make_tasks(diary, units, staff, as_of)
    make_next_tasks(diary, units, staff, as_of)
    make_items(diary, units, staff, meetings)
    make_documents(diary, units[BUREAU], staff["办公室"], meetings)
    make_posts(diary, units)


def attached(diary: Diary, bound: Any) -> list[int]:
    """The example picture, as an attachment of a ledger."""
    return [keep(ExamplePicture(), bound, diary.who("clerk"), Files.types).pk]


def make_meetings(diary: Diary, bureau: Unit, leaders: list[Person]) -> list[Meeting]:
    """A safety meeting each month but one, an analysis each quarter, Party group, dispatch and campaign meetings."""
    plan = [(MeetingKind.SAFETY, f"{n + 1}月安全生产例会", 30 * n + 5) for n in (0, 1, 2, 4, 5)]
    plan += [(MeetingKind.ANALYSIS, f"第{n}季度安全形势分析会", 90 * i + 80) for i, n in enumerate("一二")]
    plan += [(MeetingKind.PARTY_GROUP, f"局党组第{n + 1}次会议", 25 * n + 9) for n in range(6)]
    plan += [(MeetingKind.DISPATCH, f"重点工作第{n + 1}次调度会", 40 * n + 16) for n in range(4)]
    campaigns = list(Campaign._base_manager.exclude(state="dropped"))
    plan += [(MeetingKind.CAMPAIGN, f"{one.name}推进会", 50 + 12 * n) for n, one in enumerate(campaigns)]
    made = []
    for kind, name, days in sorted(plan, key=lambda one: one[2]):
        day, absent = after(diary.start, days), diary.count(0, 2)
        expected = diary.count(12, 26)
        meeting = Meeting(
            name=f"{name}（示例）",
            kind=kind,
            held_on=day,
            room="局三楼会议室",
            chair=diary.one_of(leaders),
            campaign=campaigns[(days - 50) // 12] if kind == MeetingKind.CAMPAIGN else None,
            expected=expected,
            present=expected - absent,
            absences="因公出差" if absent else "",
            agenda="通报上期工作，研究部署下期任务",
            studied="上级关于安全生产工作的部署" if kind in (MeetingKind.SAFETY, MeetingKind.PARTY_GROUP) else "",
            decided="各责任单位按期完成，下次会议通报",
            unit=bureau,
        )
        meeting = diary.write(meeting, diary.who("clerk"), day)
        made.append(diary.confirm(meeting, "clerk", "director", day + timedelta(days=2)))
    return made


def make_items(diary: Diary, units: dict[str, Unit], staff: dict[str, list[Person]], meetings: list[Meeting]) -> None:
    """What the first dispatch meetings listed: most struck off by somebody else, some waiting, one rolled on."""
    dispatches = [meeting for meeting in meetings if meeting.kind == MeetingKind.DISPATCH]
    clerk, writer, director = diary.who("clerk"), diary.who("writer"), diary.who("director")
    for n, (kind, unit, content) in enumerate(ITEMS * 2):
        meeting = dispatches[n % 3]
        item = OpenItem(
            item_kind=kind,
            content=content if n < len(ITEMS) else f"{content}（第二批）",
            meeting=meeting,
            put_on=meeting.held_on,
            owner=units[unit],
            person=diary.one_of(staff[unit]),
            due_on=after(meeting.held_on, 25),
            unit=units[unit],
        )
        item = diary.write(item, writer, meeting.held_on)
        if n % 6 == 5:
            later = {"meeting": dispatches[-1].number, "due_on": f"{after(dispatches[-1].held_on, 25)}"}
            diary.take(item, "roll", director, dispatches[-1].held_on, "材料未到位", **later)
        elif n % 6 != 4:
            day = after(meeting.held_on, diary.count(8, 32))
            proof = attached(diary, item.ledger)
            item = diary.take(item, "claim", clerk, day, done_note="已完成", evidence_files=proof)
            if n % 6 != 3:
                diary.take(item, "accept", writer, after(day, 2))


def make_documents(diary: Diary, bureau: Unit, drafters: list[Person], meetings: list[Meeting]) -> None:
    """Ten documents: half of them issued with their number, three waiting or asked about, one still drafted."""
    clerk, director = diary.who("clerk"), diary.who("director")
    for n, (name, kind, state) in enumerate(DOCUMENTS):
        day = after(diary.start, 12 + 14 * n)
        document = Document(
            name=f"{name}（示例）", kind=kind, drafter=diary.one_of(drafters), drafted_on=day, unit=bureau
        )
        if kind == DocumentKind.CIRCULAR:
            document.forwards, document.source_no = True, f"示市交发〔{day.year}〕6号"
        document = diary.write(document, clerk, day)
        if state == "waiting":
            diary.take(document, "wait", clerk, after(day, 9), awaited="市级同名文件")
        elif state == "consulting":
            until = f"{after(day, 24)}"
            diary.take(document, "consult", clerk, after(day, 9), consulted="各乡镇（街道）", consult_until=until)
        elif state == "deliberating":
            diary.take(document, "put_forward", clerk, after(day, 15))
        elif state == "issued":
            issued = after(day, 18)
            passed = next((one for one in reversed(meetings) if one.held_on <= issued), meetings[0])
            text = attached(diary, document.ledger)
            diary.take(document, "issue", director, issued, files=text, passed_by=passed.number, sent_to="各单位")


def make_posts(diary: Diary, units: dict[str, Unit]) -> None:
    """The posts of each unit by kind, most of them with some empty."""
    clerk = diary.who("clerk")
    for name, unit in units.items():
        kind = PostKind.CIVIL if unit.kind in ("bureau", "section") else PostKind.FULL
        kind = PostKind.ENFORCEMENT if "执法" in name or "治超" in name else kind
        authorised = diary.count(4, 12) if unit.kind in ("section", "station") else diary.count(15, 45)
        filled = authorised - diary.count(0, 3)
        post = Post(
            post_unit=unit,
            kind=kind,
            authorised=authorised,
            filled=filled,
            seconded_out=diary.count(0, 1),
            retiring=diary.count(0, 2),
            order_no="示编发〔2024〕3号（示例）",
            authorised_on=after(diary.start, -300),
            posts_counted_on=diary.end,
            unit=unit,
        )
        diary.confirm(diary.write(post, clerk, diary.end), "clerk", "director", after(diary.end, 1))
