"""The wire: what a record says of the exchange or the frame that it was, and of the bytes that went over it.

All of it are functions of a record, made when somebody looks. A recording may have been made by anybody, so none of
them believes what a record says of itself.
"""
