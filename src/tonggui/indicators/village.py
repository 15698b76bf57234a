"""驻村帮扶指标 VIL: the team in the village, the days its members spent there, and what they did.

Basis: 关于向重点乡村持续选派驻村第一书记和工作队的意见 (2021). Days are those of the months'
records of attendance and add up over members: three who stayed twenty days are sixty.
"""

from tonggui.ledgers.party.helpteam import HelpTeam
from tonggui.ledgers.party.stay import Stay
from tonggui.measure.declare import AT_END, Total

BASIS = "驻村工作队选派和考勤"

helpers = Total("VIL-01", "驻村工作队员", "人", of=HelpTeam.Measures.helpers, during=AT_END, names="name", basis=BASIS)
teams = Total("VIL-01N", "驻村工作队", "支", of=HelpTeam.Measures.teams, during=AT_END, names="name", basis=BASIS)
days = Total("VIL-01D", "驻村队员累计驻村", "天", of=Stay.Measures.days, by=("help_team",), basis=BASIS)
visits = Total("VIL-01V", "走访农户", "户次", of=Stay.Measures.visits, by=("help_team",), basis=BASIS)
solved = Total("VIL-01S", "驻村办实事", "件", of=Stay.Measures.solved, by=("help_team",), basis=BASIS)
