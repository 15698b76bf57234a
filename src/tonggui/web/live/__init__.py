"""The live picture: one mirror of the latest positions a process, fed by the stream process, watched by browsers."""
