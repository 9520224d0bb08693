"""共享: opening a single record to a colleague or a department; visible on the record and revocable (T-74)."""
