"""The answer to a department: points, return memo, review sheet, and the overview of a season."""
