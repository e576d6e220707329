//! Customers and promotions.

use spree_admin::SpreeAdmin;
use spree_admin::types::{
    BulkGroups, BulkTags, CreateCustomField, CreateCustomer, CreateCustomerGroup, CreatePromotion,
    CreatePromotionAction, CreatePromotionRule, CreateStoreCredit, CustomerAddress, UpdateCustomField, UpdateCustomer,
    UpdateCustomerGroup, UpdatePromotion, UpdatePromotionAction, UpdatePromotionRule, UpdateStoreCredit,
};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let parts = [
        customer_groups(s, setup),
        customers(s, setup),
        promotion_actions(s, setup),
        promotion_rules(s, setup),
        promotions(s, setup),
    ];
    parts.into_iter().flatten().collect()
}

fn customer_groups(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn customers(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn promotion_actions(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "promotion_actions.types", s.promotion_actions().types()),
        swept!(setup, "promotion_actions.calculators", s.promotion_actions().calculators(mark)),
    ]
}

fn promotion_rules(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![swept!(setup, "promotion_rules.types", s.promotion_rules().types())]
}

fn promotions(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(
            setup,
            "promotions.actions.create",
            s.promotions().actions(ID).create(&CreatePromotionAction::new(mark))
        ),
        swept!(setup, "promotions.actions.delete", s.promotions().actions(ID).delete(ID)),
        swept!(setup, "promotions.actions.list", s.promotions().actions(ID).list()),
        swept!(setup, "promotions.coupon_codes.list", s.promotions().coupon_codes(ID).list()),
        swept!(
            setup,
            "promotions.create",
            s.promotions().create(&CreatePromotion::new(mark).description(mark).code(mark))
        ),
        swept!(setup, "promotions.delete", s.promotions().delete(ID)),
        swept!(setup, "promotions.get", s.promotions().get(ID)),
        swept!(setup, "promotions.list", s.promotions().list()),
        swept!(
            setup,
            "promotions.update",
            s.promotions().update(ID, &UpdatePromotion::new().name(mark).description(mark))
        ),
        swept!(setup, "promotions.rules.create", s.promotions().rules(ID).create(&CreatePromotionRule::new(mark))),
        swept!(setup, "promotions.rules.delete", s.promotions().rules(ID).delete(ID)),
        swept!(setup, "promotions.rules.list", s.promotions().rules(ID).list()),
        swept!(setup, "promotions.rules.update", s.promotions().rules(ID).update(ID, &UpdatePromotionRule::new())),
        swept!(setup, "promotions.actions.get", s.promotions().actions(ID).get(ID)),
        swept!(
            setup,
            "promotions.actions.update",
            s.promotions().actions(ID).update(ID, &UpdatePromotionAction::new())
        ),
        swept!(setup, "promotions.coupon_codes.get", s.promotions().coupon_codes(ID).get(ID)),
        swept!(setup, "promotions.rules.get", s.promotions().rules(ID).get(ID)),
    ]
}
