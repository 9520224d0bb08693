"""What Chinese business data means: names, pinyin, phones, codes, numbers, dates and places. Knows no object and no framework."""
