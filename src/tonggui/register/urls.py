"""Addresses of the ledgers, their API, and the account's own tokens."""

from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern

from tonggui.register.views import (
    accounts,
    approving,
    attaching,
    coding,
    editing,
    importing,
    listing,
    looking_up,
    mapping,
    moving,
    printing,
    saving,
    working,
)
from tonggui.register.views import record as record_page

LEDGER = "ledgers/<str:key>/"
RECORD = f"{LEDGER}<str:number>/"

PAGES = [
    path("tokens/", accounts.tokens, name="tokens"),
    path("tokens/<int:token>/drop/", accounts.drop_token, name="drop_token"),
    path("tasks/", working.tasks, name="tasks"),
    path("tasks/exports/<int:run>/", working.export, name="export_run"),
    path("tasks/exports/<int:run>/file.xlsx", working.export_file, name="export_file"),
    # The words below come before the numbers of records, which never look like them (see Number.read).
    path(LEDGER, listing.list_page, name="list"),
    path(f"{LEDGER}new/", editing.new, name="new"),
    path(f"{LEDGER}drafts/<int:draft>/drop/", editing.drop_draft, name="drop_draft"),
    path(f"{LEDGER}saved/", saving.save, name="save_view"),
    path(f"{LEDGER}saved/<int:view>/", saving.change, name="change_view"),
    path(f"{LEDGER}lookup/<str:name>/", looking_up.options, name="lookup"),
    path(f"{LEDGER}map.geojson", mapping.geojson, name="geojson"),
    path(f"{LEDGER}export.xlsx", printing.export, name="export"),
    path(f"{LEDGER}print/", printing.print_list, name="print_list"),
    path(f"{LEDGER}cards/", printing.print_cards, name="print_cards"),
    path("codes/", coding.look_up, name="codes"),
    path(f"{LEDGER}codes/", coding.labels, name="labels"),
    path(f"{RECORD}reissue/", coding.reissue_code, name="reissue"),
    path(f"{LEDGER}import/", importing.start, name="import"),
    path(f"{LEDGER}import/template.xlsx", importing.template, name="import_template"),
    path(f"{LEDGER}import/<int:run>/", importing.run, name="import_run"),
    path(f"{LEDGER}urge/", approving.urge_many, name="urge_many"),
    path(f"{LEDGER}moves/<str:name>/", approving.move_many, name="move_many"),
    path(RECORD, record_page.detail, name="record"),
    path(f"{RECORD}edit/", editing.edit, name="edit"),
    path(f"{RECORD}history/", record_page.history, name="history"),
    path(f"{RECORD}comment/", record_page.comment, name="comment"),
    path(f"{RECORD}print/", printing.print_card, name="print_card"),
    path(f"{RECORD}ask/<str:kind>/", approving.ask, name="ask"),
    path(f"{RECORD}asked/<int:ask>/", approving.answer, name="answer_ask"),
    path(f"{RECORD}disagree/<str:name>/", approving.disagree, name="disagree"),
    path(f"{RECORD}recall/", approving.recall, name="recall"),
    path(f"{RECORD}urge/", approving.urge, name="urge"),
    path(f"{RECORD}move/<str:name>/", moving.move, name="move"),
    path(f"{RECORD}attachments/", attaching.add, name="attach"),
    path(f"{RECORD}attachments/<int:attachment>/", attaching.download, name="attachment"),
]

# Named, not imported: the API is made when somebody first asks for it (see its module).
API = URLResolver(RoutePattern("api/"), "tonggui.register.api.urls", app_name="ninja", namespace="api")

urlpatterns = [API, path("", include((PAGES, "register")))]
