//! What holds of every client, held to that of the Medusa plugin; `typewright_tests::sweep` says what that is.

use medusa_qikink::types::{
    CreateOrder, CreateOrderRequired, CreateProductMapping, Gateway, LineItem, MappingStatus, ShippingAddress,
    UpdateProductMapping,
};
use medusa_qikink::{Builder, Credentials, MedusaQikink};
use typewright_tests::sweep::{Provider, Setup, Swept};
use typewright_tests::swept;

/// Says nothing of sensitive successes: an order that the plugin passes on takes whatever members it gets, so that only the
/// answer with the token can keep it to itself; `answers` looks at that one.
struct Sweep;

impl Provider for Sweep {
    type Client = MedusaQikink;

    const DOCUMENT: &'static str = include_str!("../../../specs/medusa-qikink.yaml");
    const API: &'static str = include_str!("../../../generated/medusa-qikink/api.txt");

    fn builder(setup: &Setup) -> Builder<MedusaQikink> {
        MedusaQikink::builder()
            .credentials(Credentials::api_key(setup.secret).for_scheme("publishableKey"))
            .credentials(Credentials::bearer(setup.secret))
    }

    fn calls(m: &MedusaQikink, setup: &Setup) -> Vec<Swept> {
        let mark = setup.mark;
        let (admin, store) = (m.admin(), m.store());
        let (products, orders) = (admin.product_mappings(), admin.order_mappings());
        let order = CreateOrder::new(CreateOrderRequired {
            order_number: "1".to_owned(),
            qikink_shipping: "1".into(),
            gateway: Gateway::Cod,
            total_order_value: mark.into(),
            line_items: vec![LineItem::new(1, mark, mark, mark)],
        })
        .shipping_address(ShippingAddress::new().email(mark));
        let (new, changes) = (CreateProductMapping::new(mark, mark), UpdateProductMapping::new().qikink_sku_id(mark));
        let status = MappingStatus::from(mark);
        vec![
            swept!(setup, "admin.order_mappings.get", orders.get("qom_1")),
            swept!(setup, "admin.order_mappings.list", orders.list().medusa_order_id(mark).status(status.clone())),
            swept!(setup, "admin.order_mappings.refresh", orders.refresh().order_id(mark)),
            swept!(setup, "admin.plugin", admin.plugin()),
            swept!(setup, "admin.product_mappings.create", products.create(&new)),
            swept!(setup, "admin.product_mappings.delete", products.delete("qpm_1")),
            swept!(setup, "admin.product_mappings.get", products.get("qpm_1")),
            swept!(setup, "admin.product_mappings.list", products.list().variant_id(mark)),
            swept!(setup, "admin.product_mappings.update", products.update("qpm_1", &changes)),
            swept!(setup, "store.order_mappings.get", store.order_mappings().get("qom_1")),
            swept!(setup, "store.order_mappings.list", store.order_mappings().list().status(status)),
            swept!(setup, "store.plugin", store.plugin()),
            swept!(setup, "store.qikink.create_order", store.qikink().create_order(&order)),
            swept!(setup, "store.qikink.orders", store.qikink().orders().id(mark)),
            swept!(setup, "store.qikink.token", store.qikink().token()),
        ]
    }

    fn flush(m: &MedusaQikink) {
        m.events().flush();
    }
}

typewright_tests::sweep!(Sweep);
