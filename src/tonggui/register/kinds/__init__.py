"""Kinds of field: each knows how to be a column, a filter, a form control, a sheet cell, an API value and a total."""

from tonggui.register.kinds.base import Kind, Reading
from tonggui.register.kinds.choices import Choice, Choices, Flag, Link, Status
from tonggui.register.kinds.codes import CreditCode, Plate
from tonggui.register.kinds.evidence import Evidence
from tonggui.register.kinds.files import Files, Photos
from tonggui.register.kinds.noted import Noted
from tonggui.register.kinds.numbers import Amount, Integer, Money, Year
from tonggui.register.kinds.places import Area, Place
from tonggui.register.kinds.text import LongText, Number, Phone, Text
from tonggui.register.kinds.times import Day, Moment, Month

__all__ = [
    "Amount",
    "Area",
    "Choice",
    "Choices",
    "CreditCode",
    "Day",
    "Evidence",
    "Files",
    "Flag",
    "Integer",
    "Kind",
    "Link",
    "LongText",
    "Moment",
    "Money",
    "Month",
    "Noted",
    "Number",
    "Phone",
    "Photos",
    "Place",
    "Plate",
    "Reading",
    "Status",
    "Text",
    "Year",
]
