"""Settings from the environment, all with defaults that need nothing."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.messages import Kept


class Settings(BaseSettings):
    """`KIBON_BOT_…` in the environment; the README's table says what each one means."""

    model_config = SettingsConfigDict(env_prefix="KIBON_BOT_", frozen=True)

    telegram_token: SecretStr = SecretStr("")
    telegram_url: str = "https://api.telegram.org"
    database: Path = Path("kibon-bot.sqlite3")
    session_days: int = Field(default=30, ge=1)
    inbox_days: int = Field(default=180, ge=1)
    texts: Path | None = None
    cache: Path | None = None

    @property
    def kept(self) -> Kept:
        """How long what is stored."""
        return Kept(self.session_days, self.inbox_days)
