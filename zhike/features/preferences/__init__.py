"""个人偏好: how one person likes the product to look, and what she keeps at hand."""
