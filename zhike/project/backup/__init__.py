"""Backup 备份: one file with everything an installation must not lose, proved by restoring it somewhere else."""
