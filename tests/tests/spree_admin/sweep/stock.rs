//! Stock.

use spree_admin::SpreeAdmin;
use spree_admin::types::{
    CreateStockLocation, CreateStockTransfer, StockTransferVariant, UpdateStockItem, UpdateStockLocation,
};
use typewright_tests::sweep::{Setup, Swept};
use typewright_tests::swept;

use super::ID;

/// One call of each.
pub(super) fn calls(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let parts =
        [stock_items(s, setup), stock_locations(s, setup), stock_reservations(s, setup), stock_transfers(s, setup)];
    parts.into_iter().flatten().collect()
}

fn stock_items(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![
        swept!(setup, "stock_items.delete", s.stock_items().delete(ID)),
        swept!(setup, "stock_items.get", s.stock_items().get(ID)),
        swept!(setup, "stock_items.list", s.stock_items().list()),
        swept!(setup, "stock_items.update", s.stock_items().update(ID, &UpdateStockItem::new().count_on_hand(1))),
    ]
}

fn stock_locations(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
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
    ]
}

fn stock_reservations(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    vec![
        swept!(setup, "stock_reservations.get", s.stock_reservations().get(ID)),
        swept!(setup, "stock_reservations.list", s.stock_reservations().list()),
    ]
}

fn stock_transfers(s: &SpreeAdmin, setup: &Setup) -> Vec<Swept> {
    let mark = setup.mark;
    vec![
        swept!(
            setup,
            "stock_transfers.create",
            s.stock_transfers().create(&CreateStockTransfer::new(mark, vec![StockTransferVariant::new(mark, 1)]))
        ),
        swept!(setup, "stock_transfers.delete", s.stock_transfers().delete(ID)),
        swept!(setup, "stock_transfers.get", s.stock_transfers().get(ID)),
        swept!(setup, "stock_transfers.list", s.stock_transfers().list()),
    ]
}
