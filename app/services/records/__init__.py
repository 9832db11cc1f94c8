"""The day's record (日终记录): what it covers, its figures, and the paper."""
