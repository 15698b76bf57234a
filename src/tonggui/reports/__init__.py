"""Official documents, one module each; each names its figures, its text and what must hold between its numbers."""
