"""测试工具: what our tests share."""
