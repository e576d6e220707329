//! Who uses the store: administrators, keys, invitations.

use spree_admin::SpreeAdmin;
use spree_admin::types::{
    AcceptInvitation, CreateAllowedOrigin, CreateApiKey, CreateInvitation, PasswordLogin, RequestPasswordReset,
    ResetPassword, UpdateAdminUser, UpdateAllowedOrigin, UpdateApiKey, UpdateMe,
};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let parts = [
        admin_users(s, setup),
        allowed_origins(s, setup),
        api_keys(s, setup),
        auth(s, setup),
        invitations(s, setup),
        me(s, setup),
        roles(s, setup),
    ];
    parts.into_iter().flatten().collect()
}

fn admin_users(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "admin_users.delete", s.admin_users().delete(ID)),
        swept!(setup, "admin_users.get", s.admin_users().get(ID)),
        swept!(setup, "admin_users.list", s.admin_users().list()),
        swept!(
            setup,
            "admin_users.update",
            s.admin_users().update(ID, &UpdateAdminUser::new().first_name(mark).last_name(mark))
        ),
    ]
}

fn allowed_origins(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "allowed_origins.create", s.allowed_origins().create(&CreateAllowedOrigin::new(mark))),
        swept!(setup, "allowed_origins.delete", s.allowed_origins().delete(ID)),
        swept!(setup, "allowed_origins.get", s.allowed_origins().get(ID)),
        swept!(setup, "allowed_origins.list", s.allowed_origins().list()),
        swept!(
            setup,
            "allowed_origins.update",
            s.allowed_origins().update(ID, &UpdateAllowedOrigin::new().origin(mark))
        ),
    ]
}

fn api_keys(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "api_keys.create", s.api_keys().create(&CreateApiKey::new(mark, mark).channel_id(mark))),
        swept!(setup, "api_keys.current", s.api_keys().current()),
        swept!(setup, "api_keys.delete", s.api_keys().delete(ID)),
        swept!(setup, "api_keys.get", s.api_keys().get(ID)),
        swept!(setup, "api_keys.list", s.api_keys().list()),
        swept!(setup, "api_keys.revoke", s.api_keys().revoke(ID)),
        swept!(setup, "api_keys.update", s.api_keys().update(ID, &UpdateApiKey::new(mark))),
    ]
}

fn auth(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "auth.login", s.auth().login(&PasswordLogin::new(mark, mark).into())),
        swept!(setup, "auth.logout", s.auth().logout()),
        swept!(setup, "auth.refresh", s.auth().refresh()),
        swept!(
            setup,
            "auth.request_password_reset",
            s.auth().request_password_reset(&RequestPasswordReset::new(mark).redirect_url(mark))
        ),
        swept!(setup, "auth.reset_password", s.auth().reset_password(ID, &ResetPassword::new(mark, mark))),
        swept!(
            setup,
            "auth.accept_invitation",
            s.auth().accept_invitation(ID, mark, &AcceptInvitation::new().password(mark).first_name(mark))
        ),
        swept!(setup, "auth.lookup_invitation", s.auth().lookup_invitation(ID, mark)),
    ]
}

fn invitations(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "invitations.create", s.invitations().create(&CreateInvitation::new(mark, mark))),
        swept!(setup, "invitations.delete", s.invitations().delete(ID)),
        swept!(setup, "invitations.list", s.invitations().list()),
        swept!(setup, "invitations.resend", s.invitations().resend(ID)),
        swept!(setup, "invitations.get", s.invitations().get(ID)),
    ]
}

fn me(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "me.get", s.me().get()),
        swept!(setup, "me.update", s.me().update().body(&UpdateMe::new().selected_locale(mark).first_name(mark))),
    ]
}

fn roles(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![swept!(setup, "roles.list", s.roles().list()), swept!(setup, "roles.get", s.roles().get(ID))]
}
