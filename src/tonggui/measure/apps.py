"""The Django app that keeps documents, their figures and nil returns."""

from django.apps import AppConfig


class Measure(AppConfig):
    name = "tonggui.measure"
    label = "measure"
    verbose_name = "文书与指标"

    def ready(self) -> None:
        """Let duties know which months are covered by nil returns, and records in which documents they are counted."""
        from tonggui.measure.citing import cited_in
        from tonggui.measure.nil import covered_units
        from tonggui.register.duties import provide_nil_returns
        from tonggui.register.spine import provide_citations

        provide_nil_returns(covered_units)
        provide_citations(cited_in)
