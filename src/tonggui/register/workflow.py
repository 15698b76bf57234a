"""Workflows: the states of a record and who may move it from one to the next.

A ledger declares them in its own words (`found >> ordered`); performing a move is in `moves.py`. Two flows are ready to
use: `Standing` for what simply exists (units, vehicles) and `Confirming` for what must be checked by a second person
before it counts (草稿 → 待审核 → 审核通过, then 更正 or 作废).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tonggui.register.errors import DeclarationError


@dataclass(eq=False)
class State:
    """A state of a record.

    `start`: new records are in it. `final`: nothing is left to do. `confirmed`: rows in it count in official figures
    (审核通过). `due`: the Day by which the record should have left it. `tone` colours its word on screen: todo,
    waiting, done or void; by default start is todo, final is done, the rest waiting.
    """

    label: str
    start: bool = False
    final: bool = False
    due: str = ""
    confirmed: bool = False
    tone: str = ""
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __post_init__(self) -> None:
        self.tone = self.tone or ("todo" if self.start else "done" if self.final else "waiting")

    def __or__(self, other: "State | States") -> "States":
        return States((self,)) | other

    def __rshift__(self, target: "State") -> "Edge":
        return Edge((self,), target)


@dataclass(frozen=True)
class States:
    """Several states from which one move leads on: `(draft | ordered) >> void`."""

    of: tuple[State, ...]

    def __or__(self, other: "State | States") -> "States":
        return States(self.of + (other.of if isinstance(other, States) else (other,)))

    def __rshift__(self, target: State) -> "Edge":
        return Edge(self.of, target)


@dataclass(frozen=True)
class Edge:
    sources: tuple[State, ...]
    target: State


@dataclass(frozen=True)
class Duty:
    """A part in a ready-made flow the ledger fills: `class Flow(Confirming, enters="clerk", checks="director")`."""

    name: str


@dataclass(eq=False)
class Move:
    """A step from one state to another.

    `by`: the role or roles that may take it. `needs`: fields that must be filled before it, or a function of the record
    that names them. `sets`: fields it fills, with values or functions without arguments. `takes`: fields asked for in
    the dialogue of the move. `comment`: a reason must be given. `not_same_as`: the move (or moves) whose last doer may
    not also do this one. `check`: a function of the record that returns a sentence when the move must not be made.
    `numbers`: fields that get the next number of a series when they are empty, `{year}` and `{seq}` filled in and
    `{bureau}` the bureau's own mark: {"notice_no": "{bureau}安改〔{year}〕{seq}号"}. `joint`: roles of which one person
    each must agree before the move is made (会签): with the last consent, where its giver may also take the move, else
    when one of `by` takes it. `then`: a function of the record and the actor, run in the same transaction once the
    record is in its new state: what the move opens elsewhere. `recall`: whether its doer may take it back while nobody
    has acted on it (撤回); False for what has effect outside at once, such as a decision or its service.
    """

    edge: Edge
    label: str
    by: Any = ()
    needs: tuple[str, ...] | Callable[[Any], tuple[str, ...]] = ()
    sets: dict[str, Any] = field(default_factory=dict)
    takes: tuple[str, ...] = ()
    comment: bool = False
    not_same_as: str | tuple[str, ...] = ()
    check: Callable[[Any], str] | None = None
    numbers: dict[str, str] = field(default_factory=dict)
    joint: tuple[str, ...] = ()
    then: Callable[[Any, Any], None] | None = None
    recall: bool = True
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __post_init__(self) -> None:
        if isinstance(self.joint, str):
            self.joint = (self.joint,)
        if isinstance(self.not_same_as, str):
            self.not_same_as = (self.not_same_as,)
        if isinstance(self.by, str | Duty):
            self.by = (self.by,)

    @property
    def target(self) -> State:
        return self.edge.target

    @property
    def hands(self) -> tuple[Any, ...]:
        """Every role that has a part in the move: those that take it and those that sign it."""
        return (*self.by, *(role for role in self.joint if role not in self.by))

    @property
    def is_plain(self) -> bool:
        """Whether it asks for nothing but the decision, so that many records can be moved at once."""
        return not (self.takes or self.needs or self.joint or self.comment)

    def starts_in(self, state: str) -> bool:
        return any(source.name == state for source in self.edge.sources)

    def needed(self, record: Any) -> tuple[str, ...]:
        return tuple(self.needs(record)) if callable(self.needs) else tuple(self.needs)


class Procedure:
    """The states and moves of one ledger, ready to be asked."""

    def __init__(self, where: str, states: list[State], moves: list[Move]):
        self.where, self.states, self.moves = where, states, moves

    def state(self, name: str) -> State:
        for state in self.states:
            if state.name == name:
                return state
        raise DeclarationError(f'{self.where} has no state "{name}"')

    def move(self, name: str) -> Move | None:
        return next((move for move in self.moves if move.name == name), None)

    @property
    def start(self) -> State:
        return next(state for state in self.states if state.start)

    @property
    def confirmed(self) -> list[str]:
        """Names of the states whose rows count in official figures."""
        return [state.name for state in self.states if state.confirmed]

    @property
    def due(self) -> list[State]:
        """States that should be left by a day."""
        return [state for state in self.states if state.due]

    def faults(self) -> list[str]:
        """What is wrong with the declaration, in its own words."""
        starts = [state.name for state in self.states if state.start]
        found = []
        if len(starts) != 1:
            found.append(f"{self.where}: exactly one state must be the start, not {len(starts)}.")
        reached = {*starts, *(move.target.name for move in self.moves)}
        found += [f'{self.where}: no move leads to the state "{s.name}".' for s in self.states if s.name not in reached]
        left = {source.name for move in self.moves for source in move.edge.sources}
        stuck = [s.name for s in self.states if s.name not in left and not s.final and self.moves]
        found += [f'{self.where}: no move leaves the state "{name}", and it is not final.' for name in stuck]
        for move in self.moves:
            open_duties = [part.name for part in move.by if isinstance(part, Duty)]
            found += [f'{self.where}.{move.name}: say who: class Flow(…, {name}="clerk").' for name in open_duties]
            others = [name for name in move.not_same_as if self.move(name) is None]
            found += [f'{self.where}.{move.name}: not_same_as names no move "{name}".' for name in others]
        return found


class Workflow:
    """Base of a ledger's `Flow`. States and moves of a parent flow are kept unless named again."""

    procedure: Procedure
    duties: dict[str, Any] = {}

    def __init_subclass__(cls, **duties: Any) -> None:
        super().__init_subclass__()
        named: dict[str, Any] = {}
        for base in reversed(cls.__mro__):
            named |= {name: value for name, value in vars(base).items() if isinstance(value, State | Move)}
        cls.duties = {**cls.duties, **duties}
        states = [value for value in named.values() if isinstance(value, State)]
        moves = [_filled(value, cls.duties) for value in named.values() if isinstance(value, Move)]
        cls.procedure = Procedure(cls.__qualname__, states, moves)


def _filled(move: Move, duties: dict[str, Any]) -> Move:
    """The move with the parts of a ready-made flow given to roles; a shared move itself is never changed."""
    by: tuple[Any, ...] = ()
    for part in move.by:
        filled = duties.get(part.name, part) if isinstance(part, Duty) else part
        by += (filled,) if isinstance(filled, str | Duty) else tuple(filled)
    if by == move.by:
        return move
    return Move(**{**vars(move), "by": by})


class Standing(Workflow):
    """在用 → 停用: for what simply exists. A change needs no second person, but it keeps its history."""

    in_use = State("在用", start=True, confirmed=True, tone="done")
    ended = State("停用", final=True, confirmed=True, tone="void")

    end = Move(in_use >> ended, "停用", by=Duty("keeps"), comment=True)
    resume = Move(ended >> in_use, "恢复使用", by=Duty("keeps"), comment=True)


class Confirming(Workflow):
    """草稿 → 待审核 → 审核通过, and from there 更正 or 作废. Only checked rows count; the checker is another person."""

    draft = State("草稿", start=True)
    submitted = State("待审核")
    confirmed = State("审核通过", final=True, confirmed=True)
    amending = State("更正中", tone="todo")
    void = State("作废", final=True, tone="void")

    submit = Move((draft | amending) >> submitted, "提交审核", by=Duty("enters"))
    approve = Move(submitted >> confirmed, "审核通过", by=Duty("checks"), not_same_as="submit")
    send_back = Move(submitted >> draft, "退回", by=Duty("checks"), comment=True)
    amend = Move(confirmed >> amending, "更正", by=Duty("enters"), comment=True)
    cancel = Move((draft | submitted | amending | confirmed) >> void, "作废", by=Duty("checks"), comment=True)
