"""Old summaries at /documents/old/: uploaded, figures proposed, corrected, decided, taken back, used as 同比 bases."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tonggui.measure.baselines import Baseline, OldText, base_of, value_in_unit
from tonggui.measure.periods import Period
from tonggui.register.models import Account
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
TEXT = (
    "示例县交通运输局2025年上半年工作总结\n"
    "开展安全检查20次，发现隐患12处，整改13处。罚款约3万元，召开会议5次。\n"
    "下半年计划新建农村公路20公里。\n"
)


def upload(client, content: str = TEXT, name: str = "2025年上半年总结.txt"):
    file = SimpleUploadedFile(name, content.encode("gb18030"))
    return client.post("/documents/old/", {"file": file}, follow=True)


@pytest.fixture
def as_person(client):
    """A browser in which somebody of a role is logged in."""

    def log_in(role: str):
        if not Account.objects.filter(username=role).exists():
            unit = ledger("parties.unit").model._base_manager.first() or ledger("parties.unit").example()
            firm = {"enterprise": ledger("parties.enterprise").example()} if role == "enterprise" else {"unit": unit}
            Account.objects.create_account(role, None, roles=[role], **firm)
        client.force_login(Account.objects.get(username=role))
        return client

    return log_in


@pytest.fixture
def text(as_person) -> OldText:
    upload(as_person("writer"))
    return OldText.objects.get()


def test_an_uploaded_text_is_shown_with_its_figures_marked(as_person):
    page = upload(as_person("writer")).content.decode()
    assert "读出 6 个数字" in page
    assert ">12处</a>" in page and "HAZ-01" in page
    assert "整改数大于发现数（12处）" in page


def test_the_same_file_is_recognised(as_person, text):
    page = upload(as_person("writer"), name="又一次.txt").content.decode()
    assert OldText.objects.count() == 1
    assert "上传过" in page


@pytest.mark.parametrize(
    ("name", "words"), [("总结.pdf", "不是可以读取的格式"), ("总结.docx", "不是可以读取的 Word 文件")]
)
def test_a_file_that_cannot_be_read_is_refused_with_the_way_out(as_person, name, words):
    answer = upload(as_person("writer"), name=name)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not OldText.objects.exists()


def test_a_confirmed_figure_of_the_same_rule_is_a_base(as_person, text):
    client, period = as_person("writer"), Period.parse("2025H1")
    row = text.baselines.get(item="发现隐患")
    assert base_of("HAZ-01", period) is None
    client.post(f"{text.url}{row.pk}/", {"decision": "accept"})
    found = base_of("HAZ-01", period)
    assert found is not None and (found.value, found.line) == (Decimal(12), 2)
    row.refresh_from_db()
    assert row.state == Baseline.CONFIRMED and row.decided_by
    Baseline.objects.filter(pk=row.pk).update(same_rule=False)
    assert base_of("HAZ-01", period) is None


def test_two_confirmed_figures_that_disagree_are_no_base(text):
    row = text.baselines.get(item="发现隐患")
    row.state = Baseline.CONFIRMED
    row.save()
    row.pk, row.value = None, Decimal(14)
    row.save()
    assert base_of("HAZ-01", Period.parse("2025H1")) is None


def test_all_certain_ones_are_taken_at_once_and_taken_back(as_person, text):
    client = as_person("writer")
    client.post(f"{text.url}decide/", follow=True)
    taken = set(text.baselines.filter(state=Baseline.CONFIRMED).values_list("item", flat=True))
    assert "发现隐患" in taken
    assert not taken & {"整改隐患", "罚款", "计划新建农村公路", "召开会议"}
    batch = text.baselines.filter(state=Baseline.CONFIRMED).first().batch
    client.post(f"{text.url}decide/", {"undo": batch})
    assert not text.baselines.exclude(state=Baseline.PROPOSED).exists()


def test_a_person_corrects_before_taking(as_person, text):
    client = as_person("writer")
    row = text.baselines.get(item="召开会议")
    given = {"decision": "accept", "item": "召开安全例会", "value": "6", "unit": "次", "period": "2025H1"}
    refused = client.post(f"{text.url}{row.pk}/", given | {"period": "去年"})
    assert refused.status_code == 400 and "不是期间" in refused.content.decode()
    client.post(f"{text.url}{row.pk}/", given | {"code": "SAF-04", "same_rule": "on"})
    assert base_of("SAF-04", Period.parse("2025H1")).value == 6
    wrong = client.post(f"{text.url}{row.pk}/", given | {"code": "HAZ-04"})
    assert "不能换算" in wrong.content.decode()


def test_who_may_not_write_sees_and_decides_nothing(as_person, text):
    assert as_person("enterprise").get(text.url).status_code == 403


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "expected"),
    [
        ("1.2", "亿元", "万元", 120_000_000),
        ("404", "万元", "元", 4_040_000),
        ("2.2", "万平方米", "平方米", 22_000),
        ("1.5", "万份", "份", 15_000),
        ("12", "辆", "台", 12),
        ("95", "%", "%", 95),
        ("95", "%", "处", None),
        ("3", "处", "万元", None),
    ],
)
def test_a_value_is_brought_into_the_unit_of_its_indicator(value, unit, wanted, expected):
    assert value_in_unit(Decimal(value), unit, wanted) == expected
