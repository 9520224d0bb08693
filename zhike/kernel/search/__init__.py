"""Search (搜索): finding records by any part of what they say."""
