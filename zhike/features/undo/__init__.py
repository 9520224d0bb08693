"""Undo 撤销: what was deleted, changed or handed over in one go can be taken back for a time, from the audit alone."""
