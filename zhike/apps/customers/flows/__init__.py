"""Use cases of the customers domain: one function a file."""
