"""行业模板: data only. A pack names roles, departments and demo records; features/packs writes them."""
