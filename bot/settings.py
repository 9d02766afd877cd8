"""Settings from the environment, all with defaults that need nothing."""

from hashlib import sha256
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.messages import Kept


class Settings(BaseSettings):
    """`KIBON_BOT_…` in the environment; the README's table says what each one means."""

    model_config = SettingsConfigDict(env_prefix="KIBON_BOT_", frozen=True)

    telegram_token: SecretStr = SecretStr("")
    telegram_url: str = "https://api.telegram.org"
    telegram_per_second: float = Field(default=30, gt=0)
    telegram_per_second_a_chat: float = Field(default=1, gt=0)
    messages_a_minute: int = Field(default=30, ge=1)
    webhook_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    admins: str = Field(default="", pattern=r"^[\d\s,]*$")
    database_url: SecretStr = SecretStr("")
    database: Path = Path("kibon-bot.sqlite3")
    session_days: int = Field(default=30, ge=1)
    inbox_days: int = Field(default=180, ge=1)
    texts: Path | None = None
    cache: Path | None = None

    @property
    def admin_ids(self) -> frozenset[int]:
        """Telegram's numbers of the people who may read the inbox."""
        return frozenset(int(number) for number in self.admins.replace(",", " ").split())

    @property
    def secret(self) -> str:
        """By this the webhook knows Telegram: the same on every machine with the same token."""
        return sha256(f"webhook of {self.telegram_token.get_secret_value()}".encode()).hexdigest()

    @property
    def kept(self) -> Kept:
        """How long what is stored."""
        return Kept(self.session_days, self.inbox_days)
