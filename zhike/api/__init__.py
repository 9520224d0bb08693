"""The HTTP interface 接口, derived from the registry. No object is named here."""
