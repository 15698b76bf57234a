"""Whom this site exchanges with: `exchange.json` in its folder, {"to": "https://…", "county": "310230"}.

`tonggui up` starts the exchange where the file is there; the key of the signatures is the site's own secret.
"""

import json
from dataclasses import dataclass

from tonggui.base.errors import Problem
from tonggui.base.site import Site

FILE = "exchange.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """The address of the provincial system, and our code there."""

    to: str
    county: str


def is_configured(site: Site) -> bool:
    return (site.data / FILE).is_file()


def settings_of(site: Site, to: str = "", county: str = "") -> Settings:
    """As given, else as the site's file says; Problem in words where something is missing."""
    try:
        said = json.loads((site.data / FILE).read_bytes()) if is_configured(site) else {}
    except ValueError as error:
        raise Problem(f"{FILE} 读不懂：{error}", do='请写成 {"to": "https://…", "county": "310230"}') from None
    said = said if isinstance(said, dict) else {}
    found = Settings(to or str(said.get("to") or ""), county or str(said.get("county") or ""))
    if not (found.to and found.county):
        raise Problem("没有写明省级平台地址和本县代码", do=f"请用 --to 和 --county，或者写进站点文件夹的 {FILE}")
    return found
