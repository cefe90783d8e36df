### The counter of a station: writing for whoever comes

counter-title = Station counter
counter-lead = They say it, you write it; then hand them the number and the code.
counter-words = What was said
counter-who = For whom
counter-why = Why somebody else writes it
counter-not-said = Not said
counter-for-self = Written for somebody who is here
counter-for-family = For somebody of the family
counter-for-neighbour = For a neighbour
counter-for-other = For somebody else
counter-why-no-phone = no phone, or not used to one
counter-why-hard-to-write = reading or writing is hard
counter-why-cannot-come = cannot come
counter-why-other = another reason
counter-because = { $who }: { $why }.
counter-contact = As they like; with a phone number they are told by text message.
counter-send = Record it and give the number
counter-done = Recorded
counter-scan = Scan it to see at any time how far it is and who is at it.
counter-told = News goes to the contact that was left.
counter-next = Next visitor
counter-print = Print the slip
counter-once = The code is the visitor's right to follow the case: hand it to them. It is not shown again after this page.
