"""What is taken off a measured mass before it is judged: as the bureau chose, from its day, told in the steps."""

import json
from datetime import date

import numpy as np
import pytest
from weighing_passes import PASS, RECEIVED

from tonggui.base.site import Site
from tonggui.law import overrides
from tonggui.protocols.weighing.envelope import wrap
from tonggui.protocols.weighing.record import read
from tonggui.run.cli import main
from tonggui.run.weighing import WEIGHING
from tonggui.statutes import overloading
from tonggui.web.passes import show_pass

DAY = date(2026, 5, 1)
CLASS_FIVE = {"calibrated_to": "2026-12-31", "accuracy": 5.0, "site_kind": "不停车检测点"}


@pytest.fixture
def decide(tmp_path):
    """Write the bureau's decisions as (title, value) from 2026-05-01 on; forgotten after the test."""

    def write(*decided, since=DAY):
        file = tmp_path / "values.json"
        found = [
            overrides.Override(title, since, value, f"CS2026{n:04}") for n, (title, value) in enumerate(decided, 1)
        ]
        file.write_bytes(overrides.written(found))
        overrides.read_from(file)

    yield write
    overrides.read_from(None)


def judged(note=CLASS_FIVE, **change):
    """The row of one pass of 52,400 kg on six axles, as the stream stores it."""
    values = read(PASS | change, RECEIVED, WEIGHING.since)
    assert not values.faults
    row = WEIGHING.judged([values.values], [note])
    return {
        name: row[name][0].item()
        for name in ("gross_kg", "tolerance_kg", "adjusted_kg", "excess_kg", "fine_yuan", "law_edition")
    }


def test_without_a_decision_the_measured_mass_is_judged():
    row = judged()
    assert (row["gross_kg"], row["tolerance_kg"], row["adjusted_kg"], row["excess_kg"]) == (52_400, 0, 52_400, 3_400)


def test_the_error_of_the_class_is_taken_off_and_the_measured_mass_stays(decide):
    decide(("tolerance", "class_error"))
    row = judged()
    assert (row["gross_kg"], row["tolerance_kg"], row["adjusted_kg"]) == (52_400, 2_620, 49_780)
    assert (row["excess_kg"], row["fine_yuan"]) == (780, 0)


@pytest.mark.parametrize("accuracy", [None, 7.0])
def test_a_scale_of_unknown_class_has_no_error(decide, accuracy):
    decide(("tolerance", "class_error"))
    assert judged(CLASS_FIVE | {"accuracy": accuracy})["tolerance_kg"] == 0


def test_a_percentage_of_the_limit_may_differ_by_kind_of_point(decide):
    kinds = {"不停车检测点": 5.0, "固定超限检测站": 1.0, "流动检测点": 0.0, "源头称重点": 0.0, "其他": 0.0}
    decide(("tolerance", "percent"), ("允许误差（限值的百分比）", kinds))
    assert judged()["tolerance_kg"] == 2_450
    assert judged(CLASS_FIVE | {"site_kind": "固定超限检测站"})["tolerance_kg"] == 490
    assert judged({"calibrated_to": "2026-12-31"})["tolerance_kg"] == 0


def test_a_fixed_mass_is_never_more_than_was_weighed(decide):
    kinds = dict.fromkeys(("不停车检测点", "固定超限检测站", "流动检测点", "源头称重点", "其他"), 800)
    decide(("tolerance", "fixed_kg"), ("允许误差（固定质量）", kinds))
    assert judged()["adjusted_kg"] == 51_600
    assert judged(gross_kg=500)["adjusted_kg"] == 0


def test_a_decision_holds_from_its_day_and_its_edition_judges_again_as_then(decide):
    before = judged()
    decide(("tolerance", "class_error"))
    after = judged()
    assert before["law_edition"] != after["law_edition"]
    again = overloading.judge(
        DAY, 52_400.0, axles=6, type_code=157, accuracy=5.0, readings=overloading.readings_of(before["law_edition"])
    )
    assert again["excess_kg"].tolist() == [before["excess_kg"]]
    days = np.array(["2026-04-30", "2026-05-01"], "M8[D]")
    found = overloading.judge(days, 52_400.0, axles=6, type_code=157, accuracy=5.0)
    assert found["tolerance_kg"].tolist() == [0, 2_620]
    assert [len(steps) for steps in overloading.trace(found)] == [3, 5]
    assert overloading.trace(found)[1][1][0] == "称量 52400 千克，扣除允许误差 2620 千克，按 49780 千克判定"


@pytest.mark.parametrize("written", ["", "x", "0123456789", "0123456789-9", "0123456789-0000000000000", "012345678-0"])
def test_what_is_no_edition_gives_no_reading(written):
    assert overloading.readings_of(written) == {}


def test_an_old_pass_is_shown_by_the_readings_that_judged_it(decide):

    raw = wrap(CLASS_FIVE, json.dumps(PASS))
    edition = judged()["law_edition"]
    decide(("tolerance", "class_error"))
    then, now = show_pass(raw, RECEIVED, edition), show_pass(raw, RECEIVED)
    assert [item.value for item in then.judgement.items if item.title == "超限"] == ["3,400"]
    assert [item.value for item in now.judgement.items if item.title in ("超限", "允许误差")] == ["2,620", "780"]


@pytest.mark.parametrize("option", ["--data", "--site"])
def test_the_command_uses_a_bureaus_choices_only_when_told_whose(tmp_path, monkeypatch, capsys, option):
    monkeypatch.delenv("TONGGUI_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    site = Site.at(tmp_path / "data")
    site.bureau_values.parent.mkdir(parents=True)
    site.bureau_values.write_bytes(overrides.written([overrides.Override("fine_steps", DAY, "up", "CS20260001")]))
    lines = tmp_path / "lines.jsonl"
    own = {"readings": {"fine_steps": "proportional"}}
    line = {"axles": 6, "gross_kg": 52_400, "date": "2026-05-01"}
    lines.write_text("\n".join(map(json.dumps, [line, line | own, line | {"date": "2026-04-30"}])))
    try:
        assert main(["judge", str(lines)]) == 0
        assert main(["judge", str(lines), option, str(site.data)]) == 0
    finally:
        overrides.read_from(None)
    answers = [json.loads(answer) for answer in capsys.readouterr().out.splitlines()]
    assert [answer["fine_yuan"] for answer in answers] == [1_500, 1_700, 1_500, 2_000, 1_700, 1_500]
    decided = "““每超1000千克”的计算”按本局参数 CS20260001（2026-05-01 起）"
    assert [decided in answer["steps"] for answer in answers] == [False, False, False, True, False, False]
