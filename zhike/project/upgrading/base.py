"""The database backend Django loads by this name; see schema.py."""

from django.db.backends.postgresql import base

from zhike.project.upgrading.schema import InOneGo


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = InOneGo
