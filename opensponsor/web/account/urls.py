"""Addresses of signing in. The names are the library's, which leads from page to page by them.

Only what is listed exists: no sign-up, no change of the address, no trusted browsers, no download of recovery codes.
"""

from allauth.account.views import ReauthenticateView
from django.urls import path, re_path

from opensponsor.web.access import signed_in
from opensponsor.web.account.oidc import flow
from opensponsor.web.account.views import drafts, entry, lost_factor, profile, second_factor, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("sign-in/closed/", sign_in.closed, name="account_inactive"),
    path("sign-in/code/", second_factor.enter, name="mfa_authenticate"),
    path("sign-in/statement/", entry.statement, name="statement"),
    path("sign-in/no-organisation/", entry.no_membership, name="no_membership"),
    path("sign-in/with/<slug:provider_id>/", flow.start, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", flow.back, name="openid_connect_callback"),
    path("sign-in/cancelled/", sign_in.cancelled, name="socialaccount_login_cancelled"),
    path("password/forgotten/", sign_in.forgotten_password, name="account_reset_password"),
    path("password/forgotten/sent/", sign_in.forgotten_password_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.new_password,
        name="account_reset_password_from_key",
    ),
    path("password/new/", sign_in.new_password_done, name="account_reset_password_from_key_done"),
    path("account/", profile.profile, name="profile"),
    path("account/password/", sign_in.change_password, name="account_change_password"),
    path("account/organisation/", entry.switch_organisation, name="organisation_switch"),
    path("account/sessions/", profile.sessions, name="usersessions_list"),
    path("account/sessions/<int:session_id>/end/", profile.end_session, name="session_end"),
    path("account/sessions/end-others/", profile.end_others, name="sessions_end_others"),
    path("account/prove/password/", signed_in(ReauthenticateView.as_view()), name="account_reauthenticate"),
    path("account/prove/code/", second_factor.prove_by_code, name="mfa_reauthenticate"),
    path("account/prove/passkey/", second_factor.prove_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/second-factor/", second_factor.choose, name="second_factor"),
    path("account/second-factor/app/", second_factor.set_up_app, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", second_factor.remove_app, name="mfa_deactivate_totp"),
    path("account/second-factor/passkey/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("account/second-factor/passkey/<int:pk>/", second_factor.rename_passkey, name="mfa_edit_webauthn"),
    path("account/second-factor/passkey/<int:pk>/remove/", second_factor.remove_passkey, name="mfa_remove_webauthn"),
    path("account/second-factor/codes/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", second_factor.renew_codes, name="mfa_generate_recovery_codes"),
    path("team/<int:organisation_id>/<int:user_id>/second-factor/", lost_factor.lost, name="second_factor_lost"),
    path("session/extend/", entry.extend, name="session_extend"),
    path("drafts/<path:form_key>/", drafts.save, name="draft_save"),
]
