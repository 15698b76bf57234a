"""疫情与卡口: people under epidemic control, checkpoints, and cross-border places."""
