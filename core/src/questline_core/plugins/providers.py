"""The providers that a tenant's plugins registered, as services for the plugins that use them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar, cast

from questline_core.auth.external.providers import SIGN_IN_SERVICES
from questline_core.context import HostContext
from questline_core.plugins.memory import TenantMemory
from questline_core.plugins.registry import Contributions
from questline_sdk import Context
from questline_sdk.ai import AIProvider, AIProviders
from questline_sdk.ai_calls import PromptTemplate, PromptTemplates
from questline_sdk.memory import Memory
from questline_sdk.payments import PaymentProvider, PaymentProviders
from questline_sdk.services import Service, Transactions
from questline_sdk.sign_in import SignInProvider, SignInProviders

P = TypeVar("P", AIProvider, PaymentProvider, SignInProvider)


class TenantTemplates:
    """The prompts that the tenant's plugins registered."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def all(self) -> Mapping[str, PromptTemplate]:
        """Each by its id, in load order."""
        host = cast("HostContext", self._ctx).host
        enabled = await host.enablement.of(self._ctx.tenant_id)
        active = [record for record in host.registry.active if record.id in enabled]
        return {each.id: each for record in active for each in record.contributions.ai_templates}


class OwnTransactions:
    """Units of work beside a context's own."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def begin(self) -> HostContext:
        """A context for the same tenant and actor."""
        return cast("HostContext", self._ctx).host.context(self._ctx.tenant_id, self._ctx.actor)


class TenantProviders(Generic[P]):
    """The providers of one kind that the tenant's plugins registered."""

    def __init__(self, ctx: Context, of_kind: Callable[[Contributions], Sequence[P]]) -> None:
        self._ctx = ctx
        self._of_kind: Callable[[Contributions], Sequence[P]] = of_kind

    async def all(self) -> Mapping[str, P]:
        """Each by its name, in load order."""
        host = cast("HostContext", self._ctx).host
        enabled = await host.enablement.of(self._ctx.tenant_id)
        return {
            each.name: each
            for record in host.registry.active
            if record.id in enabled
            for each in self._of_kind(record.contributions)
        }


def _payment_providers(ctx: Context) -> TenantProviders[PaymentProvider]:
    """Those for the site's environment: in production nobody pays with play money."""
    plays = cast("HostContext", ctx).host.settings.environment == "development"
    return TenantProviders(ctx, lambda own: [each for each in own.payment_providers if plays or not each.test])


PROVIDER_SERVICES = [
    Service(protocol=AIProviders, factory=lambda ctx: TenantProviders(ctx, lambda own: own.ai_providers)),
    Service(protocol=PromptTemplates, factory=TenantTemplates),
    Service(protocol=Transactions, factory=OwnTransactions),
    Service(protocol=Memory, factory=lambda ctx: TenantMemory(cast("HostContext", ctx))),
    Service(protocol=PaymentProviders, factory=_payment_providers),
    Service(protocol=SignInProviders, factory=lambda ctx: TenantProviders(ctx, lambda own: own.sign_in_providers)),
    *SIGN_IN_SERVICES,
]
