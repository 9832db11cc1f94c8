"""Rosters (排班): what they must fulfil and should, a check as one types, and the planner that finds the best one."""
