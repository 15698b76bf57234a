"""The demo county 示例县: an invented bureau on a real road network, to be seen, tried and tested.

Its people, plates and firms are invented and marked as examples; its roads are OpenStreetMap's (ODbL, kept apart in
`map`).
"""
