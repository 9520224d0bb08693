"""谁能看到，谁看过: why somebody may see a record, and who opened, exported or revealed it."""
