"""诊断结果: what an examination of the installation found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`advice` is empty when all is well; a warning leaves the installation usable."""

    subject: str
    advice: str = ""
    warning: bool = False

    @property
    def sign(self) -> str:
        if not self.advice:
            return "正常"
        return "注意" if self.warning else "错误"
