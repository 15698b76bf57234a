"""Rates of the project beside those of its peers, measured in the same minutes on the same machine."""
