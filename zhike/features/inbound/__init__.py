"""Inbound 来访: what people outside may send in without signing in – web forms, and online chats told by a program."""
