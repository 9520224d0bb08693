"""Approvals 审批: what must be agreed upon before it happens – any action, creation, change or deletion of any object."""
