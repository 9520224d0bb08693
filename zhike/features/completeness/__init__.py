"""Completeness 完整度: what makes a record of each object whole, and what may not be done with it before (V-17)."""
