"""The words of driver training that several ledgers share: classes taught, parts of the syllabus, ways to teach.

Basis: 机动车驾驶培训教学与考试大纲 for the four parts; GA 802 for the classes.
"""

from django.db.models import TextChoices


class TaughtClass(TextChoices):
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    A3 = "A3", "A3"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"
    D = "D", "D"
    E = "E", "E"


class Part(TextChoices):
    LAW = "1", "第一部分法律法规"
    GROUND = "2", "第二部分场地驾驶"
    ROAD = "3", "第三部分道路驾驶"
    SAFETY = "4", "第四部分安全文明"


class Way(TextChoices):
    CLASS = "class", "课堂教学"
    REMOTE = "remote", "远程教学"
    SIMULATOR = "simulator", "模拟训练"
    CAR = "car", "实车训练"


#: Ways of teaching that count against the day's limit of practice; the others against that of class.
PRACTICE = (Way.SIMULATOR, Way.CAR)
