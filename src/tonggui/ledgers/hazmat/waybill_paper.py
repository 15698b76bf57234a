"""The waybill as it is printed and carried on board.

Basis: 危险货物道路运输安全管理办法 第二十四条 and the fields of JT/T 617.5; what is empty is left for the pen.
"""

from tonggui.register.declare import Paper

WAYBILL = Paper(
    "危险货物道路运输运单",
    "- 运单编号 | {number}\n- 电子运单号 | {bill_no}\n- 托运人 | {consignor} {consignor_phone}\n"
    "- 装货人 | {loader} {loading_place}\n- 收货人 | {consignee} {unloading_place}\n"
    "- 计划起运 | {departs_at}\n- 承运企业 | {enterprise.name} 许可证 {enterprise.licence}\n"
    "- 车辆 | {plate} 道路运输证 {vehicle.permit}\n- 挂车 | {trailer_plate}\n- 罐体 | {tank.tank_no}\n"
    "- 驾驶员 | {driver.name} {driver.certificate} {driver.phone}\n"
    "- 押运员 | {escort.name} {escort.certificate} {escort.phone}\n"
    "- 货物 | {un_no} {goods_name} {goods_class} {packing_group}\n- 包装和质量 | {packaging} {goods_kg} kg\n"
    "- 运输路线 | {trip_route}\n- 通行证、联单 | {toxic_pass_no} {waste_form_no}\n\n"
    "安全告知：已对驾驶员和押运员告知货物的危险特性、应急处置方法和安全注意事项。途中发生泄漏、丢失、被盗的，立即报警并向企业报告。",
    number="bill_no",
    states="bill_signed on_road arrived closed",
    copies="随车 承运企业 装货人",
    signs="调度员 驾驶员 押运员",
)
