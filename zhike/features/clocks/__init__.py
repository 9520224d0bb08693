"""Clocks 时限: every deadline of the house – warn, escalate, act – counted in days or working days, with due times stored."""
