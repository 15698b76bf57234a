"""The summary workbench: documents with their figures, each figure leading back to its records."""
