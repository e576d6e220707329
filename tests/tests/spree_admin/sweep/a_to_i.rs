//! Operations whose names begin with `a` to `i`.

use spree_admin::SpreeAdmin;
use spree_admin::types::{
    AcceptInvitation, AddProduct, Blob, BulkGroups, BulkTags, CompleteMapping, CreateAllowedOrigin, CreateApiKey,
    CreateCategory, CreateChannel, CreateCustomField, CreateCustomFieldDefinition, CreateCustomer, CreateCustomerGroup,
    CreateDirectUpload, CreateExport, CreateGiftCard, CreateGiftCardBatch, CreateImport, CreateInvitation,
    CreateOrderRoutingRule, CreateStoreCredit, CustomerAddress, ImportType, PasswordLogin, PublishProducts, Reposition,
    RepositionCategory, RequestPasswordReset, ResetPassword, UnpublishProducts, UpdateAdminUser, UpdateAllowedOrigin,
    UpdateApiKey, UpdateCategory, UpdateChannel, UpdateCustomField, UpdateCustomFieldDefinition, UpdateCustomer,
    UpdateCustomerGroup, UpdateGiftCard, UpdateOrderRoutingRule, UpdateStoreCredit,
};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    [admin_users(s, setup), channels(s, setup), customers(s, setup), gift_cards(s, setup), released(s, setup)]
        .into_iter()
        .flatten()
        .collect()
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
        swept!(setup, "allowed_origins.create", s.allowed_origins().create(&CreateAllowedOrigin::new(mark))),
        swept!(setup, "allowed_origins.delete", s.allowed_origins().delete(ID)),
        swept!(setup, "allowed_origins.get", s.allowed_origins().get(ID)),
        swept!(setup, "allowed_origins.list", s.allowed_origins().list()),
        swept!(
            setup,
            "allowed_origins.update",
            s.allowed_origins().update(ID, &UpdateAllowedOrigin::new().origin(mark))
        ),
        swept!(setup, "api_keys.create", s.api_keys().create(&CreateApiKey::new(mark, mark).channel_id(mark))),
        swept!(setup, "api_keys.current", s.api_keys().current()),
        swept!(setup, "api_keys.delete", s.api_keys().delete(ID)),
        swept!(setup, "api_keys.get", s.api_keys().get(ID)),
        swept!(setup, "api_keys.list", s.api_keys().list()),
        swept!(setup, "api_keys.revoke", s.api_keys().revoke(ID)),
        swept!(setup, "api_keys.update", s.api_keys().update(ID, &UpdateApiKey::new(mark))),
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
            "categories.create",
            s.categories().create(&CreateCategory::new(mark).parent_id(mark).description(mark))
        ),
        swept!(setup, "categories.delete", s.categories().delete(ID)),
        swept!(setup, "categories.get", s.categories().get(ID)),
        swept!(setup, "categories.list", s.categories().list()),
        swept!(
            setup,
            "categories.reposition",
            s.categories().reposition(ID, &RepositionCategory::new(1).new_parent_id(mark))
        ),
        swept!(
            setup,
            "categories.update",
            s.categories().update(ID, &UpdateCategory::new().name(mark).parent_id(mark))
        ),
        swept!(setup, "categories.products.add", s.categories().products(ID).add(&AddProduct::new(mark))),
        swept!(setup, "categories.products.list", s.categories().products(ID).list()),
        swept!(
            setup,
            "categories.products.reposition",
            s.categories().products(ID).reposition(ID, &Reposition::new(1))
        ),
    ]
}

fn channels(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "channels.add_products", s.channels().add_products(ID, &PublishProducts::new([mark]))),
        swept!(
            setup,
            "channels.create",
            s.channels().create(&CreateChannel::new(mark).code(mark).preferred_order_routing_strategy(mark))
        ),
        swept!(setup, "channels.delete", s.channels().delete(ID)),
        swept!(setup, "channels.get", s.channels().get(ID)),
        swept!(setup, "channels.list", s.channels().list()),
        swept!(setup, "channels.remove_products", s.channels().remove_products(ID, &UnpublishProducts::new([mark]))),
        swept!(setup, "channels.update", s.channels().update(ID, &UpdateChannel::new().name(mark).code(mark))),
        swept!(
            setup,
            "channels.order_routing_rules.create",
            s.channels().order_routing_rules(ID).create(&CreateOrderRoutingRule::new(mark))
        ),
        swept!(setup, "channels.order_routing_rules.delete", s.channels().order_routing_rules(ID).delete(ID)),
        swept!(setup, "channels.order_routing_rules.list", s.channels().order_routing_rules(ID).list()),
        swept!(
            setup,
            "channels.order_routing_rules.update",
            s.channels().order_routing_rules(ID).update(ID, &UpdateOrderRoutingRule::new())
        ),
        swept!(
            setup,
            "custom_field_definitions.create",
            s.custom_field_definitions()
                .create(&CreateCustomFieldDefinition::new(mark, mark, mark).namespace(mark).label(mark))
        ),
        swept!(setup, "custom_field_definitions.delete", s.custom_field_definitions().delete(ID)),
        swept!(setup, "custom_field_definitions.get", s.custom_field_definitions().get(ID)),
        swept!(setup, "custom_field_definitions.list", s.custom_field_definitions().list()),
        swept!(
            setup,
            "custom_field_definitions.update",
            s.custom_field_definitions().update(ID, &UpdateCustomFieldDefinition::new().namespace(mark).key(mark))
        ),
        swept!(
            setup,
            "customer_groups.create",
            s.customer_groups().create(&CreateCustomerGroup::new(mark).description(mark))
        ),
        swept!(setup, "customer_groups.delete", s.customer_groups().delete(ID)),
        swept!(setup, "customer_groups.get", s.customer_groups().get(ID)),
        swept!(setup, "customer_groups.list", s.customer_groups().list()),
        swept!(
            setup,
            "customer_groups.update",
            s.customer_groups().update(ID, &UpdateCustomerGroup::new().name(mark).description(mark))
        ),
        swept!(
            setup,
            "customers.addresses.create",
            s.customers().addresses(ID).create(&CustomerAddress::new().first_name(mark).last_name(mark))
        ),
        swept!(setup, "customers.addresses.delete", s.customers().addresses(ID).delete(ID)),
        swept!(setup, "customers.addresses.list", s.customers().addresses(ID).list()),
        swept!(
            setup,
            "customers.addresses.update",
            s.customers().addresses(ID).update(ID, &CustomerAddress::new().first_name(mark).last_name(mark))
        ),
    ]
}

fn customers(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "customers.bulk_add_tags", s.customers().bulk_add_tags(&BulkTags::new([mark], [mark]))),
        swept!(
            setup,
            "customers.bulk_add_to_groups",
            s.customers().bulk_add_to_groups(&BulkGroups::new([mark], [mark]))
        ),
        swept!(
            setup,
            "customers.bulk_remove_from_groups",
            s.customers().bulk_remove_from_groups(&BulkGroups::new([mark], [mark]))
        ),
        swept!(setup, "customers.bulk_remove_tags", s.customers().bulk_remove_tags(&BulkTags::new([mark], [mark]))),
        swept!(
            setup,
            "customers.create",
            s.customers().create(&CreateCustomer::new(mark).first_name(mark).last_name(mark))
        ),
        swept!(setup, "customers.delete", s.customers().delete(ID)),
        swept!(setup, "customers.get", s.customers().get(ID)),
        swept!(setup, "customers.list", s.customers().list()),
        swept!(
            setup,
            "customers.update",
            s.customers().update(ID, &UpdateCustomer::new().email(mark).first_name(mark))
        ),
        swept!(setup, "customers.credit_cards.delete", s.customers().credit_cards(ID).delete(ID)),
        swept!(setup, "customers.credit_cards.get", s.customers().credit_cards(ID).get(ID)),
        swept!(setup, "customers.credit_cards.list", s.customers().credit_cards(ID).list()),
        swept!(
            setup,
            "customers.store_credits.create",
            s.customers().store_credits(ID).create(&CreateStoreCredit::new("12.50", mark, mark).memo(mark))
        ),
        swept!(setup, "customers.store_credits.delete", s.customers().store_credits(ID).delete(ID)),
        swept!(setup, "customers.store_credits.list", s.customers().store_credits(ID).list()),
        swept!(
            setup,
            "customers.store_credits.update",
            s.customers().store_credits(ID).update(ID, &UpdateStoreCredit::new().memo(mark))
        ),
        swept!(
            setup,
            "direct_uploads.create",
            s.direct_uploads().create(&CreateDirectUpload::new(Blob::new(mark, 1, mark, mark)))
        ),
        swept!(setup, "exports.create", s.exports().create(&CreateExport::new(mark).results_url(mark))),
        swept!(setup, "exports.delete", s.exports().delete(ID)),
        swept!(setup, "exports.download", s.exports().download(ID)),
        swept!(setup, "exports.get", s.exports().get(ID)),
        swept!(setup, "exports.list", s.exports().list()),
        swept!(
            setup,
            "gift_card_batches.create",
            s.gift_card_batches().create(&CreateGiftCardBatch::new(mark, "12.50", 1).currency(mark))
        ),
        swept!(setup, "gift_card_batches.get", s.gift_card_batches().get(ID)),
        swept!(setup, "gift_card_batches.list", s.gift_card_batches().list()),
    ]
}

fn gift_cards(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(
            setup,
            "gift_cards.create",
            s.gift_cards().create(&CreateGiftCard::new("12.50").currency(mark).code(mark))
        ),
        swept!(setup, "gift_cards.delete", s.gift_cards().delete(ID)),
        swept!(setup, "gift_cards.get", s.gift_cards().get(ID)),
        swept!(setup, "gift_cards.list", s.gift_cards().list()),
        swept!(setup, "gift_cards.update", s.gift_cards().update(ID, &UpdateGiftCard::new().code(mark).user_id(mark))),
        swept!(setup, "imports.complete_mapping", s.imports().complete_mapping(ID).body(&CompleteMapping::new())),
        swept!(setup, "imports.create", s.imports().create(&CreateImport::new(mark, mark).results_url(mark))),
        swept!(setup, "imports.delete", s.imports().delete(ID)),
        swept!(setup, "imports.download", s.imports().download(ID)),
        swept!(setup, "imports.example", s.imports().example(ImportType::Products)),
        swept!(setup, "imports.get", s.imports().get(ID)),
        swept!(setup, "imports.list", s.imports().list()),
        swept!(setup, "imports.retry_failed_rows", s.imports().retry_failed_rows(ID)),
        swept!(setup, "imports.template", s.imports().template(ImportType::Products)),
        swept!(setup, "imports.rows.list", s.imports().rows(ID).list()),
        swept!(setup, "invitations.create", s.invitations().create(&CreateInvitation::new(mark, mark))),
        swept!(setup, "invitations.delete", s.invitations().delete(ID)),
        swept!(setup, "invitations.list", s.invitations().list()),
        swept!(setup, "invitations.resend", s.invitations().resend(ID)),
    ]
}

/// What the released servers have beside.
fn released(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(
            setup,
            "auth.accept_invitation",
            s.auth().accept_invitation(ID, mark, &AcceptInvitation::new().password(mark).first_name(mark))
        ),
        swept!(setup, "auth.lookup_invitation", s.auth().lookup_invitation(ID, mark)),
        swept!(
            setup,
            "categories.custom_fields.create",
            s.categories().custom_fields(ID).create(&CreateCustomField::new(mark, mark))
        ),
        swept!(setup, "categories.custom_fields.delete", s.categories().custom_fields(ID).delete(ID)),
        swept!(setup, "categories.custom_fields.get", s.categories().custom_fields(ID).get(ID)),
        swept!(setup, "categories.custom_fields.list", s.categories().custom_fields(ID).list()),
        swept!(
            setup,
            "categories.custom_fields.update",
            s.categories().custom_fields(ID).update(ID, &UpdateCustomField::new(mark))
        ),
        swept!(setup, "categories.products.remove", s.categories().products(ID).remove(ID)),
        swept!(setup, "categories.translations.get", s.categories().translations(ID).get()),
        swept!(setup, "channels.order_routing_rules.get", s.channels().order_routing_rules(ID).get(ID)),
        swept!(setup, "countries.get", s.countries().get(ID)),
        swept!(setup, "countries.list", s.countries().list()),
        swept!(setup, "customers.addresses.get", s.customers().addresses(ID).get(ID)),
        swept!(
            setup,
            "customers.custom_fields.create",
            s.customers().custom_fields(ID).create(&CreateCustomField::new(mark, mark))
        ),
        swept!(setup, "customers.custom_fields.delete", s.customers().custom_fields(ID).delete(ID)),
        swept!(setup, "customers.custom_fields.get", s.customers().custom_fields(ID).get(ID)),
        swept!(setup, "customers.custom_fields.list", s.customers().custom_fields(ID).list()),
        swept!(
            setup,
            "customers.custom_fields.update",
            s.customers().custom_fields(ID).update(ID, &UpdateCustomField::new(mark))
        ),
        swept!(setup, "customers.store_credits.get", s.customers().store_credits(ID).get(ID)),
        swept!(setup, "dashboard.analytics", s.dashboard().analytics().date_from(mark).report_currency(mark)),
        swept!(setup, "invitations.get", s.invitations().get(ID)),
    ]
}
