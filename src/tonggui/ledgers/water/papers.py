"""水路文书: the receipt of ships' waste."""

from tonggui.register.declare import Paper

RECEIPT = """接收单位：{enterprise}

交付船舶：{boat}，交付日期：{delivered_on}，接收地点：{wharf}。

- 污染物种类 | 申报数量 | 接收污水（m³） | 接收垃圾（kg） | 计量方式
- {kind} | {declared} | {volume_m3} | {garbage_kg} | {means}

【转运去向：{transferred_to}，转运日期：{transferred_on}。】"""

WASTE_PAPERS = (
    Paper(
        "船舶污染物接收单证",
        RECEIPT,
        number="receipt_no",
        states="received_here transferred disposed",
        signs="交付船舶 接收单位",
    ),
)
