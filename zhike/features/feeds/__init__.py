"""日历订阅: what a person has to do, in the calendar of her phone."""
