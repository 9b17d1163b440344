"""The commands: each module is a thin Click command over one verb of the library.

A module imports only Click at its top and the rest inside its function, so that
``communique --help`` stays quick.
"""
