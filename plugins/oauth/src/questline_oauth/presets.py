"""What is known of well-known providers: where they are, and in what they differ from the standard."""

from typing import Literal

from msgspec import Struct

Kind = Literal["openid", "google", "microsoft", "github", "linkedin"]


class Preset(Struct, frozen=True, kw_only=True):
    """A kind of provider.

    Args:
        nonce: It puts the nonce into its ID tokens.
        pkce: It takes a PKCE challenge; one that does not fails with it.
        post_secret: It takes its secret in the body only, whatever its metadata say.
        any_directory: Its issuer has a place for the directory of whoever signs in.
    """

    label: str = ""
    icon: str = ""
    issuer: str = ""
    scopes: str = "openid email profile"
    nonce: bool = True
    pkce: bool = True
    post_secret: bool = False
    any_directory: bool = False


PRESETS: dict[Kind, Preset] = {
    "openid": Preset(
        icon=(
            "M12 7V3H2v18h20V7zM6 19H4v-2h2zm0-4H4v-2h2zm0-4H4V9h2zm0-4H4V5h2zm4 12H8v-2h2zm0-4H8v-2h2zm0-4H8V9h2z"
            "m0-4H8V5h2zm10 12h-8v-2h2v-2h-2v-2h2v-2h-2V9h8zm-2-8h-2v2h2zm0 4h-2v2h2z"
        )
    ),
    "google": Preset(
        label="Google",
        issuer="https://accounts.google.com",
        icon=(
            "M12.545,10.239v3.821h5.445c-0.712,2.315-2.647,3.972-5.445,3.972c-3.332,0-6.033-2.701-6.033-6.032"
            "s2.701-6.032,6.033-6.032c1.498,0,2.866,0.549,3.921,1.453l2.814-2.814C17.503,2.988,15.139,2,12.54"
            "5,2C7.021,2,2.543,6.477,2.543,12s4.478,10,10.002,10c8.396,0,10.249-7.85,9.426-11.748L12.545,10.2"
            "39z"
        ),
    ),
    "microsoft": Preset(
        label="Microsoft",
        issuer="https://login.microsoftonline.com/common/v2.0",
        any_directory=True,
        icon=("M2 3h9v9H2V3m9 19H2v-9h9v9M21 3v9h-9V3h9m0 19h-9v-9h9v9Z"),
    ),
    "github": Preset(
        label="GitHub",
        issuer="https://github.com",
        scopes="read:user user:email",
        icon=(
            "M12 1.27a11 11 0 00-3.48 21.46c.55.09.73-.28.73-.55v-1.84c-3.03.64-3.67-1.46-3.67-1.46-.55-1.29-"
            "1.28-1.65-1.28-1.65-.92-.65.1-.65.1-.65 1.1 0 1.73 1.1 1.73 1.1.92 1.65 2.57 1.2 3.21.92a2 2 0 0"
            "1.64-1.47c-2.47-.27-5.04-1.19-5.04-5.5 0-1.1.46-2.1 1.2-2.84a3.76 3.76 0 010-2.93s.91-.28 3.11 1"
            ".1c1.8-.49 3.7-.49 5.5 0 2.1-1.38 3.02-1.1 3.02-1.1a3.76 3.76 0 010 2.93c.83.74 1.2 1.74 1.2 2.9"
            "4 0 4.21-2.57 5.13-5.04 5.4.45.37.82.92.82 2.02v3.03c0 .27.1.64.73.55A11 11 0 0012 1.27"
        ),
    ),
    "linkedin": Preset(
        label="LinkedIn",
        issuer="https://www.linkedin.com/oauth",
        nonce=False,
        pkce=False,
        post_secret=True,
        icon=(
            "M19 3a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h14m-.5 15.5v-5.3a3.26 3.26 "
            "0 0 0-3.26-3.26c-.85 0-1.84.52-2.32 1.3v-1.11h-2.79v8.37h2.79v-4.93c0-.77.62-1.4 1.39-1.4a1.4 1."
            "4 0 0 1 1.4 1.4v4.93h2.79M6.88 8.56a1.68 1.68 0 0 0 1.68-1.68c0-.93-.75-1.69-1.68-1.69a1.69 1.69"
            " 0 0 0-1.69 1.69c0 .93.76 1.68 1.69 1.68m1.39 9.94v-8.37H5.5v8.37h2.77z"
        ),
    ),
}
