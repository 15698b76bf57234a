"""What the demo county was asked, and asked itself: proposals, complaints of citizens, its own difficulties."""

from datetime import date, timedelta

from tonggui.ledgers.office.complaint import Complaint, ComplaintKind
from tonggui.ledgers.office.complaint_clocks import Avenue
from tonggui.ledgers.office.difficulty import Difficulty, Field
from tonggui.ledgers.office.proposal import Proposal
from tonggui.ledgers.office.proposal_kinds import Outcome, ProposalKind, Topic
from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import BUREAU, COUNTY, person

PROPOSALS = [
    (ProposalKind.SUGGESTION, "关于加密石湖乡公交班次的建议", Topic.BUS, "completed", Outcome.A),
    (ProposalKind.SUGGESTION, "关于整治江口镇占道摆摊的建议", Topic.UPKEEP, "completed", Outcome.A),
    (ProposalKind.SUGGESTION, "关于龙山乡断头路打通的建议", Topic.ROADS, "completed", Outcome.B),
    (ProposalKind.MOTION, "关于完善渡口安全设施的议案", Topic.WATER, "replied", Outcome.B),
    (ProposalKind.PROPOSAL, "关于增设校园周边公交站的提案", Topic.BUS, "again", Outcome.C),
    (ProposalKind.PROPOSAL, "关于加强货车超载治理的提案", Topic.SAFETY, "completed", Outcome.A),
    (ProposalKind.PROPOSAL, "关于通组路硬化的提案", Topic.ROADS, "doing", None),
    (ProposalKind.PROPOSAL, "关于城区停车换乘的提案", Topic.OTHER, "received", None),
]
CALLS = [
    (Avenue.HOTLINE, ComplaintKind.SERVICE, "城乡公交司机中途甩客"),
    (Avenue.HOTLINE, ComplaintKind.LINE, "石湖方向末班车提前收车"),
    (Avenue.CITY_LINE, ComplaintKind.ROAD, "县道路面坑槽多，夜间行车危险"),
    (Avenue.IN_PUBLIC, ComplaintKind.ROAD, "乡道护栏缺失何时修复"),
    (Avenue.FORUM, ComplaintKind.ILLEGAL, "车站门口黑车揽客"),
    (Avenue.PETITION, ComplaintKind.OTHER, "客运班线经营权到期后的安置"),
    (Avenue.HOTLINE, ComplaintKind.REFUSAL, "出租汽车拒载"),
    (Avenue.VISIT, ComplaintKind.DANGER, "渡口坡道湿滑无防护"),
    (Avenue.HOTLINE, ComplaintKind.QUESTION, "从业资格证换证需要什么材料"),
]
DIFFICULTIES = [
    (
        Field.ORGANISATION,
        "公路事务中心与上级单位平级，职责边界不清",
        "涉及3个事项多头管理",
        3,
        "项",
        None,
        "明确公路养护、执法和应急处置的职责分工",
    ),
    (Field.MONEY, "农村公路水毁修复资金不足", "待修复水毁41处", 41, "处", 2_860_000, "将水毁修复资金列入年度预算"),
    (Field.MARKET, "偏远客运班线客流少、补贴不到位", "5条班线亏损", 5, "条", 640_000, "足额安排农村客运补贴资金"),
    (
        Field.EQUIPMENT,
        "船舶污染物接收缺少趸船和吸油污船",
        "6处码头只能由陆上车辆接收",
        6,
        "处",
        3_200_000,
        "支持购置趸船和吸油污船",
    ),
]


def make_answers(diary: Diary, as_of: date) -> None:
    """Proposals, complaints and difficulties; units and people of the county exist already."""
    units = {unit.name: unit for unit in Unit._base_manager.all()}
    make_proposals(diary, units)
    make_complaints(diary, units["道路运输事务中心"], as_of)
    make_difficulties(diary, units[BUREAU])


def make_proposals(diary: Diary, units: dict[str, Unit]) -> None:
    """Eight proposals of the spring sessions: five settled, one to be answered again, one under way, one new."""
    clerk, writer, director = diary.who("clerk"), diary.who("writer"), diary.who("director")
    owner = units["运输管理股"]
    handler = Person._base_manager.filter(unit=owner).first()
    for n, (kind, name, topic, fate, outcome) in enumerate(PROPOSALS):
        received = after(diary.start, 40 + 3 * n)
        proposal = Proposal(
            kind=kind,
            proposal_no=f"示例第{n + 11:03}号",
            name=f"{name}（示例）",
            session=f"{COUNTY}两会",
            movers=f"{person(diary.random)}（示例）",
            cosigners=diary.count(0, 6),
            topic=topic,
            received_on=received,
            complex_one=topic == Topic.ROADS,
            unit=owner,
        )
        proposal = diary.write(proposal, clerk, received)
        if fate == "received":
            continue
        proposal = diary.take(
            proposal, "share_out", writer, after(received, 4), owner=owner.name, person=handler.number
        )
        met = after(received, diary.count(20, 50))
        proposal = diary.take(
            proposal, "contact", clerk, met, contacted_on=f"{met}", contact_notes="上门听取意见，逐条对接"
        )
        if fate == "doing":
            continue
        day = after(met, diary.count(10, 25))
        proposal = diary.take(
            proposal,
            "reply",
            director,
            day,
            answer="已研究办理，有关措施正在落实。",
            outcome_class=outcome,
            answered_on=f"{day}",
        )
        judged = after(day, 12)
        if fate == "again":
            said = {"verdict_on": f"{judged}", "verdict_note": "具体时间不明确"}
            diary.take(proposal, "handle_again", clerk, judged, **said)
        elif fate == "completed":
            verdict = "satisfied" if n % 3 else "fairly"
            diary.take(proposal, "finish", clerk, judged, member_verdict=verdict, verdict_on=f"{judged}")


def make_complaints(diary: Diary, unit: Unit, as_of: date) -> None:
    """Two dozen calls, posts and letters over the half-year, some answered late, the last ones open."""
    firms = list(Enterprise._base_manager.filter(business__in=("passenger", "bus", "taxi"))) or [None]
    handler = Person._base_manager.filter(unit=unit).first()
    for n, received in enumerate(diary.days(24)):
        avenue, kind, content = CALLS[n % len(CALLS)]
        clerk = diary.who("clerk")
        about_firm = kind in (ComplaintKind.SERVICE, ComplaintKind.LINE, ComplaintKind.REFUSAL)
        complaint = Complaint(
            avenue=avenue,
            kind=kind,
            order_ref=f"示例{received:%m%d}{n:02}",
            received_on=received,
            content=f"示例：{content}",
            enterprise=diary.one_of(firms) if about_firm else None,
            line_name="城关至石湖" if about_firm else "",
            complainant=f"{person(diary.random)}（示例）",
            phone="13900009999",
            unit=unit,
        )
        complaint = diary.write(complaint, clerk, received)
        if n > 21:
            continue
        complaint = diary.take(complaint, "take_in", clerk, received, accepted_on=f"{received}", person=handler.number)
        day = min(received + timedelta(days=diary.count(2, 9)), as_of)
        if n > 19:
            continue
        complaint = diary.take(
            complaint, "answer_it", clerk, day, verification="已核实", answer="已督促整改并回告", answered_on=f"{day}"
        )
        if n % 7:
            verdict = "dissatisfied" if n % 5 == 0 else "satisfied"
            diary.take(complaint, "finish", clerk, after(day, 2), asker_verdict=verdict)


def make_difficulties(diary: Diary, bureau: Unit) -> None:
    """Four difficulties with their figures: one answered, one still to be raised, two waiting."""
    clerk = diary.who("clerk")
    for n, (kind, content, impact, affected, unit, money, ask) in enumerate(DIFFICULTIES):
        day = after(diary.start, 100 + 15 * n)
        row = Difficulty(
            difficulty_field=kind,
            gathered_on=day,
            content=f"{content}（示例）",
            impact=impact,
            affected=affected,
            affected_in=unit,
            gap_money=money,
            figures_from="本系统台账统计",
            unit=bureau,
        )
        row = diary.write(row, clerk, day)
        if n == 3:
            continue
        raised = after(day, 10)
        asked = {"ask": ask, "asked_of": f"{COUNTY}人民政府", "put_up_on": f"{raised}"}
        row = diary.take(row, "put_it_up", clerk, raised, **asked)
        if n == 1:
            replied = after(raised, 20)
            diary.take(row, "answer_it", clerk, replied, answer="列入预算调整", answered_on=f"{replied}")
