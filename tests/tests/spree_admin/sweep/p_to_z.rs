//! Operations whose names begin with `p` to `z`.

use spree_admin::types::{
    BulkCategories, BulkChannels, BulkIds, BulkStatus, BulkTags, CreateCustomField, CreateMedia, CreatePaymentMethod,
    CreatePrice, CreatePriceList, CreateProduct, CreatePromotion, CreatePromotionAction, CreatePromotionRule,
    CreateStockLocation, CreateStockTransfer, CreateTaxCategory, CreateVariant, CreateWebhookEndpoint,
    DisableWebhookEndpoint, PriceRow, StockTransferVariant, TaggableType, TranslateBatch, TranslationEntry,
    UpdateCustomField, UpdateMedia, UpdatePaymentMethod, UpdatePrice, UpdatePriceList, UpdateProduct, UpdatePromotion,
    UpdatePromotionAction, UpdatePromotionRule, UpdateStockItem, UpdateStockLocation, UpdateStore, UpdateTaxCategory,
    UpdateVariant, UpdateWebhookEndpoint, UpsertPrices,
};
use spree_admin::{Map, SpreeAdmin};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    [
        payment_methods(s, setup),
        products(s, setup),
        products_variants(s, setup),
        translations(s, setup),
        released(s, setup),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn payment_methods(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "payment_methods.get", s.payment_methods().get(ID)),
        swept!(setup, "payment_methods.list", s.payment_methods().list()),
        swept!(setup, "payment_methods.types", s.payment_methods().types()),
        swept!(setup, "price_lists.activate", s.price_lists().activate(ID)),
        swept!(setup, "price_lists.create", s.price_lists().create(&CreatePriceList::new(mark).description(mark))),
        swept!(setup, "price_lists.deactivate", s.price_lists().deactivate(ID)),
        swept!(setup, "price_lists.delete", s.price_lists().delete(ID)),
        swept!(setup, "price_lists.get", s.price_lists().get(ID)),
        swept!(setup, "price_lists.list", s.price_lists().list()),
        swept!(
            setup,
            "price_lists.update",
            s.price_lists().update(ID, &UpdatePriceList::new().name(mark).description(mark))
        ),
        swept!(setup, "prices.bulk_destroy", s.prices().bulk_destroy(&BulkIds::new([mark]))),
        swept!(
            setup,
            "prices.bulk_upsert",
            s.prices().bulk_upsert(&UpsertPrices::new(vec![PriceRow::new(mark, mark).id(mark)]))
        ),
        swept!(setup, "prices.create", s.prices().create(&CreatePrice::new(mark, mark, None).price_list_id(mark))),
        swept!(setup, "prices.delete", s.prices().delete(ID)),
        swept!(setup, "prices.get", s.prices().get(ID)),
        swept!(setup, "prices.list", s.prices().list()),
        swept!(setup, "prices.update", s.prices().update(ID, &UpdatePrice::new())),
    ]
}

fn products(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "products.bulk_add_tags", s.products().bulk_add_tags(&BulkTags::new([mark], [mark]))),
        swept!(
            setup,
            "products.bulk_add_to_categories",
            s.products().bulk_add_to_categories(&BulkCategories::new([mark], [mark]))
        ),
        swept!(
            setup,
            "products.bulk_add_to_channels",
            s.products().bulk_add_to_channels(&BulkChannels::new([mark], [mark]))
        ),
        swept!(setup, "products.bulk_destroy", s.products().bulk_destroy(&BulkIds::new([mark]))),
        swept!(
            setup,
            "products.bulk_remove_from_categories",
            s.products().bulk_remove_from_categories(&BulkCategories::new([mark], [mark]))
        ),
        swept!(
            setup,
            "products.bulk_remove_from_channels",
            s.products().bulk_remove_from_channels(&BulkChannels::new([mark], [mark]))
        ),
        swept!(setup, "products.bulk_remove_tags", s.products().bulk_remove_tags(&BulkTags::new([mark], [mark]))),
        swept!(setup, "products.bulk_status_update", s.products().bulk_status_update(&BulkStatus::new([mark], mark))),
        swept!(setup, "products.create", s.products().create(&CreateProduct::new(mark).description(mark).slug(mark))),
        swept!(setup, "products.delete", s.products().delete(ID)),
        swept!(setup, "products.get", s.products().get(ID)),
        swept!(setup, "products.list", s.products().list()),
        swept!(setup, "products.update", s.products().update(ID, &UpdateProduct::new().name(mark).description(mark))),
        swept!(
            setup,
            "products.custom_fields.create",
            s.products().custom_fields(ID).create(&CreateCustomField::new(mark, mark))
        ),
        swept!(setup, "products.custom_fields.delete", s.products().custom_fields(ID).delete(ID)),
        swept!(setup, "products.custom_fields.get", s.products().custom_fields(ID).get(ID)),
        swept!(setup, "products.custom_fields.list", s.products().custom_fields(ID).list()),
        swept!(
            setup,
            "products.custom_fields.update",
            s.products().custom_fields(ID).update(ID, &UpdateCustomField::new(mark))
        ),
        swept!(setup, "products.translations.get", s.products().translations(ID).get()),
    ]
}

fn products_variants(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(
            setup,
            "products.variants.create",
            s.products().variants(ID).create(&CreateVariant::new(Vec::new()).sku(mark).cost_currency(mark))
        ),
        swept!(setup, "products.variants.delete", s.products().variants(ID).delete(ID)),
        swept!(setup, "products.variants.get", s.products().variants(ID).get(ID)),
        swept!(setup, "products.variants.list", s.products().variants(ID).list()),
        swept!(
            setup,
            "products.variants.update",
            s.products().variants(ID).update(ID, &UpdateVariant::new().sku(mark).cost_currency(mark))
        ),
        swept!(setup, "promotion_actions.types", s.promotion_actions().types()),
        swept!(setup, "promotion_rules.types", s.promotion_rules().types()),
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
        swept!(setup, "roles.list", s.roles().list()),
        swept!(
            setup,
            "stock_locations.create",
            s.stock_locations().create(&CreateStockLocation::new(mark).admin_name(mark).address1(mark))
        ),
        swept!(setup, "stock_locations.delete", s.stock_locations().delete(ID)),
        swept!(setup, "stock_locations.get", s.stock_locations().get(ID)),
        swept!(setup, "stock_locations.list", s.stock_locations().list()),
        swept!(
            setup,
            "stock_locations.update",
            s.stock_locations().update(ID, &UpdateStockLocation::new().name(mark).admin_name(mark))
        ),
        swept!(setup, "store.get", s.store().get()),
        swept!(setup, "store.update", s.store().update(&UpdateStore::new().name(mark).preferred_admin_locale(mark))),
        swept!(setup, "store_credit_categories.get", s.store_credit_categories().get(ID)),
        swept!(setup, "store_credit_categories.list", s.store_credit_categories().list()),
        swept!(setup, "tags.list", s.tags().list(TaggableType::Product).q(mark)),
        swept!(setup, "translatable_resources.list", s.translatable_resources().list()),
    ]
}

fn translations(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(
            setup,
            "translations.batch",
            s.translations().batch(&TranslateBatch::new(vec![TranslationEntry::new(mark, mark, Map::new())]))
        ),
        swept!(
            setup,
            "webhook_endpoints.create",
            s.webhook_endpoints().create(&CreateWebhookEndpoint::new(mark).name(mark))
        ),
        swept!(setup, "webhook_endpoints.delete", s.webhook_endpoints().delete(ID)),
        swept!(
            setup,
            "webhook_endpoints.disable",
            s.webhook_endpoints().disable(ID).body(&DisableWebhookEndpoint::new().reason(mark))
        ),
        swept!(setup, "webhook_endpoints.enable", s.webhook_endpoints().enable(ID)),
        swept!(setup, "webhook_endpoints.get", s.webhook_endpoints().get(ID)),
        swept!(setup, "webhook_endpoints.list", s.webhook_endpoints().list()),
        swept!(setup, "webhook_endpoints.send_test", s.webhook_endpoints().send_test(ID)),
        swept!(
            setup,
            "webhook_endpoints.update",
            s.webhook_endpoints().update(ID, &UpdateWebhookEndpoint::new().name(mark).url(mark))
        ),
        swept!(setup, "webhook_endpoints.deliveries.get", s.webhook_endpoints().deliveries(ID).get(ID)),
        swept!(setup, "webhook_endpoints.deliveries.list", s.webhook_endpoints().deliveries(ID).list()),
        swept!(setup, "webhook_endpoints.deliveries.redeliver", s.webhook_endpoints().deliveries(ID).redeliver(ID)),
    ]
}

/// What the released servers have beside.
fn released(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "payment_methods.create", s.payment_methods().create(&CreatePaymentMethod::new(mark, mark))),
        swept!(setup, "payment_methods.delete", s.payment_methods().delete(ID)),
        swept!(setup, "payment_methods.update", s.payment_methods().update(ID, &UpdatePaymentMethod::new().name(mark))),
        swept!(setup, "price_lists.rule_types", s.price_lists().rule_types()),
        swept!(setup, "products.clone_product", s.products().clone_product(ID)),
        swept!(setup, "products.media.create", s.products().media(ID).create(&CreateMedia::new().url(mark).alt(mark))),
        swept!(setup, "products.media.delete", s.products().media(ID).delete(ID)),
        swept!(setup, "products.media.list", s.products().media(ID).list()),
        swept!(setup, "products.media.update", s.products().media(ID).update(ID, &UpdateMedia::new().alt(mark))),
        swept!(
            setup,
            "products.variants.media.create",
            s.products().variants(ID).media(ID).create(&CreateMedia::new().url(mark).alt(mark))
        ),
        swept!(setup, "products.variants.media.delete", s.products().variants(ID).media(ID).delete(ID)),
        swept!(setup, "products.variants.media.list", s.products().variants(ID).media(ID).list()),
        swept!(
            setup,
            "products.variants.media.update",
            s.products().variants(ID).media(ID).update(ID, &UpdateMedia::new().alt(mark))
        ),
        swept!(setup, "promotion_actions.calculators", s.promotion_actions().calculators(mark)),
        swept!(setup, "promotions.actions.get", s.promotions().actions(ID).get(ID)),
        swept!(
            setup,
            "promotions.actions.update",
            s.promotions().actions(ID).update(ID, &UpdatePromotionAction::new())
        ),
        swept!(setup, "promotions.coupon_codes.get", s.promotions().coupon_codes(ID).get(ID)),
        swept!(setup, "promotions.rules.get", s.promotions().rules(ID).get(ID)),
        swept!(setup, "roles.get", s.roles().get(ID)),
        swept!(setup, "stock_items.delete", s.stock_items().delete(ID)),
        swept!(setup, "stock_items.get", s.stock_items().get(ID)),
        swept!(setup, "stock_items.list", s.stock_items().list()),
        swept!(setup, "stock_items.update", s.stock_items().update(ID, &UpdateStockItem::new().count_on_hand(1))),
        swept!(setup, "stock_reservations.get", s.stock_reservations().get(ID)),
        swept!(setup, "stock_reservations.list", s.stock_reservations().list()),
        swept!(
            setup,
            "stock_transfers.create",
            s.stock_transfers().create(&CreateStockTransfer::new(mark, vec![StockTransferVariant::new(mark, 1)]))
        ),
        swept!(setup, "stock_transfers.delete", s.stock_transfers().delete(ID)),
        swept!(setup, "stock_transfers.get", s.stock_transfers().get(ID)),
        swept!(setup, "stock_transfers.list", s.stock_transfers().list()),
        swept!(setup, "tax_categories.create", s.tax_categories().create(&CreateTaxCategory::new(mark))),
        swept!(setup, "tax_categories.delete", s.tax_categories().delete(ID)),
        swept!(setup, "tax_categories.get", s.tax_categories().get(ID)),
        swept!(setup, "tax_categories.list", s.tax_categories().list()),
        swept!(setup, "tax_categories.update", s.tax_categories().update(ID, &UpdateTaxCategory::new().name(mark))),
        swept!(setup, "variants.get", s.variants().get(ID)),
        swept!(setup, "variants.list", s.variants().list()),
        swept!(
            setup,
            "variants.custom_fields.create",
            s.variants().custom_fields(ID).create(&CreateCustomField::new(mark, mark))
        ),
        swept!(setup, "variants.custom_fields.delete", s.variants().custom_fields(ID).delete(ID)),
        swept!(setup, "variants.custom_fields.get", s.variants().custom_fields(ID).get(ID)),
        swept!(setup, "variants.custom_fields.list", s.variants().custom_fields(ID).list()),
        swept!(
            setup,
            "variants.custom_fields.update",
            s.variants().custom_fields(ID).update(ID, &UpdateCustomField::new(mark))
        ),
    ]
}
