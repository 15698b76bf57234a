"""项目建设: construction projects and their monthly progress."""
