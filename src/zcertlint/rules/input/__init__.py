"""Can the input be trusted?"""
