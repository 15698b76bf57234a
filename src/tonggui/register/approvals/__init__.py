"""Approvals as staff know them, on any ledger without a declaration.

kept.py      the tables: what one person was asked (Ask), urging, messages, mutes
waiting.py   for whom a record waits, and whom one may name
asking.py    转办, 交办, 加签, 抄送: asking a person, and the answer
joint.py     会签: consents of several roles to one version of a record
recall.py    撤回 and 退回: back to the state before, by a line of history
urging.py    催办
bell.py      messages of one account: told, read, muted
trace.py     the whole course of a record: who, in which role, what, with which words, after how long
"""
