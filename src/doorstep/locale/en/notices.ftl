### Notices: letters and text messages to reporters.

notices-received = It has arrived, and somebody is looking at it.
notices-asked = We need to know a little more from you. Please open the link.
notices-dispatched = It is on its way. { $because }
notices-taken = Whoever holds it has begun.
notices-noted = There is news. Please open the link.
notices-done-solved = They say it is done. Please open the link and tell us whether it is really solved.
notices-done-explained = They have explained the matter. Please open the link.
notices-done-out-of-scope = They have explained that it is out of scope. Please open the link.
notices-redone = It was looked at and is not solved yet; it went back to whoever holds it.
notices-closed = It is closed. { $because }
notices-reopened = It was opened again.
notices-merged = { $because }
notices-link-again = Here is the link that you asked for.

notices-subject = News of case { $number }
notices-promise = It is promised by { $when }.
notices-foot = This letter was written by a machine; please do not answer it. The link above lets you change or erase your contact. If you reported nothing, please ignore it.
notices-long =
    Hello,

    about your case { $number }: { $said }
    { $promise }

    See it, and say what you think: { $link }

    { $foot }
notices-short = [Doorstep] { $number }: { $said } { $link }

notices-trouble-no-server = no mail server or message gateway configured
notices-trouble-no-address = the reporter has erased the contact
notices-trouble-unreachable = the mail server or gateway cannot be reached
notices-trouble-refused = refused by the other side ({ $code })
notices-trouble-address = not a valid address
notices-trouble-ours = the letter could not be written
notices-contact-missing = Please give the phone number or e-mail that you left.
notices-contact-missing-try = The case number alone does not get you the link; this protects you.

## To desks
notices-plan-waits = Plan { NUMBER($number, useGrouping: 0) } of { $community } waits for your approval
notices-staff-short = [Doorstep] { $said }: { $link }
notices-staff-long =
    Hello,

    { $said }. Sign in to see the plan and its report, then approve it, or send it back with your reason:

    { $link }

    This letter was sent automatically; please do not answer it.
