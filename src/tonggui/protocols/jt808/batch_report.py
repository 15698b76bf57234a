"""定位数据批量上传 0x0704: location reports kept while the link was down, or gathered to be sent together.

Basis: JT/T 808-2013 8.49, JT/T 808-2019 8.48. Not in 2011.
"""

from tonggui.protocols.jt808.location_report import LocationReport
from tonggui.protocols.jt808.vocabulary import BATCH_TYPES
from tonggui.wire.declare import Example, Message, repeat, u8, u16


class BatchReport(
    Message, id=0x0704, title="定位数据批量上传", basis={2013: "JT/T 808-2013 8.49", 2019: "JT/T 808-2019 8.48"}
):
    """Bodies of 0x0200, each behind its length."""

    count = u16("数据项个数")
    type = u8("位置数据类型", names=BATCH_TYPES)
    items = repeat("位置汇报数据项", of=LocationReport, count="count", length=u16)

    examples = [
        Example(
            "two reports",
            frame="7e0704005311223344556622b80002000026000000010000000200ba7f0e07e4f11c0028003c000018071510101001040000"
                  "0064020200370026000000020000000100cb735507e6a32300290036007818071510103001040000006002020042d47e",
            reads=dict(count=2, type=0),
        ),
    ]  # fmt: skip
