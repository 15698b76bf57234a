"""综合办公: the office's own books: documents, tasks, the values the bureau has set, the systems it draws from."""

from tonggui.register.domain import LedgerApp


class Office(LedgerApp):
    verbose_name = "综合办公"
    order = 90
    ledgers = "task document meeting openitem complaint proposal difficulty post source parameter"
