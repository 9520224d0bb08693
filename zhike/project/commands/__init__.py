"""What each command of the executable does, one file for those that belong together."""
