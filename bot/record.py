"""A session as it is stored: with the version of each check, so that only changed questions are asked again."""

import json

from pydantic import ValidationError

from bot.session import Session
from checks.guided import guided

_FIRST = dict.fromkeys(guided(), 1)  # sessions of the time before versions were stored


def written(session: Session) -> str:
    """The session as JSON, with the versions of the checks that may use its answers."""
    names = session.answers.keys()
    versions = {check.name: check.version for check in guided().values() if names & check.questions.keys()}
    return json.dumps({**session.model_dump(), "versions": versions}, ensure_ascii=False)


def read(text: str) -> Session:
    """The stored session without the answers to questions that changed since; a new one where it cannot be read."""
    try:
        data = json.loads(text)
        session = Session.model_validate(data)
        versions = {str(name): int(version) for name, version in data.get("versions", _FIRST).items()}
    except (ValueError, TypeError, AttributeError, ValidationError):
        return Session()
    kept = {name: value for name, value in session.answers.items() if not _changed(name, versions)}
    return session.with_(answers=kept) if len(kept) < len(session.answers) else session


def _changed(name: str, versions: dict[str, int]) -> bool:
    """Whether a question has another meaning than in the version of a check under which it was answered."""
    checks = (check for check in guided().values() if name in check.questions)
    return any(check.questions[name].since > versions.get(check.name, check.version) for check in checks)
