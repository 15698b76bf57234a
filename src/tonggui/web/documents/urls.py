"""Addresses of the summary workbench."""

from django.urls import path

from tonggui.web.documents import (
    bulletins,
    comparing,
    cowriting,
    files,
    history,
    listing,
    nil_returns,
    proofread,
    views,
    writing,
)
from tonggui.web.documents.old import views as old
from tonggui.web.documents.wording import views as wording

DOCUMENT = "documents/<int:pk>/"
OLD = "documents/old/<int:pk>/"
WORDING = "documents/wording/<slug:code>/"

urlpatterns = [
    path("documents/", listing.page, name="documents"),
    path("documents/new/", listing.new, name="new_document"),
    path("documents/nil/", nil_returns.page, name="nil_returns"),
    path("documents/nil/<int:pk>/confirm/", nil_returns.confirm, name="confirm_nil_return"),
    path("documents/wording/", wording.listing, name="wordings"),
    path(WORDING, wording.page, name="wording"),
    path(f"{WORDING}section/", wording.section, name="wording_section"),
    path(f"{WORDING}try/", wording.trial, name="try_wording"),
    path(f"{WORDING}compare/", wording.compare, name="compare_wording"),
    path(f"{WORDING}default/", wording.default, name="default_wording"),
    path("documents/old/", old.listing, name="old_texts"),
    path(OLD, old.page, name="old_text"),
    path(f"{OLD}decide/", old.decide_all, name="decide_baselines"),
    path(f"{OLD}<int:baseline>/", old.decide, name="decide_baseline"),
    path(DOCUMENT, views.page, name="document"),
    path(f"{DOCUMENT}figures/<int:n>/", views.figure, name="figure"),
    path(f"{DOCUMENT}compare/", comparing.compare, name="compare_document"),
    path(f"{DOCUMENT}changes/", cowriting.changes, name="document_changes"),
    path(f"{DOCUMENT}save/", cowriting.save, name="save_document"),
    path(f"{DOCUMENT}leave/", cowriting.leave, name="leave_document"),
    path(f"{DOCUMENT}figures/", cowriting.figures, name="document_figures"),
    path(f"{DOCUMENT}figures/insert/", cowriting.insert, name="insert_figure"),
    path(f"{DOCUMENT}figures/typed/", cowriting.typed, name="typed_figure"),
    path(f"{DOCUMENT}check/", cowriting.check, name="check_document"),
    path(f"{DOCUMENT}variants/<int:variant>/", cowriting.choose, name="choose_variant"),
    path(f"{DOCUMENT}set-aside/", cowriting.set_aside, name="set_finding_aside"),
    path(f"{DOCUMENT}versions/", history.listing, name="document_versions"),
    path(f"{DOCUMENT}versions/restore/", history.restore, name="restore_version"),
    path(f"{DOCUMENT}edit/", writing.edit, name="edit_document"),
    path(f"{DOCUMENT}refresh/", writing.refresh, name="refresh_document"),
    path(f"{DOCUMENT}rewrite/", writing.rewrite, name="rewrite_document"),
    path(f"{DOCUMENT}head/", writing.fill_head, name="document_head"),
    path(f"{DOCUMENT}seal/", writing.seal, name="seal_document"),
    path(f"{DOCUMENT}issue/", bulletins.issue, name="issue_document"),
    path(f"{DOCUMENT}revise/", bulletins.revise, name="revise_document"),
    path("proofread/", proofread.page, name="proofread"),
    path("bulletins/", bulletins.listing, name="bulletins"),
    path(f"{DOCUMENT}document.docx", views.docx, name="document_docx"),
    path(f"{DOCUMENT}figures.xlsx", views.xlsx, name="document_xlsx"),
    path(f"{DOCUMENT}preview.pdf", files.preview_pdf, name="document_pdf"),
    path(f"{DOCUMENT}layout/", files.layout, name="document_layout"),
]
