"""不停机升级: Django's way to PostgreSQL, changed in one thing: how a migration changes tables that people are working with."""
