"""The clocks of a penalty case: each day that follows from another, and what late payment has come to.

The lengths stand in `statutes.enforcement`; here is only what starts each of them.
"""

from tonggui.base import clock
from tonggui.base.capitals import capital_yuan
from tonggui.register.declare import column, derive
from tonggui.statutes.enforcement import (
    ARCHIVING,
    CASH_TO_BANK,
    CASH_TO_UNIT,
    CLOSING,
    DECISION,
    DECISION_EXTENSION,
    DEFENCE,
    FILING,
    HEARING_NOTICE,
    HEARING_REQUEST,
    INTERRUPTION,
    LIMITATION,
    LIMITATION_GRAVE,
    PAYMENT,
    PUBLICITY,
    REMINDER,
    SERVICE,
    SPOT_COPY,
    WITHDRAWAL,
    court_window,
    late_fine_so_far,
    payment_terms,
    remedies,
)


class PenaltyClocks:
    """Derived days of a case, mixed into its record."""

    @derive("received_on")
    def derive_file_by(self):
        return FILING.due(self.received_on)

    @derive("happened_on", "grave", always=True)
    def derive_limitation_until(self):
        """Two years from the act, five where life, health or financial safety is harmed."""
        return (LIMITATION_GRAVE if self.grave else LIMITATION).due(self.happened_on)

    @derive("filed_on", "extended", "paused_days")
    def derive_decide_by(self):
        """Ninety days from filing; hearing, test and expert opinion do not count; thirty more where the head agrees."""
        due = DECISION.due(self.filed_on, paused_days=self.paused_days)
        return DECISION_EXTENSION.due(due) if self.extended else due

    @derive("noticed_on")
    def derive_defend_by(self):
        return DEFENCE.due(self.noticed_on)

    @derive("noticed_on", "hearing_offered")
    def derive_hearing_by(self):
        """Only a party that was told so may ask for a hearing."""
        return HEARING_REQUEST.due(self.noticed_on) if self.hearing_offered else None

    @derive("hearing_on")
    def derive_hearing_notice_by(self):
        """The last day on which the party may be told time and place of the hearing."""
        return HEARING_NOTICE.latest(self.hearing_on)

    @derive("decided_on")
    def derive_serve_by(self):
        return SERVICE.due(self.decided_on)

    @derive("decided_on")
    def derive_publish_by(self):
        return PUBLICITY.due(self.decided_on)

    @derive("decided_on", "procedure")
    def derive_spot_copy_by(self):
        """A decision on the spot is handed in to the unit within five working days."""
        return SPOT_COPY.due(self.decided_on) if self.procedure == "spot" else None

    @derive("served_on")
    def derive_pay_by(self):
        """Fifteen days from receipt; another day where instalments or a delay were granted; none for a warning."""
        return PAYMENT.due(self.served_on) if self.fine else None

    @derive("paid_on", "cash_ground")
    def derive_cash_by(self):
        """Money that an officer took is with the unit within two working days."""
        return CASH_TO_UNIT.due(self.paid_on) if self.cash_ground else None

    @derive("cash_on")
    def derive_bank_by(self):
        return CASH_TO_BANK.due(self.cash_on)

    @derive("reminded_on")
    def derive_apply_from(self):
        """The court is asked no earlier than ten working days after the reminder was served."""
        return REMINDER.due(self.reminded_on)

    @derive("served_on")
    def derive_apply_by(self):
        """Three months after the six months for a lawsuit; missed, the right is lost."""
        return court_window(self.served_on)

    @derive("interrupted_on")
    def derive_interrupted_until(self):
        """After three years without harm and without means nothing is enforced any more."""
        return INTERRUPTION.due(self.interrupted_on)

    @derive("quashed_on", "published_on")
    def derive_withdraw_by(self):
        """A published decision that no longer stands is withdrawn, and why is said."""
        return WITHDRAWAL.due(self.quashed_on)

    @derive("paid_on")
    def derive_close_by(self):
        return CLOSING.due(self.paid_on)

    @derive("closed_on")
    def derive_archive_by(self):
        return ARCHIVING.due(self.closed_on)

    @column("加处罚款", unit="元")
    def late_fine(self):
        """In yuan so far; reviews and lawsuits are left to the officer."""
        return late_fine_so_far(self.fine, self.decided_on, self.pay_by, self.paid_on or clock.today())

    @column("救济途径", numeric=False)
    def legal_remedies(self):
        """The sentence of a decision or an order on review and lawsuit, with the terms of its day."""
        if self.decided_on is None and not self.correction_no:
            return None
        return remedies(self.decided_on or clock.today())

    @column("缴款要求", numeric=False)
    def payment_terms(self):
        """How a fine is paid; nothing for a warning, or where an officer took the money."""
        return payment_terms(self.decided_on) if self.decided_on and self.fine and not self.cash_ground else None

    @column("处罚内容", numeric=False)
    def penalty(self):
        """What was decided, as a decision says it."""
        if self.decided_on is None:
            return None
        return _penalty(self.fine)

    @column("拟处罚内容", numeric=False)
    def intended_penalty(self):
        """What is intended, as a notice says it."""
        return None if self.noticed_fine is None else _penalty(self.noticed_fine)


def _penalty(fine) -> str:
    """A fine in digits and capitals, or a warning where there is none."""
    return f"罚款{f'{fine:f}'.removesuffix('.00')}元（人民币{capital_yuan(fine)}）" if fine else "予以警告"
