"""产品目录: what the company sells."""
