"""内核: what every business object is made of. Knows no object and no HTTP; import from `zhike.kernel.declare`."""
