"""Does a certificate name the host?"""
