"""The acts our statutes rest on, each once, with number and first day in force.

`CHECKED` is the day the values declared in this folder were last compared with published copies of the texts; a file
that is compared later names its own day. A value whose text leaves it open, or could not be read, says so in its note.
"""

from datetime import date

from tonggui.law.declare import Act

CHECKED = date(2026, 11, 22)

PENALTY_LAW = Act("中华人民共和国行政处罚法", "2021年修订", since=date(2021, 7, 15))
COMPULSION_LAW = Act("中华人民共和国行政强制法", "主席令第49号", since=date(2012, 1, 1))
SAFETY_LAW = Act("中华人民共和国安全生产法", "2021年修正", since=date(2021, 9, 1))
CIVIL_PROCEDURE_LAW = Act("中华人民共和国民事诉讼法", "2023年修正", since=date(2024, 1, 1))
HIGHWAY_PROTECTION = Act("公路安全保护条例", "国务院令第593号", since=date(2011, 7, 1))
ROAD_TRANSPORT = Act("中华人民共和国道路运输条例", "2023年修订", since=date(2023, 7, 20))

OVERLIMIT_ORDER = Act(
    "超限运输车辆行驶公路管理规定",
    "交通运输部令2016年第62号",
    since=date(2016, 9, 21),
    doubt="2021年8月修正的令号和条文待核对；第三条、第二十七条至第三十四条、第四十二条至第四十六条已读。",
)
OVERLIMIT_STANDARD = Act(
    "公路货运车辆超限超载认定标准",
    "交办公路〔2016〕109号附件",
    since=date(2016, 9, 21),
    doubt="通知文号待核对；限值和备注已读转载文本，图示车型由限值推定。",
)
ENFORCEMENT_PROCEDURE = Act(
    "交通运输行政执法程序规定",
    "交通运输部令2021年第6号修正",
    since=date(2021, 7, 15),
    doubt="修正令号待核对；第一条至第五条、第六十条至第六十四条已读，其余待核对。",
)
DYNAMIC_SUPERVISION = Act("道路运输车辆动态监督管理办法", "2022年修正", since=date(2022, 2, 14))
NETWORK_ASSESSMENT = Act(
    "全国重点营运车辆联网联控系统考核管理办法",
    "交运发〔2016〕160号",
    since=date(2016, 9, 5),
    doubt="文号待核对；考核表和说明已读转载文本。",
)
PASSENGER_SAFETY = Act("道路旅客运输企业安全管理规范", doubt="文号和施行日期待核对；第三十八条已读。")

BUREAU = Act("本局工作约定", "可按本地规定修改")
