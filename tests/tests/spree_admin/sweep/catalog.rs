//! Products and how they are described, sold and found.

use spree_admin::types::{
    AddProduct, BulkCategories, BulkChannels, BulkIds, BulkStatus, BulkTags, CreateCategory, CreateCustomField,
    CreateCustomFieldDefinition, CreateMedia, CreateOptionType, CreatePrice, CreatePriceList, CreateProduct,
    CreateTaxCategory, CreateVariant, PriceRow, Reposition, RepositionCategory, TaggableType, TranslateBatch,
    TranslationEntry, UpdateCategory, UpdateCustomField, UpdateCustomFieldDefinition, UpdateMedia, UpdateOptionType,
    UpdatePrice, UpdatePriceList, UpdateProduct, UpdateTaxCategory, UpdateVariant, UpsertPrices,
};
use spree_admin::{Map, SpreeAdmin};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let parts = [
        categories(s, setup),
        custom_field_definitions(s, setup),
        option_types(s, setup),
        price_lists(s, setup),
        prices(s, setup),
        products(s, setup),
        products_custom_fields(s, setup),
        tags(s, setup),
        tax_categories(s, setup),
        translatable_resources(s, setup),
        translations(s, setup),
        variants(s, setup),
    ];
    parts.into_iter().flatten().collect()
}

fn categories(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn custom_field_definitions(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn option_types(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "option_types.create", s.option_types().create(&CreateOptionType::new(mark, mark))),
        swept!(setup, "option_types.delete", s.option_types().delete(ID)),
        swept!(setup, "option_types.get", s.option_types().get(ID)),
        swept!(setup, "option_types.list", s.option_types().list()),
        swept!(
            setup,
            "option_types.update",
            s.option_types().update(ID, &UpdateOptionType::new().name(mark).label(mark))
        ),
        swept!(
            setup,
            "option_types.custom_fields.create",
            s.option_types().custom_fields(ID).create(&CreateCustomField::new(mark, mark))
        ),
        swept!(setup, "option_types.custom_fields.delete", s.option_types().custom_fields(ID).delete(ID)),
        swept!(setup, "option_types.custom_fields.get", s.option_types().custom_fields(ID).get(ID)),
        swept!(setup, "option_types.custom_fields.list", s.option_types().custom_fields(ID).list()),
        swept!(
            setup,
            "option_types.custom_fields.update",
            s.option_types().custom_fields(ID).update(ID, &UpdateCustomField::new(mark))
        ),
        swept!(setup, "option_types.translations.get", s.option_types().translations(ID).get()),
    ]
}

fn price_lists(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
        swept!(setup, "price_lists.rule_types", s.price_lists().rule_types()),
    ]
}

fn prices(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
        swept!(setup, "products.clone_product", s.products().clone_product(ID)),
    ]
}

fn products_custom_fields(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn tags(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![swept!(setup, "tags.list", s.tags().list(TaggableType::Product).q(mark))]
}

fn tax_categories(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "tax_categories.create", s.tax_categories().create(&CreateTaxCategory::new(mark))),
        swept!(setup, "tax_categories.delete", s.tax_categories().delete(ID)),
        swept!(setup, "tax_categories.get", s.tax_categories().get(ID)),
        swept!(setup, "tax_categories.list", s.tax_categories().list()),
        swept!(setup, "tax_categories.update", s.tax_categories().update(ID, &UpdateTaxCategory::new().name(mark))),
    ]
}

fn translatable_resources(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![swept!(setup, "translatable_resources.list", s.translatable_resources().list())]
}

fn translations(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![swept!(
        setup,
        "translations.batch",
        s.translations().batch(&TranslateBatch::new(vec![TranslationEntry::new(mark, mark, Map::new())]))
    )]
}

fn variants(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
