"""离职交接: somebody leaves; her account is closed at once and all that is hers goes to colleagues, history and stages kept."""
