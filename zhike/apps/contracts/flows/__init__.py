"""One file a use case that touches several records."""
