"""Codes of things in the world: their check sign, their series, the look-up, labels, and issuing again."""

import pytest
from page_values import words

from tonggui.register import coding
from tonggui.register.actor import Actor
from tonggui.register.coding import Coded, agrees, check_sign, find, give_codes, reissue
from tonggui.register.errors import DeclarationError, Invalid, Refused
from tonggui.register.registry import ledger

pytest_plugins = ["page_people"]
MACHINE = Actor.system("测试")


def test_the_check_sign_is_that_of_the_standard():
    # A published Global Release Identifier, which uses the same system (ISO 7064 MOD 37,36).
    assert check_sign("A12425GABC1234002") == "M"
    assert agrees("A1-2425G-ABC1234002-M")


def test_every_wrong_sign_and_every_swap_of_neighbours_is_noticed():
    whole = "JT510623-P-00042-"
    code = whole + check_sign(whole)
    assert agrees(code)
    for place, sign in enumerate(code):
        if sign == "-":
            continue
        wrong = (code[:place] + other + code[place + 1 :] for other in coding.SIGNS if other != sign)
        assert not any(agrees(one) for one in wrong)
    plain = code.replace("-", "")
    swapped = (plain[:n] + plain[n + 1] + plain[n] + plain[n + 2 :] for n in range(len(plain) - 1))
    assert not any(agrees(one) for one in swapped if one != plain)


def test_a_scheme_needs_its_number_and_ends_with_its_check_sign():
    with pytest.raises(DeclarationError, match="seq"):
        Coded("JT-{check}")
    with pytest.raises(DeclarationError, match="check"):
        Coded("JT-{seq:05}")


@pytest.fixture
def coded(county, monkeypatch):
    """Vehicles whose permit number is a code."""
    kind = Coded("JT{region}-{vehicle_class}-{seq:03}-{check}", "编码", parts={"region": "510623"})
    kind.name = "permit"
    bound = ledger("fleet.vehicle")
    monkeypatch.setattr(coding, "coded_field", lambda of: kind if of is bound else None)
    monkeypatch.setattr(bound.page, "labels", "plate enterprise")

    def vehicle(plate, **values):
        return bound.example(enterprise=county.firm, unit=county.unit, plate=plate, permit="", **values)

    return kind, vehicle


@pytest.mark.django_db
def test_each_prefix_runs_its_own_series(coded):
    kind, vehicle = coded
    first, second, other = vehicle("示F00001"), vehicle("示F00002"), vehicle("示F00003", vehicle_class="bus")
    assert [one.permit[:-2] for one in (first, second, other)] == [
        "JT510623-COACH-001", "JT510623-COACH-002", "JT510623-BUS-001",
    ]  # fmt: skip
    assert all(agrees(one.permit) for one in (first, second, other))
    with pytest.raises(Invalid, match="校验位不对"):
        kind.parse("JT510623-COACH-001-" + ("0" if first.permit[-1] != "0" else "1"))
    blank = ledger("fleet.vehicle").model(vehicle_class="")
    with pytest.raises(Refused, match="车辆类别"):
        give_codes([blank])


@pytest.mark.django_db
def test_a_code_leads_to_its_record_and_a_lost_one_stays_void(coded, county):
    _, vehicle = coded
    lost = vehicle("示F00001")
    old = lost.permit
    answer = county.officer.get("/codes/", {"code": old.lower()})
    assert answer["Location"] == lost.url
    with pytest.raises(Refused, match="原因"):
        reissue(lost, county.clerk.account.actor, " ")
    with pytest.raises(Refused, match="权限"):
        reissue(lost, county.officer.account.actor, "遗失")
    county.clerk.post(f"{lost.url}reissue/", {"why": "遗失"})
    again, said = find(old, MACHINE)
    assert again == lost
    assert again.permit != old
    assert "已于" in said
    assert "遗失" in said
    assert again.permit.startswith("JT510623-COACH-002")
    assert "作废" in words(county.officer.get("/codes/", {"code": old}))
    assert "校验位不对" in words(county.officer.get("/codes/", {"code": "JT510623-COACH-001-?"}))
    assert (
        county.firm_user.get("/codes/", {"code": "JT000000-COACH-001-" + check_sign("JT000000COACH001")}).status_code
        == 200
    )


@pytest.mark.django_db
def test_labels_carry_code_words_and_qr(coded, county):
    _, vehicle = coded
    one, two = vehicle("示F00001"), vehicle("示F00002")
    page = words(county.officer.get(f"/ledgers/fleet.vehicle/codes/?number={one.number}&number={two.number}"))
    assert page.count("<svg") >= 2
    assert one.permit in page
    assert "示F00002" in page
    assert county.firm.name in page
    assert county.officer.get("/ledgers/safety.hazard/codes/").status_code == 403
