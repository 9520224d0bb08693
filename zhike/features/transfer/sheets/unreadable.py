"""What we say when a file cannot be read or a cell cannot be written: what happened, why, and what to do about it."""


class UnreadableFile(Exception):
    """无法读取的文件: the message is shown to the person who chose the file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnwritableCell(Exception):
    """无法写出的单元格: the chosen format cannot hold this value without losing a part of it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
