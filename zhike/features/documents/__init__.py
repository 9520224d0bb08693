"""Documents 文件: a record as DOCX or PDF, from an administrator's template or laid out from its declaration."""
