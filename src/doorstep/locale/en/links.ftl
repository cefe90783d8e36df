### The link by which a case is followed

links-refused = This link is not right; part of it may be missing.
links-refused-try = Open the link from the text message, e-mail or receipt again. If it is lost, your case number gets you a new one.
links-expired = This link is no longer valid.
