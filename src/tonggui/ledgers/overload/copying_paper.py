"""抄告函: the letter with the five groups of data that Order 62 第四十四条 asks for."""

from tonggui.register.declare import Paper

LETTER = Paper(
    "抄告函",
    "{copied_for}。【我单位查处的{overload_case.number}号案件已办结，依据《超限运输车辆行驶公路管理规定》第四十四条，"
    "现将有关情况抄告你单位。】【下列车辆与行驶证登记不符，依据《超限运输车辆行驶公路管理规定》第四十五条抄告：{modified_truck}，"
    "{modified_truck.alterations}。】\n\n"
    "- 项目 | 内容\n"
    "- 一、车辆 | 号牌{plate}【，{overload_case.vehicle.vehicle_class}】【，车属企业{overload_case.enterprise}】"
    "【，道路运输证{overload_case.vehicle.permit}】\n"
    "- 二、驾驶员 | 【{overload_case.driver_name}】【，从业资格证{overload_case.driver.certificate}】【，所属企业"
    "{overload_case.driver.enterprise}】\n"
    "- 三、装载源头 | 【{overload_case.source}】【，装载单{sheet_no}】\n"
    "- 四、处罚决定 | 【{overload_case.penalty_no}，】"
    "【{overload_case.decided_on}作出，】【{overload_case.penalty}】\n"
    "- 五、其他 | 【{overload_case.facts}】\n\n"
    "【{copy_note}】\n\n请依法处理，并将结果函告我单位。",
    number="copy_no",
    to="copied_to",
    dated="copied_on",
    copies="存根 送达",
    signs="收件人",
)
