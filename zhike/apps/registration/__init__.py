"""报备: who registered first holds the customer; whoever comes second may have it arbitrated (V-40…V-43)."""
