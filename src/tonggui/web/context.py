"""What every page's frame shows: the unit, the menu, the count of to-dos, the bell, the display modes."""

import re

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tonggui.register.actor import Actor
from tonggui.register.roles import ROLES
from tonggui.register.views.access import actor_of
from tonggui.web import menu
from tonggui.web.rings import rings
from tonggui.web.todo import todo_count

# The modes a page knows; anything else in the cookie is ignored.
DISPLAY = {"skin": ("dark",), "text": ("large",), "contrast": ("high",)}
DISPLAY_BOXES = (("skin:dark", "深色大屏"), ("text:large", "大字"), ("contrast:high", "高对比度"))


def display_modes(request: HttpRequest) -> dict[str, str]:
    """Modes from the `display` cookie, such as {"skin": "dark"}."""
    pairs = re.findall(r"([a-z]+):([a-z]+)", request.COOKIES.get("display", ""))
    return {name: value for name, value in pairs if value in DISPLAY.get(name, ())}


def shell(request: HttpRequest) -> dict:
    """Variables of `web/base.html`; the costly ones are computed only where the template asks."""
    modes = display_modes(request)
    chosen = {f"{name}:{value}" for name, value in modes.items()}
    frame = {
        "display_modes": modes,
        "display_boxes": [(code, word, code in chosen) for code, word in DISPLAY_BOXES],
    }
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return frame
    actor = actor_of(request)
    return frame | {
        "actor": actor,
        "role_titles": [ROLES[code] for code in ROLES if code in actor.roles],
        "bureau": SimpleLazyObject(lambda: bureau_name(actor)),
        "menu_pages": SimpleLazyObject(lambda: menu.pages(actor, menu.place(request))),
        "menu_groups": SimpleLazyObject(lambda: menu.groups(actor, menu.place(request))),
        "todo_count": SimpleLazyObject(lambda: todo_count(actor)),
        "rung": SimpleLazyObject(lambda: sum(rings(actor).values())),
    }


def bureau_name(actor: Actor) -> str:
    """The name in the title bar: the person's unit, or enterprise, as staff know it."""
    return str(getattr(actor.unit, "name", "") or getattr(actor.enterprise, "name", "") or "")
