"""驾培管理: which training hours count, how many a day, and how soon they are uploaded and reviewed.

Basis: 机动车驾驶培训教学与考试大纲 (2016) for the hour and the day; JT/T 1302 for the timing system. The order on
driver training was revised in 2026 and its text could not be read, so the numbers a day are the bureau's to change.
"""

from datetime import date

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Act, Parameter
from tonggui.statutes.licences import lead, period
from tonggui.statutes.sources import BUREAU, CHECKED

LOCAL = date(2010, 1, 1)

SYLLABUS = Act(
    "机动车驾驶培训教学与考试大纲",
    "2016年版",
    since=date(2016, 10, 1),
    doubt="施行日期待核对；2022年版和2026年修订的培训管理规定未读。",
)
TRAINING_ORDER = Act(
    "机动车驾驶员培训管理规定",
    "交通运输部令2022年第32号",
    since=date(2022, 11, 1),
    doubt="2026年已修订，新文本未读；档案保存期限待核对。",
)
TIMING_STANDARD = Act("机动车驾驶员计时培训系统", "JT/T 1302", doubt="取自终端开发资料的默认值，待核对。")

TRAINING_HOUR = Parameter(
    "培训学时折算",
    unit="分钟",
    source=SYLLABUS.part("学时"),
    checked=CHECKED,
    values={LOCAL: {"whole": 60, "teaching": 45}},
    note="一学时为六十分钟，其中有效教学时间不低于四十五分钟。",
)


def _daily(what: str, note: str) -> Parameter:
    source = SYLLABUS.part("每日学时")
    return Parameter(
        f"每日{what}学时上限",
        unit="学时",
        source=source,
        checked=CHECKED,
        values={LOCAL: 4},
        local=True,
        note=note,
    )


DAILY_CLASS = _daily("理论培训", "2012年、2016年大纲为四学时，更早的规定为六学时；2026年修订后的数值待核对。")
DAILY_PRACTICE = _daily("实际操作", "各版均为四学时；2026年修订后的数值待核对。")
DAY_WINDOW = Parameter(
    "每日可计学时时段",
    unit="时",
    source=BUREAU.part("驾培计时"),
    checked=CHECKED,
    values={LOCAL: {"from": 7, "to": 21}},
    local=True,
    note="全国未定，参照外地对教练车的做法。",
)
PHOTO_MINUTES = Parameter(
    "培训照片间隔",
    unit="分钟",
    source=TIMING_STANDARD.part("终端参数"),
    checked=CHECKED,
    values={LOCAL: 15},
    local=True,
    note="终端默认十五分钟，有的城市为十分钟。",
)
UPLOAD_HOURS = Parameter(
    "学时上传时限",
    unit="小时",
    source=BUREAU.part("驾培计时"),
    checked=CHECKED,
    values={LOCAL: 24},
    local=True,
    note="自培训结束起，由本局确定。",
)
REVIEW = period("学时审核期限", 3, Unit.WORKING_DAY, BUREAU.part("驾培计时"), local=True, note="自上传起。")
RECORDS_KEPT_DAYS = Parameter(
    "培训记录保存日数",
    unit="日",
    source=TRAINING_ORDER.part("档案"),
    checked=CHECKED,
    values={LOCAL: 1461},
    note="不少于四年，待核对；期满后学员编号应予清除。",
)
COACH_LEAD = lead("教练员证到期提醒", (60, 30, 7))
CAR_LEAD = lead("教练车保险到期提醒", (30, 7))
