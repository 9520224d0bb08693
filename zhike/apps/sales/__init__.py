"""销售: from the first enquiry to the signature."""
