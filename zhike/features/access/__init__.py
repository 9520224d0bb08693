"""Access requests 权限申请: a role asked for in the browser, agreed to by the superior, in force at once, ended on its day."""
