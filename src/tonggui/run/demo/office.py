"""The demo county's office: what it has set for itself, and the systems from which its data comes."""

from datetime import date, timedelta

from tonggui.ledgers.office.parameter import Parameter
from tonggui.ledgers.office.source import Channel, Source
from tonggui.run.demo.diary import Diary

MARK = "示交发"

#: What was decided: the thing, its new value, days after the period's beginning when it held, and why.
DECIDED = (
    ("报警处置期限", "2", 40, "示例：两客一危报警应在两日内处置完毕，与企业安全例会周期一致。"),
    ("隐患整改期限", "一般隐患=10；重大隐患=20", 150, "示例：县安委会要求压缩整改期限。"),
    ("预警逾期上报日数", "2", 160, "示例：逾期两日仍未办理的事项报局领导。"),
)
#: What waits for its second person.
PROPOSED = (
    ("从业资格证到期提醒", "90，60，30", "示例：换证培训排期较长，首次提醒提前到九十日。"),
    ("整改期限的计日", "working", "示例：节假日企业停工较多，拟按工作日计。"),
)
#: Systems: name, whose it is, by which way, what it feeds, how often in minutes, what it carries.
SYSTEMS = (
    ("重点车辆动态监控平台", "县交通运输局", Channel.JT808, "fleet.alarm", 5, "定位、报警、驾驶员身份"),
    ("省治超联网管理系统", "省交通运输综合执法部门", Channel.SHEET, "overload.case", 1440, "案件、处罚决定、缴款"),
    ("运政管理信息系统", "市道路运输事业发展中心", Channel.SHEET, "fleet.vehicle", 10_080, "车辆、道路运输证、审验"),
    ("运政管理信息系统", "市道路运输事业发展中心", Channel.SHEET, "fleet.driver", 10_080, "从业资格证、诚信考核"),
    (
        "企业信用信息公示系统",
        "县市场监管局",
        Channel.BY_HAND,
        "parties.enterprise",
        43_200,
        "统一社会信用代码、经营状态",
    ),
    ("项目建设管理系统", "市交通运输局", Channel.API, "works.progress", 44_640, "月度投资和形象进度"),
)


def make_parameters(diary: Diary, as_of: date) -> None:
    """Three values in force, each confirmed by a head of the bureau, and two that wait."""
    year = diary.start.year
    for n, (setting, value, after, why) in enumerate(DECIDED, 1):
        clerk = diary.who("clerk")
        day = diary.start + timedelta(days=after)
        row = Parameter(
            setting=setting,
            new_value=value,
            holds_from=day,
            set_because=why,
            decision_no=f"{MARK}〔{year}〕{n + 10}号",
            unit=clerk.unit,
        )
        diary.confirm(diary.write(row, clerk, day - timedelta(days=12)), "clerk", "director", day - timedelta(days=5))
    for setting, value, why in PROPOSED:
        clerk = diary.who("clerk")
        row = Parameter(
            setting=setting, new_value=value, holds_from=as_of + timedelta(days=30), set_because=why, unit=clerk.unit
        )
        diary.take(diary.write(row, clerk, as_of - timedelta(days=4)), "submit", clerk, as_of - timedelta(days=3))


def make_sources(diary: Diary, founded: date, as_of: date) -> None:
    """The systems that feed the county's ledgers; one contract ends soon, one source has been given up."""
    clerk = diary.who("clerk")
    for n, (name, owner, channel, feeds, minutes, items) in enumerate(SYSTEMS):
        source = Source(
            name=name,
            system_owner=owner,
            access=channel,
            feeds=feeds,
            every_minutes=minutes,
            data_items=items,
            good_least=95,
            service_contract=f"示例合同{as_of.year}-{n + 1:02}",
            service_until=as_of + timedelta(days=20 + 90 * n),
            unit=clerk.unit,
        )
        diary.write(source, clerk, founded)
    given_up = Source(
        name="旧车载视频平台",
        system_owner="县交通运输局",
        access=Channel.API,
        feeds="fleet.alarm",
        every_minutes=60,
        unit=clerk.unit,
    )
    diary.take(diary.write(given_up, clerk, founded), "end", clerk, diary.start, comment="平台停止服务，数据已移交")
