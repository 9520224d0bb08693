"""导入导出 Transfer: records come in from spreadsheets people already keep, and go out to spreadsheets again."""
