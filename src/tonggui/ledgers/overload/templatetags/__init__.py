"""Template tags of 治超管理."""
