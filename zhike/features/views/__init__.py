"""Saved views 视图: a list the way somebody likes it, kept, shared, one click away."""
