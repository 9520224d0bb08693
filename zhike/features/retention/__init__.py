"""Retention 保留期限: what merely tells of its time – messages sent, runs, alerts, notices – is kept so long and no longer."""
