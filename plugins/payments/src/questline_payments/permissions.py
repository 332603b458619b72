"""Who may buy, and who may sell."""

from questline_sdk import Permission
from questline_sdk.permissions import ADMINS, EVERYONE

BUY = "payments.orders.buy"
READ = "payments.orders.read"
MANAGE = "payments.orders.manage"
SELL = "payments.catalogue.manage"

PERMISSIONS = (
    Permission(name=BUY, title="See what is sold and buy it", roles=EVERYONE),
    Permission(name=READ, title="See all orders, the ledger and revenue", roles=ADMINS),
    Permission(name=MANAGE, title="Refund orders, replay messages and reconcile", roles=ADMINS),
    Permission(name=SELL, title="Set products, prices, coupons and tax", roles=ADMINS),
)
