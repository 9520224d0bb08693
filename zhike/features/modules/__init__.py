"""Module switches 模块开关: a whole domain can be taken out of sight for everybody and brought back with all its data."""
