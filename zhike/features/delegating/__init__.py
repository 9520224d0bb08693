"""授权代理: giving and taking back the right to act for oneself."""
