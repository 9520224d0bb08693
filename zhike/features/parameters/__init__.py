"""Parameters 业务参数: every number of the company's rules, declared once in code, changed by an administrator from a day on."""
