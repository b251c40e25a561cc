"""How large a group may be for what is asked of it."""

#: The largest order whose multiplication table is ever allocated.
MAXIMAL_ORDER = 32768
#: The largest order whose elements are numbered.
MAXIMAL_NUMBERED_ORDER = 2**32 - 1
#: Arrays with an entry for every element are refused beyond this order.
MAXIMAL_LISTED_ORDER = 4_000_000
#: Groups that are no named ones are described by their structure up to this order.
MAXIMAL_STRUCTURAL_ORDER = 5040
