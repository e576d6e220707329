//! Orders, and what is paid for them.

use spree_admin::SpreeAdmin;
use spree_admin::types::{
    ApplyGiftCard, ApplyStoreCredit, CapturePayment, CompleteOrder, CreateCustomField, CreateFulfillment,
    CreateGiftCard, CreateGiftCardBatch, CreateLineItem, CreateOrder, CreatePayment, CreatePaymentMethod, CreateRefund,
    SplitFulfillment, UpdateCustomField, UpdateFulfillment, UpdateGiftCard, UpdateLineItem, UpdateOrder,
    UpdatePaymentMethod,
};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let parts = [
        gift_card_batches(s, setup),
        gift_cards(s, setup),
        order_routing_rules(s, setup),
        orders(s, setup),
        orders_fulfillments(s, setup),
        payment_methods(s, setup),
        store_credit_categories(s, setup),
    ];
    parts.into_iter().flatten().collect()
}

fn gift_card_batches(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn order_routing_rules(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![swept!(setup, "order_routing_rules.types", s.order_routing_rules().types())]
}

fn orders(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn orders_fulfillments(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn payment_methods(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "payment_methods.get", s.payment_methods().get(ID)),
        swept!(setup, "payment_methods.list", s.payment_methods().list()),
        swept!(setup, "payment_methods.types", s.payment_methods().types()),
        swept!(setup, "payment_methods.create", s.payment_methods().create(&CreatePaymentMethod::new(mark, mark))),
        swept!(setup, "payment_methods.delete", s.payment_methods().delete(ID)),
        swept!(setup, "payment_methods.update", s.payment_methods().update(ID, &UpdatePaymentMethod::new().name(mark))),
    ]
}

fn store_credit_categories(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![
        swept!(setup, "store_credit_categories.get", s.store_credit_categories().get(ID)),
        swept!(setup, "store_credit_categories.list", s.store_credit_categories().list()),
    ]
}
