"""单点登录: people come in by the company's own identity provider (OpenID Connect), and go out there too."""
