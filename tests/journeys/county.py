"""A small county on a site of its own for a journey: written into the ledgers from outside, used as a person would.

Run as a script, with TONGGUI_DATA naming the site, it writes the county.
"""

import re

import httpx

PASSWORD = "a long example password"
PHONES = [f"139000000{number:02}" for number in range(1, 13)]
GOOD_SCALE, EXPIRED_SCALE = "SL0001", "SL0002"
ROLES = ("admin", "clerk", "overload_officer", "writer")


def write_county() -> None:
    """A bureau, a person of each role, a dozen terminals, and a weighing point with and one without a valid scale."""
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    bureau = ledger("parties.unit").example()
    for role in ROLES:
        Account.objects.create_account(role, PASSWORD, roles=[role], unit=bureau, name=f"示例{role}")
    vehicles, terminals, points = (ledger(key) for key in ("fleet.vehicle", "fleet.terminal", "overload.weighingpoint"))
    for number, phone in enumerate(PHONES, 1):
        terminals.example(phone=phone, vehicle=vehicles.example(plate=f"示A{number:05}"))
    points.example(code=GOOD_SCALE, device=f"{GOOD_SCALE}-W1", calibrated_to="2099-12-31")
    points.example(code=EXPIRED_SCALE, device=f"{EXPIRED_SCALE}-W1", calibrated_to="2025-12-31", name="示例二号检测点")


class Browser:
    """A person of a role at the pages of a site."""

    def __init__(self, address: dict, role: str) -> None:
        self.client = httpx.Client(
            base_url=f"http://{address['host']}:{address['port']}", follow_redirects=True, timeout=60
        )
        self.client.get("/login/")
        page = self.post("/login/", username=role, password=PASSWORD)
        assert page.status_code == 200 and "/login/" not in str(page.url), page.text

    def text(self, path: str) -> str:
        """What a page says, without its tags."""
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return words(answer)

    def post(self, path: str, files: dict | None = None, **data: str) -> httpx.Response:
        token = self.client.cookies["csrftoken"]
        return self.client.post(path, data={**data, "csrfmiddlewaretoken": token}, files=files)


def words(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


if __name__ == "__main__":
    write_county()
