"""Numbering patterns 编号规则: how new records of each object are numbered, as an administrator wants it."""
