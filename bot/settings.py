"""Settings from the environment, all with defaults that need nothing."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`KIBON_BOT_…` in the environment. The token is Telegram's; `telegram_url` points at another Bot API server.

    `texts` is the folder of the operator's official texts (None: there are none), `cache` the one where the built
    index is kept (None: the user's cache folder).
    """

    model_config = SettingsConfigDict(env_prefix="KIBON_BOT_", frozen=True)

    telegram_token: SecretStr = SecretStr("")
    telegram_url: str = "https://api.telegram.org"
    database: Path = Path("kibon-bot.sqlite3")
    texts: Path | None = None
    cache: Path | None = None
