### How units are reached, and how the link of an outside handler gets to them

staff-unit-phone = Public telephone
staff-unit-phone-hint = For anybody to call; it is printed on notices left at doors.
staff-unit-phone-wrong = This public telephone cannot be right.
staff-unit-phone-wrong-try = Write digits, with an area code, dashes and an extension if need be, such as 0511-8555 0101 ext 2.
staff-unit-duty-phone = Mobile number of the duty
staff-unit-duty-hint = Only for text messages with links to work by. Kept sealed: whoever keeps units sees all of it, whoever sends cases only its beginning and end.
staff-unit-duty-email = E-mail address of the duty

outside-field-send = How they get it
outside-send-nobody = Send nothing, I pass it on myself
outside-send-nobody-hint = The link is shown once, on the next page
outside-send-sms = Text message to the duty's mobile { $to }
outside-send-email = E-mail to the duty's address { $to }
outside-send-other = To another number or address, for this once
outside-field-to = Number or e-mail address
outside-field-to-hint = Only when you chose “another” above. Kept sealed, from then on only its beginning and end are shown; erased when the link ends.
outside-no-duty = { $unit } has no duty contact yet; ask the system administrator to enter one under Units, or type a number for this once.
outside-send-unknown = There is no such way to send it.
outside-send-unknown-try = Choose one of the ways that are listed.
outside-send-no-duty = This unit has no such duty contact, so nothing can be sent to it.
outside-send-no-duty-try = Choose “another number or address”, or ask the system administrator to enter one under Units.
outside-send-no-address = No number or e-mail address was given.
outside-send-no-address-try = Give a mobile number or an e-mail address.
outside-send-not-chosen = A number or address was given, but not that it be sent there.
outside-send-not-chosen-try = Choose “to another number or address”, or empty the field.
outside-sent-short = { $giver } asks { $unit } to see to something. Open the link to read it and answer, no account needed, good until { $until }: { $link }
outside-sent-subject = { $giver } asks { $unit } to see to something
outside-sent-long =
    { $giver } asks { $unit } to see to something.

    The link below shows what it is, where, and by when. There you can take it, say when you come, report it as done, or say that it is not yours. No account is needed.

    { $link }

    It is good until { $until } and opens this one case; please do not pass it on.
outside-sent-to-duty = the duty contact
outside-sent-by-sms = Text message
outside-sent-by-email = E-mail
outside-sent-way = { $way } to { $to }
outside-sent-waiting = Being sent
outside-sent-again-at = Not taken; tried again on { $when }
outside-sent-sent = Sent
outside-sent-when = Sent on { $when }
outside-sent-failed = Sending failed
outside-sent-unsent = Not sent
notices-trouble-no-duty = The unit has no duty contact.
outside-sent-stopped = Sending stopped
outside-sending = Being sent to { $to }. Whether it went out is shown below, under the links that were given.
outside-send-again = Send again
outside-sent-again = It is being sent again.
outside-again-over = This link opens nothing any more; it was not sent again.
outside-again-over-try = Give a new one if it is needed.
outside-again-none = This link was not sent by text message or e-mail, so it cannot be sent again.
outside-again-none-try = Give a new one and choose how it is sent.
outside-again-under-way = This link is being sent already; it was not sent once more.
outside-again-under-way-try = Reload the page in a few minutes to see whether it went out.
open-do-send-outside-link-again = Send a link again
