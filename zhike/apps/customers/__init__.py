"""客户: the companies and people we deal with, what was said, and what is to be done next."""
