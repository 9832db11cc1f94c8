"""The review screen (审批): what waits for a decision, and one proposal with all that the decision rests on."""
