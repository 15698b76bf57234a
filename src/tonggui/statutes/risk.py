"""安全风险分级: from likelihood, exposure and consequence to one of the four grades and its colour.

Basis: 安全生产法 article 41 wants risk controlled by grade and sets no method. Three are in use, and the register of a
risk says which one graded it: LEC (D = L×E×C), the five by five matrix, and the method of the transport ministry's
公路水路行业安全生产风险辨识评估管控基本规范(试行) of 2018, whose numbers were not read in its own text.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Parameter, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import BUREAU, CHECKED, SAFETY_LAW

START = date(2014, 12, 1)
GRADING = SAFETY_LAW.article(41)
LEC, MATRIX, MINISTRY = "lec", "matrix", "ministry"
MAJOR, LARGER, GENERAL, LOW = "major", "larger", "general", "low"
GRADES = np.array([LOW, GENERAL, LARGER, MAJOR])


def bounds(title: str, general: float, larger: float, major: float, note: str) -> Parameter:
    """The scores from which a risk is general, larger and major under one method."""
    values = {START: {GENERAL: general, LARGER: larger, MAJOR: major}}
    return Parameter(title, source=BUREAU.part("风险分级"), checked=CHECKED, values=values, local=True, note=note)


LEC_BOUNDS = bounds(
    "作业条件危险性评价法分级界限",
    70,
    160,
    320,
    "取多数县的四色分级：D 大于 320 为重大，160～320 较大，70～160 一般，70 以下低。",
)
MATRIX_BOUNDS = bounds(
    "风险矩阵法分级界限", 4, 9, 20, "可能性（1～5）乘后果（1～5）：20～25 重大，9～16 较大，4～8 一般，1～3 低。"
)
MINISTRY_BOUNDS = bounds(
    "公路水路行业风险评估分级界限", 5, 20, 55, "基本规范(试行)的界限待核对：大于 55 重大，20～55 较大，5～20 一般。"
)
BOUNDS = {LEC: LEC_BOUNDS, MATRIX: MATRIX_BOUNDS, MINISTRY: MINISTRY_BOUNDS}
#: Where a score on the bound belongs: the matrix counts it to the higher grade, the two products to the lower one.
BOUND_IS_HIGHER = {LEC: False, MATRIX: True, MINISTRY: False}

REVIEW_MONTHS = Parameter(
    "风险复评周期",
    unit="个月",
    source=BUREAU.part("风险复评"),
    checked=CHECKED,
    values={START: {MAJOR: 12, LARGER: 24, GENERAL: 36, LOW: 36}},
    local=True,
    note="法律未定周期；重大风险每年、较大风险每两年、其他每三年复评一次，发生事故或工艺、法规变化时随时复评。",
)

DAY = date(2026, 11, 21)


def by(method: str, likelihood: float, consequence: float, exposure: float = 1) -> dict[str, Any]:
    """What one risk is graded by."""
    return {"method": method, "likelihood": likelihood, "exposure": exposure, "consequence": consequence}


@rule(
    "安全风险分级",
    GRADING,
    since=START,
    parameters=(LEC_BOUNDS, MATRIX_BOUNDS, MINISTRY_BOUNDS),
    takes=(
        Given("method", "评估方法", dtype="U16"),
        Given("likelihood", "可能性", dtype="float64"),
        Given("exposure", "暴露频繁程度", dtype="float64", unknown=1.0),
        Given("consequence", "后果", dtype="float64"),
    ),
    gives=(Gives("score", "风险值"), Gives("grade", "风险等级")),
    steps=(
        Step("风险值 {score}", GRADING),
        Step("等级 {grade}", GRADING),
    ),
    examples=[
        Example("LEC", DAY, by(LEC, 6, 7, exposure=6), {"score": 252, "grade": LARGER}),
        Example("LEC, major", DAY, by(LEC, 6, 15, exposure=6), {"score": 540, "grade": MAJOR}),
        Example("LEC, a score of 160 is not yet larger", DAY, by(LEC, 4, 10, exposure=4), {"grade": GENERAL}),
        Example("matrix, the bound is major", DAY, by(MATRIX, 4, 5), {"score": 20, "grade": MAJOR}),
        Example("matrix, general", DAY, by(MATRIX, 2, 4), {"score": 8, "grade": GENERAL}),
        Example("matrix, low", DAY, by(MATRIX, 1, 3), {"score": 3, "grade": LOW}),
        Example("ministry", DAY, by(MINISTRY, 9, 5), {"score": 45, "grade": LARGER}),
    ],
)
def risk_grade(on: Any, method: Any, likelihood: Any, exposure: Any, consequence: Any) -> Columns:
    """The score of each risk and its grade; exposure counts under LEC alone."""
    score = likelihood * consequence * np.where(method == LEC, exposure, 1.0)
    level = np.zeros(len(score), dtype=np.int64)
    for name, limits in BOUNDS.items():
        mine = method == name
        for grade in (GENERAL, LARGER, MAJOR):
            limit = limits.at(on, np.full(len(score), grade))
            level += mine & ((score >= limit) if BOUND_IS_HIGHER[name] else (score > limit))
    return {"score": score, "grade": GRADES[level]}


def review_months(grade: str, day: date) -> int:
    """Months after which a risk of a grade is looked at again, by the parameter of a day."""
    return int(REVIEW_MONTHS.at(day, str(grade)))
