"""The demonstration world: two organisaties, their staff, a directory, and people in every stage of a pauzeverzoek.

Everybody in it is invented. Mail addresses are on the reserved domain .example (RFC 2606). Telephone numbers cannot
ring: no reserved Dutch range for fiction was found, so these begin with 0 behind the area code, and with 06-0, which
the Dutch numbering plan gives to nobody (assumption). Postcodes of offices end in SS, letters that no Dutch postcode
has; those of people in ZZ, which the forms take and no street in these areas has (assumption).
"""
