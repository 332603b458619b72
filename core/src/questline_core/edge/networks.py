"""Networks as the settings write them."""

from ipaddress import IPv4Network, IPv6Network, ip_network

from questline_core.settings import ENVIRONMENT_PREFIX, SettingsError


def parse_networks(text: str, setting: str) -> list[IPv4Network | IPv6Network]:
    """Read CIDR blocks with commas between; raises `SettingsError` naming the setting."""
    try:
        return [ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip()]
    except ValueError as error:
        raise SettingsError(f"{ENVIRONMENT_PREFIX}{setting.upper()}: {error}") from None
