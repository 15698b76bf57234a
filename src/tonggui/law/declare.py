"""The vocabulary of `statutes/`.

An `Act` has articles; a `Parameter` is a value with its days; a `Reading` is a choice between ways to understand a
clause; `rule` declares a function over columns, with what it takes (`Given`) and gives (`Gives`), the `Step`s that
explain a result and the `Example`s that test it.
"""

from tonggui.law.acts import Act, Article
from tonggui.law.parameters import Parameter, all_parameters
from tonggui.law.rules import Example, Given, Gives, Reading, Rule, Step, all_rules, rule

__all__ = [
    "Act",
    "Article",
    "Example",
    "Given",
    "Gives",
    "Parameter",
    "Reading",
    "Rule",
    "Step",
    "all_parameters",
    "all_rules",
    "rule",
]
