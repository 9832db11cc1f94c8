"""People's files, tasks and notices: three pages of the duty panel."""
