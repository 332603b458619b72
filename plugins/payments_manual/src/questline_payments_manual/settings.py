"""The tenant's bank account."""

from typing import Annotated

from msgspec import Meta

from questline_sdk import PluginSettings

CHECK = 97


class ManualSettings(PluginSettings, frozen=True, kw_only=True):
    """Where buyers send their money."""

    account_holder: Annotated[str, Meta(title="Account holder", max_length=140)] = ""
    iban: Annotated[
        str, Meta(title="IBAN", pattern=r"^([A-Z]{2}[0-9]{2}[A-Z0-9 ]{10,40})?$", description="Or leave it empty.")
    ] = ""
    bic: Annotated[str, Meta(title="BIC", pattern=r"^([A-Z0-9]{8}([A-Z0-9]{3})?)?$")] = ""
    bank: Annotated[str, Meta(title="Bank", max_length=140)] = ""
    instructions: Annotated[
        str,
        Meta(title="More for the buyer", max_length=1000, description="An account without IBAN, for example."),
    ] = ""
    currencies: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^[A-Z]{3}$")], ...],
        Meta(title="Currencies that the account takes", min_length=1, max_length=20),
    ] = ("EUR",)
    days: Annotated[int, Meta(title="Days to pay", ge=1, le=180, description="Shown to the buyer.")] = 14

    def __post_init__(self) -> None:
        """A mistyped IBAN sends money astray."""
        iban = self.iban.replace(" ", "")
        if iban and int("".join(str(int(each, 36)) for each in iban[4:] + iban[:4])) % CHECK != 1:
            raise ValueError("iban: its check digits do not fit; look for a typing error")

    @property
    def is_ready(self) -> bool:
        """Say whether a buyer could pay."""
        return bool(self.account_holder and (self.iban or self.instructions))
