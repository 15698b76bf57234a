"""维修管理: repair shops, their jobs and parts, claims under warranty and rescue points."""
