"""What cannot be done with a document."""


class DocumentError(ValueError):
    """Why a document cannot be changed or sealed, in the reader's words."""
