"""密码规则: what Django does not say in Chinese itself."""

from typing import Any

from django.core.exceptions import ValidationError

SHORTEST = 8


class LongEnough:
    """At least eight characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return f"密码太短，至少 {SHORTEST} 个字符"
