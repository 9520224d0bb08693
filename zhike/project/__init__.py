"""Wires the product together: settings, addresses, the executable, the database that comes along."""
