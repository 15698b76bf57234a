"""车货总质量限值: what a goods vehicle may weigh on a road, and how the limit of one weighing is found.

Basis: 超限运输车辆行驶公路管理规定 (Order 62 of 2016) article 3 and 公路货运车辆超限超载认定标准, the annex which draws
the layouts, takes 3 t off where twin tyres are missing and adds 1 t for air suspension.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Step, rule
from tonggui.law.rules import NO, UNKNOWN, YES, Columns
from tonggui.statutes.overloading.annex import (
    AIR_SUSPENSION_ADDITION,
    AIR_SUSPENSION_SPACING,
    APPLYING,
    ARTICLE,
    AXLE_SUM,
    DRAWINGS,
    MASS_LIMIT,
    NOTES,
    PERMIT,
    SINGLE_TYRE_DEDUCTION,
    SINGLE_TYRES,
    START,
    TWO_PLUS_THREE,
)
from tonggui.statutes.overloading.axle_loads import AXLE_LOADS, axle_sum
from tonggui.statutes.overloading.layouts import Described, Layout, agreeing, is_listed, layout_of
from tonggui.statutes.sources import HIGHWAY_PROTECTION, OVERLIMIT_ORDER

VEHICLE = (
    Given("axles", "轴数"),
    Given("type_code", "轴型代码", unknown=0),
    Given("group_sizes", "各轴组轴数", unknown=0),
    Given("combination", "是否汽车列车", dtype="int8", unknown=UNKNOWN),
    Given("driven_axles", "驱动轴数", unknown=UNKNOWN),
    Given("single_tyre_axles", "应装双轮胎而装单轮胎的轴数", unknown=0),
    Given("wide_tyres", "单轮胎为符合国家标准的宽轮胎", dtype="bool", unknown=False),
    Given("air_suspension", "驱动轴双轮胎并装空气悬架", dtype="bool", unknown=False),
    Given("trailer_spacing_mm", "半挂车轴距", dtype="float64", unit="mm", unknown=np.nan),
    Given("licence_kg", "行驶证总质量", dtype="float64", unit="kg", unknown=np.nan),
    Given("by_licence", "拖拉机、农用车、低速货车", dtype="bool", unknown=False),
    Given("exempt", "冷藏车、专用作业车等特殊车辆", dtype="bool", unknown=False),
    Given("posted_kg", "路段限载标志", dtype="float64", unit="kg", unknown=np.nan),
    Given("permit_kg", "超限运输车辆通行证载明总质量", dtype="float64", unit="kg", unknown=np.nan),
)
DAY = date(2026, 5, 1)


def layout_step(layout: Layout) -> Step:
    """The limit of a layout, by the item of article 3 for its axles, or by the drawings where only they have it."""
    drawn = layout in (Layout.CENTRE_AXLE_3_1, Layout.ARTICULATED_2_3)
    basis = DRAWINGS if drawn else OVERLIMIT_ORDER.article(3, 1, layout // 10 + 2)
    return Step(
        f"{layout.label}，车货总质量限值 {{layout_kg:.0f}} 千克", basis, when=lambda row: row["layout"] == layout
    )


@rule(
    "车货总质量限值",
    ARTICLE,
    since=START,
    parameters=(MASS_LIMIT, SINGLE_TYRE_DEDUCTION, AIR_SUSPENSION_ADDITION, AIR_SUSPENSION_SPACING, AXLE_LOADS),
    readings=(TWO_PLUS_THREE, SINGLE_TYRES, AXLE_SUM, PERMIT),
    takes=VEHICLE,
    gives=(
        Gives("limit_kg", "限值", "kg"),
        Gives("layout", "车型"),
        Gives("layout_kg", "车型限值", "kg"),
        Gives("tyre_kg", "单轮胎扣减", "kg"),
        Gives("air_kg", "空气悬架增加", "kg"),
        Gives("axle_sum_kg", "各轴最大允许轴荷之和", "kg"),
        Gives("described", "轴型代码的采用"),
        Gives("permitted", "按通行证"),
        Gives("listed", "车型已列明"),
    ),
    steps=(
        *map(layout_step, Layout),
        Step(
            "该车型未在第三条和认定标准中列明，按该轴数最高限值计，须人工核对",
            DRAWINGS,
            when=lambda row: ~row["listed"],
        ),
        Step(
            "轴型代码 {type_code} 与检测的 {axles} 轴不符，未予采用，须人工核对",
            DRAWINGS,
            when=lambda row: row["described"] == Described.CONTRADICTED,
        ),
        Step(
            "轴型代码 {type_code} 未在图示中列出，按轴数和车型取限值，须人工核对",
            DRAWINGS,
            when=lambda row: row["described"] == Described.NOT_DRAWN,
        ),
        Step(
            "冷藏车、专用作业车等符合国家标准的特殊车辆不视为超限，须人工核对",
            APPLYING,
            when=lambda row: row["exempt"],
        ),
        Step(
            "单轮胎为符合国家标准的宽轮胎，不扣减",
            NOTES,
            when=lambda row: row["wide_tyres"] & (row["single_tyre_axles"] > 0),
        ),
        Step(
            "{single_tyre_axles} 个轴应装双轮胎而装单轮胎，扣减 {tyre_kg:.0f} 千克",
            APPLYING,
            when=lambda row: row["tyre_kg"] > 0,
        ),
        Step("驱动轴双轮胎并装空气悬架，增加 {air_kg:.0f} 千克", NOTES, when=lambda row: row["air_kg"] > 0),
        Step(
            "各轴最大允许轴荷之和 {axle_sum_kg:.0f} 千克，总质量不得超过",
            OVERLIMIT_ORDER.article(3, 2, 3),
            when=lambda row: row["axle_sum_kg"] < row["layout_kg"] - row["tyre_kg"] + row["air_kg"],
        ),
        Step(
            "拖拉机、农用车、低速货车应以行驶证总质量为限值，行驶证总质量未登记，须人工核对",
            APPLYING,
            when=lambda row: row["by_licence"] & np.isnan(row["licence_kg"]) & ~row["permitted"],
        ),
        Step(
            "拖拉机、农用车、低速货车以行驶证总质量 {licence_kg:.0f} 千克为限值",
            APPLYING,
            when=lambda row: row["by_licence"] & ~np.isnan(row["licence_kg"]) & ~row["permitted"],
        ),
        Step(
            "二轴货车还不得超过行驶证总质量 {licence_kg:.0f} 千克",
            NOTES,
            when=lambda row: (row["axles"] == 2) & (row["licence_kg"] == row["limit_kg"]) & ~row["by_licence"],
        ),
        Step(
            "该路段限载标志 {posted_kg:.0f} 千克",
            OVERLIMIT_ORDER.article(27, 2),
            when=lambda row: (row["posted_kg"] == row["limit_kg"]) & ~row["permitted"],
        ),
        Step(
            "持有效超限运输车辆通行证，以载明的总质量 {permit_kg:.0f} 千克为限值",
            HIGHWAY_PROTECTION.article(35),
            when=lambda row: row["permitted"],
        ),
    ),
    examples=[
        Example("two axles", DAY, dict(axles=2), dict(limit_kg=18_000)),
        Example("two axles, a lighter licence", DAY, dict(axles=2, licence_kg=12_495), dict(limit_kg=12_495)),
        Example("three axles of a truck", DAY, dict(axles=3, combination=NO), dict(limit_kg=25_000)),
        Example("three axles of a combination", DAY, dict(axles=3, combination=YES), dict(limit_kg=27_000)),
        Example("a tandem behind one axle is a truck", DAY, dict(axles=3, group_sizes=12), dict(limit_kg=25_000)),
        Example("four axles of a truck", DAY, dict(axles=4, combination=NO), dict(limit_kg=31_000)),
        Example("four axles, the body unknown", DAY, dict(axles=4), dict(limit_kg=36_000)),
        Example(
            "a truck of three axles and a trailer of one", DAY, dict(axles=4, type_code=152), dict(limit_kg=35_000)
        ),
        Example("twin steer and tandem by its code", DAY, dict(axles=4, type_code=115), dict(limit_kg=31_000)),
        Example("five axles", DAY, dict(axles=5, type_code=155), dict(limit_kg=43_000)),
        Example("five axles as two and three", DAY, dict(axles=5, type_code=127), dict(limit_kg=42_000)),
        Example(
            "five axles as two and three, by the article",
            DAY,
            dict(axles=5, group_sizes=113),
            dict(limit_kg=43_000),
            readings={"two_plus_three": "article"},
        ),
        Example("six axles", DAY, dict(axles=6), dict(limit_kg=49_000)),
        Example("six axles, one driven", DAY, dict(axles=6, driven_axles=1), dict(limit_kg=46_000)),
        Example("six axles, one driven by its code", DAY, dict(axles=6, type_code=1127), dict(limit_kg=46_000)),
        Example("seven axles count as six", DAY, dict(axles=7, combination=YES), dict(limit_kg=49_000)),
        Example("a code that does not fit the count", DAY, dict(axles=6, type_code=127), dict(limit_kg=49_000)),
        Example("a six-axle truck is not listed", DAY, dict(axles=6, combination=NO), dict(listed=False)),
        Example("three axles with single tyres", DAY, dict(axles=6, single_tyre_axles=3), dict(limit_kg=40_000)),
        Example(
            "three axles with single tyres, taken off once",
            DAY,
            dict(axles=6, single_tyre_axles=3),
            dict(limit_kg=46_000),
            readings={"single_tyres": "once"},
        ),
        Example(
            "air suspension on a truck of four axles",
            DAY,
            dict(axles=4, combination=NO, air_suspension=True),
            dict(limit_kg=32_000),
        ),
        Example("air suspension on six axles", DAY, dict(axles=6, air_suspension=True), dict(limit_kg=49_000)),
        Example(
            "air suspension, four articulated axles, wide spacing",
            DAY,
            dict(axles=4, type_code=125, air_suspension=True, trailer_spacing_mm=1_800),
            dict(limit_kg=37_000),
        ),
        Example(
            "air suspension, a full trailer train",
            DAY,
            dict(axles=4, type_code=1222, air_suspension=True, trailer_spacing_mm=1_800),
            dict(limit_kg=36_000),
        ),
        Example(
            "wide tyres keep the limit", DAY, dict(axles=6, single_tyre_axles=3, wide_tyres=True), dict(limit_kg=49_000)
        ),
        Example(
            "the axles together bear less",
            DAY,
            dict(axles=6, type_code=156),
            dict(limit_kg=46_000),
            readings={"axle_sum": "binding"},
        ),
        Example("a low-speed truck", DAY, dict(axles=2, by_licence=True, licence_kg=4_500), dict(limit_kg=4_500)),
        Example("a posted limit", DAY, dict(axles=6, posted_kg=30_000), dict(limit_kg=30_000)),
        Example("a permit", DAY, dict(axles=6, permit_kg=75_000), dict(limit_kg=75_000, permitted=True)),
        Example("a permit takes nothing away", DAY, dict(axles=6, permit_kg=40_000), dict(limit_kg=49_000)),
        Example(
            "a permit as it is stated",
            DAY,
            dict(axles=6, permit_kg=40_000),
            dict(limit_kg=40_000, permitted=True),
            readings={"permit": "stated"},
        ),
    ],
)
def mass_limit(
    on: Any,
    axles: Any,
    type_code: Any,
    group_sizes: Any,
    combination: Any,
    driven_axles: Any,
    single_tyre_axles: Any,
    wide_tyres: Any,
    air_suspension: Any,
    trailer_spacing_mm: Any,
    licence_kg: Any,
    by_licence: Any,
    exempt: Any,
    posted_kg: Any,
    permit_kg: Any,
    readings: Any,
) -> Columns:
    """The limit of each weighing in kg: the layout's, corrected, and never above a licence or sign that binds it.

    A permit replaces the rest; unless the bureau reads it so, it does not take away what needs no permit.
    """
    code, sizes, described = agreeing(axles, type_code, group_sizes)
    layout = layout_of(axles, code, sizes, combination, driven_axles)
    if TWO_PLUS_THREE.chosen(readings) == "article":
        layout = np.where(layout == Layout.ARTICULATED_2_3, Layout.TRAIN_5, layout)
    layout_kg = MASS_LIMIT.at(on, layout)

    deductions = np.minimum(single_tyre_axles, axles if SINGLE_TYRES.chosen(readings) == "per_axle" else 1)
    tyre_kg = np.where(wide_tyres, 0, deductions * SINGLE_TYRE_DEDUCTION.on(on))
    spaced = (layout == Layout.TRAIN_4) & (trailer_spacing_mm >= AIR_SUSPENSION_SPACING.on(on))
    heavier = air_suspension & ((layout == Layout.TRUCK_3) | (layout == Layout.TRUCK_4) | spaced)
    air_kg = np.where(heavier, AIR_SUSPENSION_ADDITION.on(on), 0)

    limit = layout_kg - tyre_kg + air_kg
    axle_sum_kg = np.full(len(on), np.nan)
    if AXLE_SUM.chosen(readings) == "binding":
        axle_sum_kg = axle_sum(on, code, sizes)
        limit = np.fmin(limit, axle_sum_kg)
    limit = np.where(by_licence & ~np.isnan(licence_kg), licence_kg, limit)
    limit = np.where(axles == 2, np.fmin(limit, licence_kg), limit)
    limit = np.fmin(limit, posted_kg)
    permitted = ~np.isnan(permit_kg) if PERMIT.chosen(readings) == "stated" else permit_kg > limit
    return {
        "limit_kg": np.where(permitted, permit_kg, limit),
        "layout": layout,
        "layout_kg": layout_kg,
        "tyre_kg": tyre_kg,
        "air_kg": air_kg,
        "axle_sum_kg": axle_sum_kg,
        "described": described,
        "permitted": permitted,
        "listed": is_listed(axles, combination),
    }
