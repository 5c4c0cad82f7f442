"""Addresses of casework."""

from django.urls import path

from opensponsor.web.casework import actions, asking, audit, cases, notes, requests, tasks, transfer

app_name = "casework"

urlpatterns = [
    path("cases/<uuid:case_id>/", cases.show, name="case"),
    path("cases/<uuid:case_id>/actions/", actions.show, name="actions"),
    path("cases/<uuid:case_id>/assign/", cases.assign, name="assign"),
    path("cases/<uuid:case_id>/share/", cases.share, name="share"),
    path("cases/<uuid:case_id>/transfer/", transfer.transfer, name="transfer"),
    path("cases/<uuid:case_id>/close/", cases.close, name="close"),
    path("cases/<uuid:case_id>/reopen/", asking.reopen, name="reopen"),
    path("cases/<uuid:case_id>/addresses/<uuid:address_id>/remove/", asking.remove_address, name="address_remove"),
    path("cases/<uuid:case_id>/people/<uuid:person_id>/died/", asking.person_died, name="person_died"),
    path("cases/<uuid:case_id>/notes/add/", notes.add, name="note_add"),
    path("cases/<uuid:case_id>/tasks/add/", tasks.add, name="task_add"),
    path("shares/<uuid:share_id>/end/", cases.end_share, name="share_end"),
    path("notes/<uuid:note_id>/", notes.show, name="note"),
    path("notes/<uuid:note_id>/change/", notes.change, name="note_change"),
    path("notes/<uuid:note_id>/pin/", notes.pin, {"is_pinned": True}, name="note_pin"),
    path("notes/<uuid:note_id>/unpin/", notes.pin, {"is_pinned": False}, name="note_unpin"),
    path("notes/<uuid:note_id>/remove/", notes.remove, name="note_remove"),
    path("notes/<uuid:note_id>/strike/", notes.strike, name="note_strike"),
    path("tasks/", tasks.mine, name="tasks"),
    path("tasks/<uuid:task_id>/", tasks.show, name="task"),
    path("tasks/<uuid:task_id>/change/", tasks.change, name="task_change"),
    path("tasks/<uuid:task_id>/complete/", tasks.complete, name="task_complete"),
    path("tasks/<uuid:task_id>/reopen/", tasks.reopen, name="task_reopen"),
    path("tasks/<uuid:task_id>/put-off/<int:days>/", tasks.put_off, name="task_put_off"),
    path("requests/", requests.queue, name="requests"),
    path("requests/<uuid:request_id>/decide/", requests.decide, name="request_decide"),
    path("requests/<uuid:request_id>/withdraw/", asking.withdraw, name="request_withdraw"),
    path("audit/", audit.find, name="audit"),
    path("audit/<uuid:case_id>/", audit.changes, name="audit_changes"),
    path("audit/<uuid:case_id>/opened/", audit.accesses, name="audit_opened"),
]
