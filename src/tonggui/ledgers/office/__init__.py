"""综合办公: the office's own books: documents, tasks, the values the bureau has set, the systems it draws from."""
