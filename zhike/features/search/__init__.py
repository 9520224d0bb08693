"""Search 搜索 across every object."""
