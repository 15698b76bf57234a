"""What the bureau has set for itself, out of its ledger and into the file by which every process judges.

The file is written whole and only when its content has changed; readers look at its time (`law/overrides.py`).
"""

from tonggui.base.site import Site, write_whole
from tonggui.law import overrides
from tonggui.law.settable import find
from tonggui.ledgers.office.parameter import Parameter
from tonggui.register.actor import Actor

WRITER = Actor.system("本局参数")


def decisions() -> list[overrides.Override]:
    """Every confirmed value, earliest first. What the statutes no longer declare is left out."""
    rows = Parameter.objects.visible_to(WRITER).filter(state="confirmed").order_by("holds_from", "number")
    known = [(row, thing) for row in rows if (thing := find(row.setting))]
    return [
        overrides.Override(thing.code, row.holds_from, thing.parse(row.new_value), row.number) for row, thing in known
    ]


def write_bureau_values(site: Site) -> bool:
    """Bring the file up to date; True when it changed. A bureau that has set nothing has no file."""
    path, content = site.bureau_values, overrides.written(found := decisions())
    if path.is_file():
        if path.read_bytes() == content:
            return False
    elif not found:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return True
