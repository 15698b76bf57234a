"""A wording that the demo bureau has made its own: the report on fines, with a closing section of its own."""

from tonggui.measure.wording import own
from tonggui.measure.wording.sections import SectionText, sections_of
from tonggui.reports.overload_fines import fines
from tonggui.run.demo.diary import Diary

CLOSING = SectionText(
    1,
    "下一步打算",
    "<有 OVR-70O 或 有 ENF-20O>对裁量幅度以外的罚款逐案复核，说明理由或者纠正。\n"
    "<否则>继续按裁量基准办理，每季度核对一次。\n"
    "{期内出动执法车辆[[ENF-01]]，有关案件一并核对。}",
)


def make_wordings(diary: Diary) -> None:
    """Two versions, so that the history has something to show."""
    default = sections_of(fines.default_wording.text)
    first = SectionText(1, CLOSING.heading, CLOSING.text.splitlines()[1].removeprefix("<否则>"))
    own.take(fines, [*default, first], diary.who("director"), "局务会要求每份报告写明打算（示例）", 0)
    own.take(fines, [*default, CLOSING], diary.who("writer"), "区分有无裁量幅度以外的罚款（示例）", 1)
