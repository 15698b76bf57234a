"""Papers that a record fills: their words, their file, what the time line keeps, and what follows from a record."""

import io
import re
from datetime import date
from decimal import Decimal

import docx
import pytest
from page_values import words

from tonggui.base import clock
from tonggui.base.capitals import capital_yuan
from tonggui.register.actor import Actor, acting
from tonggui.register.history import lines_of
from tonggui.register.papers import BLANK, Paper, Table, faults, fill
from tonggui.register.registry import ledger

pytest_plugins = ["page_people"]
MACHINE = Actor.system("测试")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "零元整"),
        ("1500.5", "壹仟伍佰元伍角整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        (1_000_200, "壹佰万零贰佰元整"),
        (100_010_000, "壹亿零壹万元整"),
        (1_000_001_234, "壹拾亿零壹仟贰佰叁拾肆元整"),
        ("0.05", "伍分"),
    ],
)
def test_amounts_in_capitals(amount, said):
    assert capital_yuan(amount) == said


def hazard(county, state="ordered", **values):
    record = ledger("safety.hazard").example(
        enterprise=county.firm, unit=county.unit, grade="general", found_on=date(2026, 10, 1), **values
    )
    if state != "draft":
        record = record.ledger.perform(record, "approve", MACHINE)
        record = record.ledger.perform(record, "order", MACHINE)
    return record


@pytest.mark.django_db
def test_a_paper_says_what_the_record_says_and_leaves_out_what_it_does_not(county):
    record = hazard(county)
    paper = Paper(
        "例",
        "{enterprise.phone}，{enterprise.unit.name}；【资金{funds:大写}】【（{found_on}）】{responsible}\n\n"
        "- 甲 | 乙\n- {content} | {grade}",
        number="notice_no",
        to="enterprise",
        dated="found_on",
    )
    form = fill(paper, record)
    assert form.parts[0] == f"13800000000，示例县交通运输局；（2026年10月1日）{BLANK}"
    assert form.parts[1] == Table((("甲", "乙"), ("灭火器过期三具", "一般隐患")))
    assert (form.to, form.dated, form.issuer) == (county.firm.name, date(2026, 10, 1), "示例县交通运输局")
    with acting(MACHINE):
        record.funds = Decimal("1500")
        record.save()
    assert "资金壹仟伍佰元整" in fill(paper, record).parts[0]


@pytest.mark.django_db
def test_names_in_braces_are_checked_also_across_a_link(county):
    bound = ledger("safety.hazard")
    wrong = Paper("例", "{enterprise.phon} {contnt} {content.name} {today} {fine:小写} {}")
    found = "\n".join(faults("Hazard", wrong, bound))
    assert 'Did you mean "phone"?' in found
    assert 'Did you mean "content"?' in found
    assert '{content.name} goes on behind "content", which is no link' in found
    assert "{fine:小写}" in found
    assert '"{}"' in found
    assert "today" not in found


@pytest.mark.django_db
def test_a_notice_gets_the_next_number_of_the_bureau_and_a_typed_one_stays(county):
    year = clock.today().year
    first, second = hazard(county), hazard(county)
    assert [first.notice_no, second.notice_no] == [f"示交安改〔{year}〕1号", f"示交安改〔{year}〕2号"]
    third = hazard(county, state="draft")
    third.ledger.perform(third, "approve", MACHINE)
    typed = third.ledger.perform(third, "order", MACHINE, "", {"notice_no": f"示交安改〔{year}〕3号"})
    assert typed.notice_no == f"示交安改〔{year}〕3号"
    assert hazard(county).notice_no == f"示交安改〔{year}〕4号"


@pytest.mark.django_db
def test_the_page_offers_a_paper_only_in_its_states_and_the_history_keeps_its_printing_once(county):
    record = hazard(county, state="draft")
    assert "责令限期整改通知书" not in words(county.officer.get(record.url))
    assert county.officer.get(f"{record.url}papers/1/").status_code == 403
    record = hazard(county)
    assert f'href="{record.url}papers/1/"' in words(county.officer.get(record.url))
    assert record.notice_no in words(county.officer.get(f"{record.url}papers/1/"))
    for _ in range(2):
        answer = county.officer.get(f"{record.url}papers/1.docx")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert text.count(record.notice_no) == 2  # 存根 and 送达
    assert county.firm.name in text
    printed = [line for line in lines_of(record) if line.action == "print"]
    assert [line.why for line in printed] == [f"责令限期整改通知书 {record.notice_no}"]
    assert "打印" in words(county.officer.get(record.url))
    assert county.officer.get(f"{record.url}papers/9.docx").status_code == 404


@pytest.mark.django_db
def test_a_batch_of_the_list_is_one_file_of_those_that_may_be_printed(county):
    draft, one, two = hazard(county, state="draft"), hazard(county), hazard(county)
    numbers = "&".join(f"number={record.number}" for record in (draft, one, two))
    answer = county.officer.get(f"/ledgers/safety.hazard/papers/1.docx?{numbers}")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert one.notice_no in text
    assert two.notice_no in text
    assert text.count("责令限期整改通知书") == 4
    assert county.officer.get(f"/ledgers/safety.hazard/papers/1.docx?number={draft.number}").status_code == 302


@pytest.mark.django_db
def test_what_follows_from_a_record_is_asked_with_its_values_and_leads_back(county):
    visit = ledger("safety.inspection").example(enterprise=county.firm, unit=county.unit)
    page = words(county.officer.get(visit.url))
    address = re.search(r'href="(/ledgers/safety.hazard/new/[^"]+)"', page)[1].replace("&amp;", "&")
    form = words(county.officer.get(address))
    assert "已从安全检查" in form
    assert visit.number in form
    assert "2026-05-12" in form
    assert "登记隐患" not in words(county.firm_user.get(visit.url))
    found = ledger("safety.hazard").example(enterprise=county.firm, unit=county.unit, inspection=visit)
    assert f'来自 安全检查 <a href="{visit.url}">' in words(county.officer.get(found.url))
