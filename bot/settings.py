"""Settings from the environment, all with defaults that need nothing."""

import re
from hashlib import sha256
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
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

    web_session_hours: int = Field(default=24, ge=1, le=24 * 31)
    web_requests_per_minute: int = Field(default=300, ge=1)
    web_embedded_in: str = ""

    @field_validator("web_embedded_in")
    @classmethod
    def _sites(cls, written: str) -> str:
        """Only sites may stand in a security header."""
        for site in written.split():
            if not re.fullmatch(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?", site):
                raise ValueError(f"{site!r} is not a site like https://www.example.ch")
        return written

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
