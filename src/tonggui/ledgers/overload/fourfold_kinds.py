"""Words of 一超四罚: who is checked, how far each has come, what then follows and who decides it.

Basis: 公路安全保护条例 第六十六条: the road transport authority of the place of registration revokes the operation
permit, stops the driver, suspends the firm. A source yard is punished by provincial rules alone.
"""

from django.db.models import TextChoices


class Checked(TextChoices):
    VEHICLE = "vehicle", "货运车辆"
    DRIVER = "driver", "驾驶人"
    ENTERPRISE = "enterprise", "运输企业"
    YARD = "yard", "货运源头"


class Level(TextChoices):
    COUNTED = "counted", "计次"
    WARNED = "warned", "达到预警"
    REACHED = "reached", "达到处置标准"
    REVOCABLE = "revocable", "达到吊销标准"
    UNKNOWN = "unknown", "对象待查明"


#: The link of a check that names its party; a vehicle is known by its plate.
LINKS = {Checked.DRIVER: "driver", Checked.ENTERPRISE: "enterprise", Checked.YARD: "yard"}

#: What the regulation says of a party that has come so far.
FOLLOWS = {
    (Checked.VEHICLE, Level.REACHED): "吊销车辆营运证（公路安全保护条例第六十六条）",
    (Checked.DRIVER, Level.REACHED): "责令停止从事营业性运输（公路安全保护条例第六十六条）",
    (Checked.ENTERPRISE, Level.REACHED): "责令停业整顿（公路安全保护条例第六十六条）",
    (Checked.ENTERPRISE, Level.REVOCABLE): "吊销道路运输经营许可证并向社会公告（公路安全保护条例第六十六条）",
    (Checked.YARD, Level.COUNTED): "核查装载、称重、放行责任，查实的依照省级规定处罚",
    (Checked.YARD, Level.WARNED): "核查装载、称重、放行责任，查实的依照省级规定处罚；约谈负责人，列入重点巡查",
    (Checked.VEHICLE, Level.WARNED): "书面警示车属单位",
    (Checked.DRIVER, Level.WARNED): "书面警示驾驶人",
    (Checked.ENTERPRISE, Level.WARNED): "约谈企业，书面警示",
}

AUTHORITIES = {
    Checked.VEHICLE: "车籍地道路运输管理机构",
    Checked.DRIVER: "从业资格证核发地道路运输管理机构",
    Checked.ENTERPRISE: "许可地道路运输管理机构",
    Checked.YARD: "源头所在地交通运输主管部门",
}

#: Classes of the fleet that are goods vehicles; a trailer is part of its train. 规定未写明挂车是否计入。
GOODS_CLASSES = ("heavy", "tractor", "light", "hazmat")
