"""The demo county's promises: those of the last summary with what became of them, and what the next half-year owes."""

from datetime import date, timedelta

from tonggui.ledgers.office.task import Origin, Task
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.run.demo.diary import Diary, after

# Section of the last summary, unit, promise, days until due, what became of it, how it went, how it ended.
PROMISES = [
    (
        "（一）项目建设",
        "建设养护股",
        "完成三座危桥重建交工验收",
        120,
        "achieved",
        "两座已交工，一座正在铺装桥面",
        "三座危桥均已交工验收并开放通行",
    ),
    (
        "（一）项目建设",
        "建设养护股",
        "城关至江口改线工程完成施工图审查",
        150,
        "carried",
        "初步设计已批复，施工图正在编制",
        "",
    ),
    (
        "（二）养护管理",
        "公路事务中心",
        "县道机械化清扫率达到六成",
        170,
        "achieved",
        "新购清扫车两台，清扫路线已重新划定",
        "县道机械化清扫率达到六成二",
    ),
    (
        "（二）养护管理",
        "公路事务中心",
        "临水临崖路段加装护栏八公里",
        160,
        "part_done",
        "材料已进场，分三个标段施工",
        "完成五公里，其余因雨水较多顺延",
    ),
    (
        "（三）运输服务",
        "道路运输事务中心",
        "两条农村客运班线改为公交",
        140,
        "carried",
        "线路走向已公示，站点正在选址",
        "",
    ),
    (
        "（三）运输服务",
        "运输管理股",
        "维修企业电子档案全部联网",
        175,
        "under_way",
        "一、二类企业已联网，三类企业正在安装",
        "",
    ),
    (
        "（四）治超执法",
        "交通运输综合行政执法大队",
        "城东检查点不停车检测投入使用",
        100,
        "achieved",
        "设备安装完毕，正在调试",
        "设备经检定合格，投入使用",
    ),
    (
        "（四）治超执法",
        "交通运输综合行政执法大队",
        "货运源头单位每季巡查一遍",
        178,
        "under_way",
        "第一季度已巡查一遍，第二季度正在进行",
        "",
    ),
    (
        "（五）安全生产",
        "安全应急股",
        "两客一危企业检查全覆盖",
        176,
        "achieved",
        "客运企业已查完，危货企业正在检查",
        "客运和危货企业全部检查一遍",
    ),
    (
        "（五）安全生产",
        "水路事务中心",
        "渡船救生衣更新到位",
        90,
        "achieved",
        "救生衣已采购，正在发放",
        "各渡口救生衣更新到位，旧衣已回收",
    ),
    (
        "（六）自身建设",
        "办公室",
        "修订局机关考核办法",
        130,
        "part_done",
        "初稿已征求意见",
        "条文已修订，待局党组会议审定",
    ),
    ("（六）自身建设", "办公室", "通讯员每季培训一次", 177, "assigned", "", ""),
]
# Unit, what is to be done in the half-year after, days after its beginning, the standard.
NEXT = [
    ("建设养护股", "江口大桥危桥改造工程完成下部结构施工", 168, "下部结构验收合格"),
    ("公路事务中心", "完成水毁路段修复并通过验收", 122, "水毁台账销号"),
    ("道路运输事务中心", "未通客车的建制村开通预约响应式客运", 153, "逐村签订运营协议"),
    ("交通运输综合行政执法大队", "货运源头单位称重设备全部联网", 137, "数据连续上传一个月"),
    ("安全应急股", "逾期未整改隐患全部清零", 91, "复查合格并销号"),
    ("水路事务中心", "渡船年度检验全部完成", 107, "检验证书齐全"),
]


def make_tasks(diary: Diary, units: dict[str, Unit], staff: dict[str, list[Person]], as_of: date) -> None:
    """The promises of the last summary, each with its fate; two are carried into the next half-year."""
    writer, director = diary.who("writer"), diary.who("director")
    for section, unit, content, days, fate, progress, ended in PROMISES:
        due = after(diary.start, days)
        task = Task(
            task_source=Origin.SUMMARY,
            source_title="上一年度工作总结（示例）",
            source_period=f"{diary.start.year - 1} 年",
            source_section=f"三、下一步打算{section}",
            content=content,
            owner=units[unit],
            person=diary.one_of(staff[unit]),
            assigned_on=after(diary.start, 9),
            due_on=due,
            unit=units[unit],
        )
        task = diary.write(task, writer, task.assigned_on)
        if fate == "assigned":
            continue
        clerk, at = diary.who("clerk"), min(due, as_of) - timedelta(days=20)
        task = diary.take(task, "report", clerk, at, progress=progress, done_rate=str(diary.count(40, 80)))
        if fate == "achieved":
            task = diary.take(task, "ask_confirm", clerk, due - timedelta(days=3), done_note=ended)
            diary.take(task, "confirm_achieved", writer, due + timedelta(days=diary.count(-2, 4)))
        elif fate == "part_done":
            diary.take(task, "settle_part", writer, due, done_note=ended, done_rate=str(diary.count(60, 85)))
        elif fate == "carried":
            later = f"{diary.end + timedelta(days=184)}"
            diary.take(task, "carry_over", director, due, "前期手续尚在办理", carried_to=later)


def make_next_tasks(diary: Diary, units: dict[str, Unit], staff: dict[str, list[Person]], as_of: date) -> None:
    """What the year's plan asks of the half-year after, done where its day is over."""
    writer, clerk = diary.who("writer"), diary.who("clerk")
    for unit, content, days, standard in NEXT:
        due = after(diary.end, days)
        task = Task(
            task_source=Origin.PLAN,
            source_title="年度重点工作任务分解方案（示例）",
            source_period=f"{diary.start.year} 年",
            content=content,
            standard=standard,
            owner=units[unit],
            person=diary.one_of(staff[unit]),
            assigned_on=diary.end,
            due_on=due,
            unit=units[unit],
        )
        task = diary.write(task, writer, task.assigned_on)
        if due < as_of - timedelta(days=10):
            task = diary.take(task, "ask_confirm", clerk, due - timedelta(days=2), done_note=f"{standard}，已报送材料")
            diary.take(task, "confirm_achieved", writer, due + timedelta(days=2))
