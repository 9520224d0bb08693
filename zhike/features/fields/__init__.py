"""Fields added without code 自定义字段: an administrator defines them, and every process has them with the next request."""
