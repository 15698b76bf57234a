"""安全责任: when the year's letters are signed, how often a major hazard on the list is reported on, how it is urged.

Basis: 安全生产法 articles 4 and 22 (post responsibilities with persons, scope and assessment) and 41 (a county
department supervises the removal of major hazards). The law sets none of the numbers; they are the bureau's own.
"""

from datetime import date

from tonggui.law.declare import Parameter
from tonggui.statutes.sources import BUREAU, CHECKED

START = date(2014, 12, 1)


def own(title: str, value: int, unit: str, note: str) -> Parameter:
    """A number that the bureau sets for itself."""
    values = {START: value}
    source = BUREAU.part("安全责任")
    return Parameter(title, unit=unit, source=source, checked=CHECKED, values=values, local=True, note=note)


PROGRESS_DAYS = own("挂牌督办进展报送间隔", 10, "日", "督办期间责任单位每隔多少日报一次整改进展；法律未定。")
LISTING_LEAD = own("挂牌督办到期提醒提前期", 10, "日", "整改期限前多少日提醒督办领导。")
CAMPAIGN_LEAD = own("专项行动结束提醒提前期", 7, "日", "行动结束前多少日提醒牵头单位总结。")
LETTER_GRACE = own("安全责任书签订宽限", 0, "日", "当年责任书应在年内签订；年度结束后多少日内补签仍算当年。")
REVIEW_LEAD = own("风险复评提醒提前期", 30, "日", "复评日前多少日提醒管控责任单位。")
EXTENSIONS = own("整改延期次数", 1, "次", "不经局领导批准最多延期的次数；再延须局领导批准。")
