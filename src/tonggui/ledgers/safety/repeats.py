"""重复隐患: which earlier hazard one repeats: the same firm, the same item, within the months the bureau has set.

The item is that of a list of major hazards where the hazard names one, else the clause that was broken. A hazard with
neither repeats nothing that could be proved; the officer may still name the earlier one.
"""

from typing import Any

from tonggui.law.deadlines import add_months
from tonggui.statutes.hazards import REPEAT_MONTHS


def last_like(hazard: Any) -> Any:
    """The last hazard that this one repeats, or None."""
    item = {"standard": hazard.standard_id} if hazard.standard_id else {"clause": hazard.clause}
    if not any(item.values()):
        return None
    since = add_months(hazard.found_on, -REPEAT_MONTHS.on(hazard.found_on))
    earlier = type(hazard)._base_manager.filter(
        enterprise=hazard.enterprise_id, found_on__range=(since, hazard.found_on), **item
    )
    return earlier.exclude(pk=hazard.pk).exclude(state="void").order_by("-found_on", "-pk").first()
