"""The rules of the Pauzeknop, without database, web or clock. Imports nothing but the standard library and two
calendars.
"""
