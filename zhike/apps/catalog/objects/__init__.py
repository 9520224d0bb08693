"""One file an object."""
