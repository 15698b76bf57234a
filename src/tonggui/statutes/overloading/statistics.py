"""治超统计口径: what a bureau's overload statistics count, and when its bulletins are written.

Basis: published statistics of one province (working scripts of 2022 and 2023, the most concrete found); no national
text sets these numbers. Each is therefore the bureau's own, to be set to what its province asks for.
"""

from datetime import date

from tonggui.law.declare import Parameter
from tonggui.statutes.sources import BUREAU, CHECKED

_START = date(2010, 1, 1)
_PROVINCE = "取自某省治超统计口径，各省不同，请按本省要求设定。"


def _own(title: str, unit: str, value: int, about: str, note: str = "") -> Parameter:
    return Parameter(
        title,
        unit=unit,
        source=BUREAU.part(about),
        checked=CHECKED,
        values={_START: value},
        local=True,
        note=note,
    )


#: Bands of the over-limit rate: above each and up to the next; the last has no end. How tables are laid out.
BANDS = (0.0, 0.1, 0.2, 0.5, 1.0)

PLAUSIBLE_RATE = _own("超限率合理上限", "%", 450, "治超统计", f"超过的按数据异常剔除。{_PROVINCE}")
KING_MOST_TONNES = _own("百吨王总质量上限", "吨", 300, "治超统计", f"超过的按数据异常剔除。{_PROVINCE}")
HEAVY_TONNES = _own("重点关注总质量", "吨", 80, "治超统计", _PROVINCE)
SITE_DAYS = _own("有效站点最少在线天数", "天", 10, "治超统计", f"每月。{_PROVINCE}")
SITE_TRUCKS = _own("有效站点最少过车", "辆次", 500, "治超统计", f"每月，须超过此数。{_PROVINCE}")

BULLETIN_HOUR = _own("治超通报编写时间", "时", 8, "治超通报", "日报次日、周报和月报在所定日期的这一整点自动编写。")
BULLETIN_WEEKDAY = _own("治超周报编写日", "星期几", 1, "治超通报", "1为星期一，7为星期日；编写上一周的周报。")
BULLETIN_MONTHDAY = _own("治超月报编写日", "日", 2, "治超通报", "每月1日至28日之间；编写上一月的月报。")
BULLETIN_CATCH_UP = _own("治超通报补写天数", "天", 31, "治超通报", "平台停运后，往前补写这么多天内漏写的通报。")
BULLETIN_PATIENCE = _own(
    "治超通报等待过车数据", "小时", 6, "治超通报", "到编写时间而过车数据读不出来的，最多等这么久再编写。"
)
