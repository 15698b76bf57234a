"""Pictures of the demo county's passes: what the cameras of a point take of a truck that its own scale finds heavy."""

from typing import Any

from tonggui.base.site import Site
from tonggui.run.demo import truck_pictures
from tonggui.stream.media import Media

# From which mass in kg a point's device keeps pictures, by axles; six hold for more.
HEAVY = {2: 18_000, 3: 25_000, 4: 31_000, 5: 42_000, 6: 46_000}
#: Of so many passes one reaches the platform without its rear and plate, so that the desk has something to find.
ONE_IS_LACKING = 29


def is_heavy(gross_kg: float, axles: int) -> bool:
    """Whether a point's own scale takes a truck for too heavy."""
    return gross_kg > HEAVY[min(axles, 6)]


class PassMedia:
    """The pictures of a site's passes, each kept once."""

    def __init__(self, site: Site) -> None:
        self.media = Media(site)
        self.kept: dict[bytes, str] = {}

    def of(self, item: dict[str, Any], plate: str, serial: int) -> list[dict[str, str]]:
        """The media of a pass, none where the truck is light. `plate`: what the truck bears, read or not."""
        if not is_heavy(item["gross_kg"], item["axles"]):
            return []
        groups = "".join(str(len(group)) for group in item["axle_groups"])
        pictures = {"front": truck_pictures.end(rear=False), "side": truck_pictures.side(groups)}
        if serial % ONE_IS_LACKING:
            pictures |= {"rear": truck_pictures.end(rear=True), "plate": truck_pictures.plate(plate)}
        return [
            {"kind": kind, "sha256": self.keep(content), "taken_at": item["time"]} for kind, content in pictures.items()
        ]

    def keep(self, content: bytes) -> str:
        """The hash of a content, which lies in the site from now on."""
        if content not in self.kept:
            self.kept[content] = self.media.put(content)
        return self.kept[content]
