"""Official texts as they are written: read from a file, and looked over for what a careful editor would mark.

`read` gives the lines of a .docx or .txt, `lint` the findings of all rules.
"""

from tonggui.texts.findings import Finding, lint
from tonggui.texts.reading import Line, Text, read

__all__ = ["Finding", "Line", "Text", "lint", "read"]
