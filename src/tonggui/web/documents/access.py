"""Who may read, write and seal documents. Staff of the bureau read; an enterprise sees none."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tonggui.measure.documents import SEALERS, WRITERS
from tonggui.measure.issuing import ISSUERS
from tonggui.measure.models import Document
from tonggui.measure.wording.own import WORDERS
from tonggui.register.actor import Actor
from tonggui.register.roles import members
from tonggui.register.views.access import actor_of


def reader(request: HttpRequest) -> Actor:
    """The actor of a request, who must belong to the bureau."""
    actor = actor_of(request)
    _need(actor.has(*members("county")), "公文只供局内人员查看。")
    return actor


def writer(request: HttpRequest) -> Actor:
    actor = reader(request)
    _need(may_write(actor), "起草和修改公文需要材料员、股室经办或局领导的角色。")
    return actor


def sealer(request: HttpRequest) -> Actor:
    actor = reader(request)
    _need(may_seal(actor), "封存公文需要材料员或局领导的角色。")
    return actor


def worder(request: HttpRequest) -> Actor:
    actor = reader(request)
    _need(may_word(actor), "修改文书句式需要材料员或局领导的角色。")
    return actor


def issuer(request: HttpRequest) -> Actor:
    actor = reader(request)
    _need(may_issue(actor), "签发通报需要局领导的角色。")
    return actor


def may_issue(actor: Actor) -> bool:
    return actor.has(*ISSUERS)


def may_write(actor: Actor) -> bool:
    return actor.has(*WRITERS)


def may_word(actor: Actor) -> bool:
    return actor.has(*WORDERS)


def may_seal(actor: Actor) -> bool:
    return actor.has(*SEALERS)


def document_of(pk: int) -> Document:
    return get_object_or_404(Document, pk=pk)


def _need(allowed: bool, words: str) -> None:
    if not allowed:
        raise PermissionDenied(words)
