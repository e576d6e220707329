//! Operations whose names begin with `l` to `o`.

use spree_admin::SpreeAdmin;
use spree_admin::types::{
    ApplyGiftCard, ApplyStoreCredit, CapturePayment, CompleteOrder, CreateCustomField, CreateFulfillment,
    CreateLineItem, CreateMarket, CreateOptionType, CreateOrder, CreatePayment, CreateRefund, SplitFulfillment,
    UpdateCustomField, UpdateFulfillment, UpdateLineItem, UpdateMarket, UpdateMe, UpdateOptionType, UpdateOrder,
};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    [locales(s, setup), orders_items(s, setup)].into_iter().flatten().collect()
}

fn locales(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "locales.list", s.locales().list()),
        swept!(setup, "markets.create", s.markets().create(&CreateMarket::new(mark, mark, mark, [mark]))),
        swept!(setup, "markets.delete", s.markets().delete(ID)),
        swept!(setup, "markets.get", s.markets().get(ID)),
        swept!(setup, "markets.list", s.markets().list()),
        swept!(setup, "markets.update", s.markets().update(ID, &UpdateMarket::new().name(mark).currency(mark))),
        swept!(setup, "me.get", s.me().get()),
        swept!(setup, "me.update", s.me().update().body(&UpdateMe::new().selected_locale(mark).first_name(mark))),
        swept!(setup, "option_types.create", s.option_types().create(&CreateOptionType::new(mark, mark))),
        swept!(setup, "option_types.delete", s.option_types().delete(ID)),
        swept!(setup, "option_types.get", s.option_types().get(ID)),
        swept!(setup, "option_types.list", s.option_types().list()),
        swept!(
            setup,
            "option_types.update",
            s.option_types().update(ID, &UpdateOptionType::new().name(mark).label(mark))
        ),
        swept!(setup, "order_routing_rules.types", s.order_routing_rules().types()),
        swept!(setup, "orders.approve", s.orders().approve(ID)),
        swept!(setup, "orders.cancel", s.orders().cancel(ID)),
        swept!(setup, "orders.complete", s.orders().complete(ID).body(&CompleteOrder::new())),
        swept!(setup, "orders.create", s.orders().create(&CreateOrder::new().email(mark).customer_id(mark))),
        swept!(setup, "orders.delete", s.orders().delete(ID)),
        swept!(setup, "orders.get", s.orders().get(ID)),
        swept!(setup, "orders.list", s.orders().list()),
        swept!(setup, "orders.resend_confirmation", s.orders().resend_confirmation(ID)),
        swept!(setup, "orders.resume", s.orders().resume(ID)),
        swept!(setup, "orders.update", s.orders().update(ID, &UpdateOrder::new().email(mark).customer_id(mark))),
        swept!(setup, "orders.fulfillments.cancel", s.orders().fulfillments(ID).cancel(ID)),
        swept!(
            setup,
            "orders.fulfillments.create",
            s.orders().fulfillments(ID).create(&CreateFulfillment::new(mark).tracking(mark).delivery_method_id(mark))
        ),
        swept!(setup, "orders.fulfillments.fulfill", s.orders().fulfillments(ID).fulfill(ID)),
        swept!(setup, "orders.fulfillments.get", s.orders().fulfillments(ID).get(ID)),
        swept!(setup, "orders.fulfillments.list", s.orders().fulfillments(ID).list()),
        swept!(setup, "orders.fulfillments.resume", s.orders().fulfillments(ID).resume(ID)),
        swept!(
            setup,
            "orders.fulfillments.split",
            s.orders().fulfillments(ID).split(ID, &SplitFulfillment::new(mark, 1).stock_location_id(mark))
        ),
        swept!(
            setup,
            "orders.fulfillments.update",
            s.orders()
                .fulfillments(ID)
                .update(ID, &UpdateFulfillment::new().tracking(mark).selected_shipping_rate_id(mark))
        ),
        swept!(setup, "orders.gift_cards.apply", s.orders().gift_cards(ID).apply(&ApplyGiftCard::new(mark))),
        swept!(setup, "orders.gift_cards.remove", s.orders().gift_cards(ID).remove(ID)),
    ]
}

fn orders_items(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "orders.items.create", s.orders().items(ID).create(&CreateLineItem::new(mark))),
        swept!(setup, "orders.items.delete", s.orders().items(ID).delete(ID)),
        swept!(setup, "orders.items.get", s.orders().items(ID).get(ID)),
        swept!(setup, "orders.items.list", s.orders().items(ID).list()),
        swept!(setup, "orders.items.update", s.orders().items(ID).update(ID, &UpdateLineItem::new())),
        swept!(
            setup,
            "orders.payments.capture",
            s.orders().payments(ID).capture(ID).body(&CapturePayment::new().amount("12.50"))
        ),
        swept!(
            setup,
            "orders.payments.create",
            s.orders().payments(ID).create(&CreatePayment::new(mark).source_id(mark))
        ),
        swept!(setup, "orders.payments.get", s.orders().payments(ID).get(ID)),
        swept!(setup, "orders.payments.list", s.orders().payments(ID).list()),
        swept!(setup, "orders.payments.void", s.orders().payments(ID).void(ID)),
        swept!(
            setup,
            "orders.refunds.create",
            s.orders().refunds(ID).create(&CreateRefund::new(mark, "12.50").refund_reason_id(mark))
        ),
        swept!(setup, "orders.refunds.list", s.orders().refunds(ID).list()),
        swept!(
            setup,
            "orders.store_credits.apply",
            s.orders().store_credits(ID).apply().body(&ApplyStoreCredit::new())
        ),
        swept!(setup, "orders.store_credits.remove", s.orders().store_credits(ID).remove()),
        swept!(setup, "orders.adjustments.get", s.orders().adjustments(ID).get(ID)),
        swept!(setup, "orders.adjustments.list", s.orders().adjustments(ID).list()),
        swept!(
            setup,
            "orders.custom_fields.create",
            s.orders().custom_fields(ID).create(&CreateCustomField::new(mark, mark))
        ),
        swept!(setup, "orders.custom_fields.delete", s.orders().custom_fields(ID).delete(ID)),
        swept!(setup, "orders.custom_fields.get", s.orders().custom_fields(ID).get(ID)),
        swept!(setup, "orders.custom_fields.list", s.orders().custom_fields(ID).list()),
        swept!(
            setup,
            "orders.custom_fields.update",
            s.orders().custom_fields(ID).update(ID, &UpdateCustomField::new(mark))
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
