"""What in a yard's month does not fit together, in words: a doubt to be explained, never a verdict."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from tonggui.statutes.overloading.yards import DECLARED_DIFFERENCE, ROAD_DIFFERENCE, UNLEDGERED_SHARE, share_apart

if TYPE_CHECKING:
    from tonggui.ledgers.overload.yard_month import YardMonth


def differences(row: "YardMonth") -> Iterator[str]:
    """Each difference above the bureau's own share; nothing is compared with what was not handed in."""
    on = row.month
    apart = share_apart(row.declared_t, row.loaded_t)
    if apart is not None and apart > DECLARED_DIFFERENCE.on(on):
        yield f"申报产量 {row.declared_t:,.0f} t，装载台账 {row.loaded_t:,.0f} t，相差 {apart:.1%}"
    missing = row.weighed_trucks - row.loadings
    if row.loadings and missing > 0 and Decimal(missing) / row.weighed_trucks > UNLEDGERED_SHARE.on(on):
        yield f"出口称重 {row.weighed_trucks:,} 辆次，装载台账只有 {row.loadings:,} 车次，{missing:,} 车次未登记"
    if row.weighed_trucks and row.declared_t and not row.loadings:
        yield f"出口称重 {row.weighed_trucks:,} 辆次，没有报送装载台账"
    apart = share_apart(row.exit_t, row.road_t)
    if apart is not None and apart > ROAD_DIFFERENCE.on(on):
        side = "重" if row.road_t > row.exit_t else "轻"
        yield (
            f"{row.road_trucks:,} 辆次在路面再次称重，路面共 {row.road_t:,.1f} t，比出口称重 {row.exit_t:,.1f} t "
            f"{side} {apart:.1%}"
        )
