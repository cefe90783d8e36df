# Addresses that others give us to call.
outward-unreadable = This is no address that can be called.
outward-unreadable-try = Write a whole http or https address, such as https://example.org/hook, of at most 2,000 characters.
outward-password = An address must not carry a name or a password.
outward-password-try = Leave out what stands before the @.
outward-unknown = Nobody knows the host of this address.
outward-unknown-try = Check how it is written, or try again later.
outward-inside = This address leads into a network that is not called from here.
outward-inside-try = Give an address that anybody can reach. For a network of the authorities' own, ask the operator to open it.
