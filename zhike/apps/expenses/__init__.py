"""费用报销: what was spent on customers, and what came of it."""
