"""Who answers for safety in the demo county: campaigns, criteria, graded risks, letters, posts, listed hazards."""

from datetime import date, timedelta

from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.safety.campaign import Campaign, CampaignKind
from tonggui.ledgers.safety.criterion import Criterion
from tonggui.ledgers.safety.domains import Domain
from tonggui.ledgers.safety.extension import Extension, Reason
from tonggui.ledgers.safety.hazard import Grade, Hazard
from tonggui.ledgers.safety.letter import Letter
from tonggui.ledgers.safety.listing import Listing
from tonggui.ledgers.safety.responsibility import Part, Responsibility
from tonggui.ledgers.safety.risk import Holder, Method, Risk
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.kinds import Choices, Files, Photos
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import BUREAU
from tonggui.run.demo.picture import ExamplePicture

# Name, kind, domains, first and last day after the period's start, goal.
CAMPAIGNS = [
    (
        "春运安全保障（示例）",
        CampaignKind.SEASON,
        "road station",
        4,
        44,
        "不发生较大及以上责任事故，旅客不滞留",
        "投放应急运力，对客运站场和客车逐一检查，旅客安全有序出行。",
    ),
    (
        "道路运输安全整治百日行动（示例）",
        CampaignKind.RECTIFICATION,
        "road station",
        60,
        160,
        "企业检查全覆盖，重大隐患清零",
        "对客货运输企业逐户检查，发现的问题建立清单、限期整改。",
    ),
    (
        "汛期安全专项检查（示例）",
        CampaignKind.INSPECTION,
        "water upkeep works",
        90,
        240,
        "临水临崖路段和渡口逐处排查",
        "对临水临崖路段、在建工地和渡口逐处排查，险情点设置警示并落实专人值守。",
    ),
    (
        "打非治违专项行动（示例）",
        CampaignKind.CRACKDOWN,
        "road",
        30,
        330,
        "非法营运举报件件核查",
        "受理的非法营运举报逐件核查，查实的依法处理。",
    ),
    (
        "安全生产月（示例）",
        CampaignKind.PUBLICITY,
        "road water upkeep works station",
        151,
        180,
        "宣传咨询、应急演练、警示教育",
        "组织宣传咨询、应急演练和警示教育，向司乘人员讲解安全常识。",
    ),
]
CRITERIA = [
    ("第三条第一项", Domain.ROAD, "未取得经营许可或者超越许可事项、有效期从事经营的"),
    ("第三条第二项", Domain.ROAD, "使用报废、擅自改装、拼装、检验不合格的车辆从事经营的"),
    ("第四条第一项", Domain.ROAD, "八百公里及以上客运班线未开展安全风险评估的"),
    ("第六条第二项", Domain.ROAD, "常压罐车装载介质与许可介质不符或者超过核定质量的"),
]
RISKS = [
    (Domain.ROAD, "长途客车夜间行驶", "疲劳驾驶引发碰撞", "people management", "3", "6", "15"),
    (Domain.ROAD, "危货车辆罐体装卸", "泄漏、燃爆", "things people", "1", "6", "40"),
    (Domain.ROAD, "农村客运临水临崖路段", "驶出路外坠水", "surroundings people", "3", "6", "15"),
    (Domain.WATER, "渡口赶集日渡运", "超载倾覆", "people management", "3", "3", "40"),
    (Domain.UPKEEP, "桥梁上部结构", "主梁开裂失稳", "things", "0.5", "10", "40"),
    (Domain.UPKEEP, "公路边坡", "强降雨滑塌阻断交通", "surroundings", "6", "2", "7"),
    (Domain.WORKS, "桩基与深基坑", "坍塌伤人", "things surroundings", "1", "6", "15"),
    (Domain.WORKS, "起重吊装", "物体打击", "people things", "1", "6", "7"),
    (Domain.STATION, "候车厅高峰客流", "踩踏", "management surroundings", "0.5", "3", "15"),
    (Domain.STATION, "充电停车区", "车辆起火", "things", "1", "6", "7"),
    (Domain.STATION, "安检通道", "违禁品进站", "people", "1", "6", "3"),
]  # fmt: skip


def make_campaigns(diary: Diary, units: dict[str, Unit], people: list[Person], today: date) -> list[Campaign]:
    """The campaigns of the year, the earlier ones concluded."""
    found = []
    for name, kind, domains, first, last, goals, words in CAMPAIGNS:
        starts_on, ends_on = diary.start + timedelta(days=first), diary.start + timedelta(days=last)
        one = Campaign(
            name=name,
            kind=kind,
            domains=Choices.stored(domains.split()),
            unit=units["安全应急股"],
            leader=people[1],
            order_no=f"示交安〔{starts_on.year}〕{diary.count(3, 60)}号",
            starts_on=starts_on,
            ends_on=ends_on,
            goals=goals,
        )
        officer = diary.who("safety_officer")
        one = diary.write(one, officer, starts_on - timedelta(days=6))
        plan = keep(ExamplePicture(), one.ledger, officer, Files.types)
        one = diary.take(one, "launch", officer, starts_on, plan=[plan.pk])
        if ends_on < today - timedelta(days=5):
            one = diary.take(one, "conclude", officer, ends_on + timedelta(days=4), summary=words)
        found.append(one)
    return found


def make_criteria(diary: Diary, founded: date) -> list[Criterion]:
    """Items of the list for road transport."""
    name = "道路运输企业和城市客运企业安全生产重大事故隐患判定标准（试行）"
    rows = [
        Criterion(
            name=name,
            document_no="交办运〔2023〕52号",
            item=item,
            domain=domain,
            content=content,
            in_force_from=date(2023, 10, 1),
        )
        for item, domain, content in CRITERIA
    ]
    return diary.write_all(Criterion, rows, Actor.system("建立演示标准"), founded)


def make_risks(diary: Diary, units: dict[str, Unit], people: list[Person]) -> None:
    """The county's graded risks, checked by a second person."""
    for domain, point, event, causes, likelihood, exposure, consequence in RISKS:
        day = diary.day()
        risk = Risk(
            domain=domain,
            point=f"{point}（示例）",
            event=event,
            causes=Choices.stored(causes.split()),
            method=Method.LEC,
            likelihood=likelihood,
            exposure=exposure,
            consequence=consequence,
            management="岗前提示、专人巡查、异常停运并报告",
            emergency="按专项预案处置，先救人后报告",
            holder=diary.one_of([Holder.BUREAU, Holder.UNIT]),
            leader=diary.one_of(people[:6]),
            assessed_on=day,
            unit=units["安全应急股"],
        )
        risk = diary.write(risk, diary.who("safety_officer"), day)
        if diary.chance(0.9):
            diary.confirm(risk, "safety_officer", "director", after(day, 2))


def make_posts(diary: Diary, units: dict[str, Unit], people: list[Person], founded: date) -> None:
    """Who answers for which domain of the bureau; one domain still lacks its section head."""
    bureau, writer = units[BUREAU], Actor.system("建立演示责任矩阵")
    rows = []
    for place, domain in enumerate(Domain):
        parts = [(Part.FIRST, people[0]), (Part.SAFETY, people[1]), (Part.BUSINESS, people[2 + place % 2])]
        parts += [(Part.SECTION, people[6 + place])] if domain != Domain.STATION else []
        rows += [
            Responsibility(
                unit=bureau,
                leader=leader,
                part=part,
                domain=domain,
                duties=f"{domain.label}领域{part.label.partition('（')[0]}责任",
                basis="示交发〔2026〕1号",
                since=founded,
            )
            for part, leader in parts
        ]
    diary.write_all(Responsibility, rows, writer, founded)


def make_letters(diary: Diary, units: dict[str, Unit], firms: list[Enterprise], people: list[Person]) -> None:
    """The year's letters: the bureau with its units, each of them with firms; some are not signed yet."""
    year, signed_on = diary.start.year, diary.start + timedelta(days=40)
    first = _letter(diary, units[BUREAU], people[0], None, year, signed_on, taken_by_unit=units[BUREAU])
    for name, unit in units.items():
        if name != BUREAU and diary.chance(0.9):
            head = next((one for one in people if one.unit_id == unit.pk), people[1])
            _letter(diary, units[BUREAU], head, first, year, after(signed_on, diary.count(2, 20)), taken_by_unit=unit)
    for firm in firms[:18]:
        head = next((one for one in people if one.enterprise_id == firm.pk), people[2])
        day = after(signed_on, diary.count(10, 50))
        _letter(diary, units["道路运输事务中心"], head, first, year, day, enterprise=firm, signs=diary.chance(0.85))


def _letter(
    diary: Diary,
    unit: Unit,
    head: Person,
    above: Letter | None,
    year: int,
    day: date,
    signs: bool = True,
    **taker: object,
) -> Letter:
    officer = diary.who("safety_officer")
    letter = Letter(
        letter_year=year,
        above=above,
        unit=unit,
        taken_by=head,
        targets="不发生一般及以上责任事故；隐患整改率达标",
        veto="发生较大及以上责任事故",
        **taker,
    )
    letter = diary.write(letter, officer, after(day, -4))
    if signs:
        scan = keep(ExamplePicture(), letter.ledger, officer, Photos.types)
        letter = diary.take(letter, "sign", officer, day, signed_on=day.isoformat(), file=[scan.pk])
    return letter


def make_listings(diary: Diary, people: list[Person]) -> None:
    """Major hazards still open are listed; a firm asks for more days."""
    machine = Actor.system("演示")
    majors = Hazard.objects.visible_to(machine).filter(grade=Grade.MAJOR).order_by("-found_on")[:4]
    for hazard in majors:
        day = after(hazard.found_on, 3)
        due_on = max(hazard.due_on, after(day, 20))
        listing = Listing(
            hazard=hazard,
            unit=hazard.unit,
            listed_on=day,
            requirement="停用相关设备，限期整改并经复查合格",
            due_on=due_on,
            leader=people[1],
        )
        listing = diary.write(listing, diary.who("safety_officer"), day)
        listing = diary.take(listing, "approve", diary.who("director"), after(day, 1))
        diary.take(listing, "report", diary.who("safety_officer"), after(day, 10), progress="设备已订购，等待到货安装")
    for hazard in Hazard.objects.visible_to(machine).filter(state="ordered").order_by("-due_on")[:3]:
        day = after(hazard.due_on, -2)
        asked = Extension(
            hazard=hazard,
            unit=hazard.unit,
            asked_on=day,
            new_due_on=after(hazard.due_on, 30),
            reason=diary.one_of(list(Reason)),
            explanation="配件供货周期较长",
            interim="整改期间停用，安排专人看守",
        )
        diary.write(asked, diary.who("safety_officer"), day)
