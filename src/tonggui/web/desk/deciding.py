"""What is done on the desk: a decision, a corrected plate, a case filed. Each says in words why it was not done."""

from tonggui.base.clock import CHINA
from tonggui.bridge.pass_again import doubts_under
from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.case_from_pass import open_from_pass
from tonggui.ledgers.overload.case_kinds import NO_CASE
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.permit import Permit
from tonggui.register.actor import Actor
from tonggui.register.errors import Conflict, Refused
from tonggui.register.history import lines_of
from tonggui.register.models import HistoryEntry
from tonggui.register.registry import ledger
from tonggui.web.desk import leases
from tonggui.web.desk.queue import DONE, KEY


class Overtaken(Conflict):
    """Somebody else has decided, or changed, the pass in the meantime. `again`: it still waits for the same person, who
    has to look at what is new."""

    def __init__(self, words: str, again: bool = False):
        super().__init__(words)
        self.again = again


def decide(actor: Actor, number: str, move: str, version: int, reason: str, comment: str) -> DoubtedPass:
    """Take a step of the review. The same step sent twice by the same person is one; a pass that is no longer as it
    was on the screen raises Overtaken, whatever the workflow would allow."""
    passes = ledger(KEY)
    if move not in DONE:
        raise Refused(f"审核工作台没有“{move}”这一步。")
    found = passes.get(number, actor)
    if found.version != version:
        last = lines_of(found).first()
        if last and last.account_id == actor.account_id and last.move == move:
            return found
        step = passes.flow.move(move)
        raise Overtaken(_overtaken(found, last), step.starts_in(found.state) and not leases.holder(found.pk, actor))
    if who := leases.holder(found.pk, actor):
        raise Overtaken(f"{found} 现在由{who}审核，您的决定没有提交。")
    values = {"reject_reason": reason} if move == "reject" else {}
    done = passes.perform(found, move, actor, comment, values)
    leases.let_go(actor, [done.pk])
    return done


def correct_plate(actor: Actor, number: str, version: int, plate: str) -> DoubtedPass:
    """Put a misread plate right; vehicle, permit and the doubts about them follow it, the limit does not
    (`bridge.pass_again`). The history keeps both readings.

    Only before the first review is done: a second officer who reads another plate sends the pass back, so that two
    people have always seen the same one.
    """
    passes = ledger(KEY)
    found = passes.get(number, actor)
    if found.state != "found":
        raise Refused("初审通过后不能更正号牌。号牌有误的，请退回初审，由初审人员更正后重新审核。")
    if found.version != version:
        raise Overtaken(_overtaken(found, lines_of(found).first()))
    read = passes.kinds["plate"].parse(plate)
    if not read:
        raise Refused("请填写号牌号码。")
    if read == found.plate:
        return found
    vehicle = ledger("fleet.vehicle").query(actor).filter(plate=read).first()
    permit = Permit.held_on(read, found.passed_on)
    values = {"plate": read, "vehicle": vehicle and vehicle.number, "permit": permit and permit.number}
    if found.doubts or not found.doubt:
        doubts = doubts_under(found, read)
        values |= {"doubts": doubts, "doubt": "；".join(one["words"] for one in doubts)}
    passes.change(found, actor, values, f"对照号牌图像更正：{found.plate or '未识别'} 改为 {read}", version)
    return passes.get(number, actor)


def file_case(actor: Actor, number: str) -> Case:
    """The case of an accepted pass, with everything carried over from it. One pass founds one case."""
    found = ledger(KEY).get(number, actor)
    there = Case.objects.visible_to(actor).filter(doubted_pass=found).exclude(state__in=NO_CASE).first()
    if there is not None:
        return there
    if not ledger("overload.case").can_create(actor):
        raise Refused("您没有登记超限案件的权限。")
    return open_from_pass(found, actor)


def _overtaken(found: DoubtedPass, last: HistoryEntry | None) -> str:
    """Who did what when, in the words of the one who came second."""
    if last is None:
        return f"{found} 的内容已有变动，您的决定没有提交。"
    move = found.ledger.flow.move(last.move)
    deed = f"办理“{move.label}”" if move else "修改内容"
    at = last.at.astimezone(CHINA)
    return f"{found} 已由{last.actor_name}于 {at:%H:%M} {deed}，您的决定没有提交。"
