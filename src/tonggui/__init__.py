"""Tonggui 同轨: one gauge for everything a county transport bureau supervises."""

__version__ = "0.1.0"
