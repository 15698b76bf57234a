"""Several people in one text: three-way merging, versions, who is where, and what could not be merged."""
