"""A half-year of Party work in the demo county: meetings, decisions, displays, an inspection's problems, scores."""

from datetime import timedelta
from decimal import Decimal

from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.party.accountability import Accountability, Sanction
from tonggui.ledgers.party.activity import Activity, ActivityKind
from tonggui.ledgers.party.assessment import Assessment, AssessmentKind
from tonggui.ledgers.party.decision import Body, Decision, ItemKind
from tonggui.ledgers.party.display import Display, DisplayKind
from tonggui.ledgers.party.rectification import ProblemKind, Rectification
from tonggui.ledgers.party.study import Study
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.kinds import Photos
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import BUREAU
from tonggui.run.demo.party_public import make_publicity, make_sentiment, make_village
from tonggui.run.demo.picture import ExamplePicture

ARCHIVE = Actor.system("建立演示档案")
BRANCHES = ["道路运输事务中心", "公路事务中心", "水路事务中心", "交通运输综合行政执法大队"]
THEMES = [
    (ActivityKind.THEME_DAY, "清扫客运站周边，走访结对户"),
    (ActivityKind.COMMITTEE, "研究党员发展和支部经费"),
    (ActivityKind.GROUP_MEETING, "学习全国两会精神"),
    (ActivityKind.GENERAL_MEETING, "通报上季度支部工作"),
    (ActivityKind.LESSON, "从典型案例看执法人员的纪律底线"),
    (ActivityKind.CLEAN, "观看警示教育片"),
    (ActivityKind.CULTURE, "“交通杯”乒乓球赛"),
]
STUDIED = ["统筹发展和安全", "总体国家安全观", "意识形态工作责任制", "中央八项规定精神"]
ITEMS = [
    (ItemKind.FUNDS, "农村公路水毁修复资金安排", 1_200_000),
    (ItemKind.PROJECT, "县道X001改造工程招标方案", 18_600_000),
    (ItemKind.APPOINTMENT, "治超站站长任职人选", None),
    (ItemKind.DECISION, "全县路域环境整治实施方案", None),
    (ItemKind.FUNDS, "公交成品油价格补助拨付", 860_000),
]
PROBLEMS = [
    (1, ProblemKind.POLITICS, "落实交通强县部署缺少年度任务清单"),
    (2, ProblemKind.DISCIPLINE, "公务用车油料登记不完整"),
    (3, ProblemKind.BUSINESS, "渡口日常检查记录不全，签单发航未全部留痕"),
    (3, ProblemKind.BUSINESS, "农村公路养护资金支付进度慢"),
    (4, ProblemKind.ORGANISATION, "两个支部组织生活会查摆问题不深"),
    (5, ProblemKind.LEFT_OVER, "上轮巡察指出的超期借调问题尚未清理"),
]


def make_party(diary: Diary, units: dict[str, Unit]) -> None:
    """All of it, in the order in which one thing needs another."""
    staff = list(Person.objects.visible_to(ARCHIVE).filter(kind="staff").order_by("pk")[:12])
    _make_activities(diary, units, staff)
    _make_decisions(diary, units[BUREAU], staff)
    _make_months(diary, units[BUREAU])
    _make_displays(diary, units["办公室"], staff)
    make_sentiment(diary, units)
    make_publicity(diary, units, staff)
    _make_rectification(diary, units, staff)
    _make_assessments(diary, units, staff)
    make_village(diary, units[BUREAU], staff)


def _picture(by: Actor) -> int:
    return keep(ExamplePicture(), Study.ledger, by, Photos.types).pk


def _make_activities(diary: Diary, units: dict[str, Unit], staff: list[Person]) -> None:
    officer = diary.who("party_officer")
    for number, day in enumerate(diary.days(32)):
        bureau_wide = number % 10 == 4
        studied = STUDIED[number // 10 % len(STUDIED)]
        kind, subject = (ActivityKind.CENTRAL_GROUP, studied) if bureau_wide else THEMES[number % 7]
        unit = BUREAU if bureau_wide else BRANCHES[number % 4]
        expected = diary.count(9, 30)
        absent = diary.count(0, 2)
        activity = Activity(
            kind=kind, subject=f"{subject}（示例）", held_on=day, unit=units[unit], branch=f"{unit}党支部"[:40],
            chair=staff[number % len(staff)], expected=expected, present=expected - absent,
            absent_because=f"{absent}人值班" if absent else "", proceedings="按议程进行，形成会议记录。",
        )  # fmt: skip
        activity = diary.write(activity, officer, day)
        if diary.chance(0.9):
            diary.confirm(activity, "party_officer", "director", after(day, 2))


def _make_decisions(diary: Diary, bureau: Unit, staff: list[Person]) -> None:
    officer, director = diary.who("party_officer"), diary.who("director")
    for number, day in enumerate(diary.days(len(ITEMS) * 2)):
        kind, subject, money = ITEMS[number % len(ITEMS)]
        item = Decision(
            kind=kind, subject=f"{subject}（{number + 1}）（示例）", body=Body.PARTY_GROUP, heard_on=day, unit=bureau,
            first_leader=staff[0], item_money=money, background="主办股室已征求意见并通过合法性审查。", group_due=7,
            group_present=7,
        )  # fmt: skip
        item = diary.write(item, officer, after(day, -3))
        if number == 7:
            diary.take(item, "postpone", officer, day, "补充风险评估后再议")
            continue
        order = "\n".join(one.name for one in [*staff[1:7], staff[0]])
        votes = {"votes_for": "7", "votes_against": "0", "votes_abstained": "0"}
        item = diary.take(
            item, "resolve", officer, day, speaking_order=order, decided="原则同意，按程序实施。", **votes
        )
        if diary.chance(0.6):
            diary.take(item, "carry_out", director, after(day, 20), outcome="已按议定事项落实。")


def _make_months(diary: Diary, bureau: Unit) -> None:
    officer, director = diary.who("party_officer"), diary.who("director")
    month = diary.start.replace(day=1)
    while month <= diary.end:
        day = after(month, 33)
        study = Study(
            month=month, unit=bureau, learners=86, active_learners=diary.count(74, 86), units_ranked=42,
            mean_points=Decimal(diary.count(350, 480)) / 10, platform_rank=diary.count(2, 16),
        )  # fmt: skip
        study.screenshot = [_picture(officer)]
        study = diary.take(diary.write(study, officer, day), "submit", officer, day)
        diary.take(study, "approve", director, after(day, 1))
        month = (month + timedelta(days=32)).replace(day=1)


def _make_displays(diary: Diary, office: Unit, staff: list[Person]) -> None:
    officer = diary.who("party_officer")
    kinds = [DisplayKind.BULLETIN, DisplayKind.BILLBOARD, DisplayKind.SCREEN, DisplayKind.THEMED_STATION]
    places = ["客运总站", "城东治超站", "政务大厅", "江口渡口", "公交首末站", "公路道班"]
    for number, day in enumerate(diary.days(12)):
        kind = kinds[number % 4]
        display = Display(
            name=f"示例县{places[number % 6]}{DisplayKind(kind).label}{number + 1}", kind=kind, unit=office,
            minder=staff[number % len(staff)], content="文明出行、平安交通", updated_on=day,
            theme="红色交通" if kind == DisplayKind.THEMED_STATION else "",
        )  # fmt: skip
        display = diary.write(display, officer, day)
        if number % 2:
            diary.take(display, "look_at", officer, after(day, 9), display_verdict="内容完好，无破损、错别字")


def _make_rectification(diary: Diary, units: dict[str, Unit], staff: list[Person]) -> None:
    officer, clerk, director = diary.who("party_officer"), diary.who("clerk"), diary.who("director")
    fed_back = after(diary.start, -60)
    for number, (opinion, kind, content) in enumerate(PROBLEMS * 2):
        item = Rectification(
            inspected_by="县委第二巡察组（示例）", feedback_no="示巡反〔2026〕2号", fed_back_on=fed_back,
            opinion_no=opinion, source_opinion=f"反馈意见第{opinion}条（示例）", kind=kind, unit=units[BUREAU],
            content=content if number < len(PROBLEMS) else f"{content}（自查）", owner=units[BRANCHES[number % 4]],
            root_cause="制度有了，检查和考核没有跟上", measures="修订制度，按月抽查并通报", leader=staff[number % 6],
        )  # fmt: skip
        item = diary.write(item, officer, after(fed_back, 10))
        if number == 11:
            continue
        item = diary.take(item, "set_measures", officer, after(fed_back, 15))
        if number % 4 == 3:
            continue
        proof = {"evidence_files": [_picture(clerk)], "progress": "制度已印发，抽查两次未再发现"}
        item = diary.take(item, "fix", clerk, after(fed_back, 90 + 4 * number), **proof)
        if number % 4 != 2:
            diary.take(item, "accept", director, after(fed_back, 100 + 4 * number))


def _make_assessments(diary: Diary, units: dict[str, Unit], staff: list[Person]) -> None:
    officer, director = diary.who("party_officer"), diary.who("director")
    blame = Accountability(
        proposed_on=after(diary.start, 40), blamed_unit=units[BRANCHES[2]], blamed_person=staff[5],
        blame_matter="对督办隐患整改不力，两次逾期（示例）", sanction=Sanction.ADMONITION, unit=units[BUREAU],
        censure_clause="中国共产党问责条例第七条",
    )  # fmt: skip
    blame = diary.write(blame, officer, after(diary.start, 40))
    decided = after(diary.start, 60)
    diary.take(
        blame, "impose", director, decided, statement="认识到位，无异议", censure_no="示交党〔2026〕8号",
        blamed_on=decided.isoformat(),
    )  # fmt: skip
    for number, name in enumerate(BRANCHES * 2):
        kind = AssessmentKind.STUDY if number < 4 else AssessmentKind.IDEOLOGY
        held = after(diary.end, -12 + number)
        score = Assessment(
            kind=kind, scored_year=held.year, scored_unit=units[name], scored_on=held, unit=units[BUREAU],
            report_points=Decimal(diary.count(70, 96)), review_points=Decimal(diary.count(68, 93)),
            exam_points=Decimal(diary.count(60, 88)),
        )  # fmt: skip
        diary.confirm(diary.write(score, officer, held), "party_officer", "director", after(held, 2))
