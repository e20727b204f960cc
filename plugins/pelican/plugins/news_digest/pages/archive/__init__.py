"""Pages of time: days, weeks, months, years."""
