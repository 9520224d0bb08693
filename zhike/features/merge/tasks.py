"""Found by the queue at start-up: the merging of whole groups."""

from zhike.features.merge.groups import merge_groups_job

__all__ = ["merge_groups_job"]
