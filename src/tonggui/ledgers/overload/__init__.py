"""治超管理: weighing points, doubted passes, overload cases."""
