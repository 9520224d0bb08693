"""Automation 自动化: when this happens, and if that holds, do these things – written by an administrator, for any object."""
