"""Use cases of registration: one function a file."""
