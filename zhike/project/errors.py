"""What a command answers when it cannot do its work."""


class CommandFailed(Exception):
    """Told to the person at the terminal in one sentence, without a traceback."""
