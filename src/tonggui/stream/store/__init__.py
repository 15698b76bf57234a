"""The telemetry store: MergeTree tables in one process, reached by the official ClickHouse client.

`tables` declares what is kept, `engine` runs statements, `server` is its HTTP face, `process` keeps both alive,
`client` connects to them, `queries` asks the questions of pages.
"""
