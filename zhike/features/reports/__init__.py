"""报表与仪表盘: questions people put together by clicking, kept, shared, pinned to a page, sent by mail."""
