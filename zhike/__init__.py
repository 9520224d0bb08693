"""知客 Zhike: an open CRM."""

__version__ = "0.1.0"
