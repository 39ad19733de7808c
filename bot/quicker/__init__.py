"""Quicker ways through Rasa: the same answers, without the work that a turn does not need (docs/adr/0010).

Each file says what was slow, how slow it was measured to be, and what is done instead; tests/bot/test_mended_rasa.py
compares their answers with Rasa's own. Nothing of the installed Rasa is changed on disk.
"""
