"""The only place that knows everything: settings, addresses, the ASGI application, the command line."""
