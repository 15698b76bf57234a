"""Template tags of 项目建设."""
