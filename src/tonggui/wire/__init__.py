"""Wire: messages declared as the tables of their standards, and everything that follows from a declaration.

`declare` is the vocabulary; `protocol` puts framing, head and messages together and decodes one frame or a batch,
encodes and explains. `framing` and `intake` cut frames out of byte streams and know no message; `plan` compiles tables
for the batch decoder, with `plan_numpy` beside the compiled one; `inspect` and `explain` serve people; `parts` joins
long messages.
"""
