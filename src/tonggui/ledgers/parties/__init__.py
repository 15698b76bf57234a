"""基础档案: the units of the bureau and the enterprises it supervises."""
