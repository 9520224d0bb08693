"""Audit 操作记录: who changed what, when, through what, from which value to which. Written by the database."""
