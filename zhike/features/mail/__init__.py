"""Mail 邮件: sending it, and telling administrators whether it arrives."""
