"""Merge 合并: several records of the same thing become one, with everything that hung on any of them; and can part again."""
