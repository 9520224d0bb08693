"""知客 Zhike: an open CRM."""
