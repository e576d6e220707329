//! The store itself, what comes in and goes out.

use spree_admin::SpreeAdmin;
use spree_admin::types::{
    Blob, CompleteMapping, CreateChannel, CreateDirectUpload, CreateExport, CreateImport, CreateMarket,
    CreateOrderRoutingRule, CreateWebhookEndpoint, DisableWebhookEndpoint, ImportType, PublishProducts,
    UnpublishProducts, UpdateChannel, UpdateMarket, UpdateOrderRoutingRule, UpdateStore, UpdateWebhookEndpoint,
};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let parts = [
        channels(s, setup),
        countries(s, setup),
        dashboard(s, setup),
        direct_uploads(s, setup),
        exports(s, setup),
        imports(s, setup),
        locales(s, setup),
        markets(s, setup),
        store(s, setup),
        webhook_endpoints(s, setup),
    ];
    parts.into_iter().flatten().collect()
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
        swept!(setup, "channels.order_routing_rules.get", s.channels().order_routing_rules(ID).get(ID)),
    ]
}

fn countries(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![swept!(setup, "countries.get", s.countries().get(ID)), swept!(setup, "countries.list", s.countries().list())]
}

fn dashboard(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![swept!(setup, "dashboard.analytics", s.dashboard().analytics().date_from(mark).report_currency(mark))]
}

fn direct_uploads(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![swept!(
        setup,
        "direct_uploads.create",
        s.direct_uploads().create(&CreateDirectUpload::new(Blob::new(mark, 1, mark, mark)))
    )]
}

fn exports(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "exports.create", s.exports().create(&CreateExport::new(mark).results_url(mark))),
        swept!(setup, "exports.delete", s.exports().delete(ID)),
        swept!(setup, "exports.download", s.exports().download(ID)),
        swept!(setup, "exports.get", s.exports().get(ID)),
        swept!(setup, "exports.list", s.exports().list()),
    ]
}

fn imports(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn locales(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![swept!(setup, "locales.list", s.locales().list())]
}

fn markets(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "markets.create", s.markets().create(&CreateMarket::new(mark, mark, mark, [mark]))),
        swept!(setup, "markets.delete", s.markets().delete(ID)),
        swept!(setup, "markets.get", s.markets().get(ID)),
        swept!(setup, "markets.list", s.markets().list()),
        swept!(setup, "markets.update", s.markets().update(ID, &UpdateMarket::new().name(mark).currency(mark))),
    ]
}

fn store(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(setup, "store.get", s.store().get()),
        swept!(setup, "store.update", s.store().update(&UpdateStore::new().name(mark).preferred_admin_locale(mark))),
    ]
}

fn webhook_endpoints(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
