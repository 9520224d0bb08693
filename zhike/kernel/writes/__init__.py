"""Writing 写入: the one path for HTTP, import, automation, tools and scripts. One record or many; never around it."""

from zhike.kernel.writes.along import transfer_many_with, transfer_with
from zhike.kernel.writes.duplicates import likely_duplicates
from zhike.kernel.writes.many import (
    Outcome,
    act_many,
    create_many,
    put_many,
    restore_many,
    tag_many,
    transfer_many,
    update_many,
)
from zhike.kernel.writes.one import act, create, delete, transfer, update
from zhike.kernel.writes.removing import delete_free, delete_many

__all__ = [
    "Outcome", "act", "act_many", "create", "create_many", "delete", "delete_free", "delete_many", "likely_duplicates",
    "put_many", "restore_many", "tag_many", "transfer", "transfer_many", "transfer_many_with", "transfer_with", "update",
    "update_many",
]  # fmt: skip
