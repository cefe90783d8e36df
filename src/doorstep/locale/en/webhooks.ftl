### Webhooks: other systems are told of what happens to cases

webhooks-title = Webhooks
webhooks-lead = These receivers are told when cases move and when plans of the grids come into force. No personal data is sent.
webhooks-add = Add a receiver
webhooks-add-lead = All it needs is the receiver’s address. Its signing secret is then shown once: pass it on to their engineer.
webhooks-add-do = Add
webhooks-none = No receivers yet
webhooks-none-text = Where another system wants to know at once how cases move, add its address here.
webhooks-any = All
open-room-webhooks = Webhooks
webhooks-waiting = { $count } waiting

webhooks-field-name = Name
webhooks-field-url = Address that we call
webhooks-field-url-hint = Begins with https:// and can be reached from outside. Addresses inside need the operator’s permission first.
webhooks-field-kinds = Which events
webhooks-field-kinds-hint = None chosen means all.
webhooks-field-area = Only of this area
webhooks-field-area-hint = Code of a county, subdistrict or community; blank means the whole city.
webhooks-field-class = Only of this class
webhooks-field-secret = Signing secret
webhooks-field-secret-hint = Usually left blank: we make one. To keep an old one, fill it in; it begins with whsec_.
webhooks-field-state = State
webhooks-field-since = Since when
webhooks-field-since-hint = At most 30 days back. The ids stay the same, by which the receiver tells what it had.

webhooks-kind-case-reported-v1 = New case
webhooks-kind-case-reclassified-v1 = Class corrected
webhooks-kind-case-dispatched-v1 = Sent to a unit
webhooks-kind-case-taken-v1 = Taken
webhooks-kind-case-answered-v1 = Answered
webhooks-kind-case-reopened-v1 = Taken up again
webhooks-kind-case-closed-v1 = Closed
webhooks-kind-case-merged-v1 = Merged
webhooks-kind-case-withdrawn-v1 = Withdrawn
webhooks-kind-case-erased-v1 = Personal content erased
webhooks-kind-plan-in-force-v1 = Plan in force
webhooks-kind-webhook-ping-v1 = Test

webhooks-state-working = Working
webhooks-state-failing = Failing, tried again
webhooks-state-stopped = Stopped by itself
webhooks-state-paused = Paused
webhooks-state-ended = Ended
webhooks-state-waiting = Waiting
webhooks-state-taken = Delivered
webhooks-state-given-up = Not delivered

webhooks-secret-title = The signing secret is shown only this once
webhooks-secret-text = Copy it now and pass it on safely. With it the receiver checks that a message is ours and unchanged.
webhooks-secret-both = Until then both the old and the new secret sign:
webhooks-secret-next = I have copied it, go on
webhooks-renew = Renew the secret
webhooks-ping = Send a test
webhooks-pause = Pause
webhooks-go-on = Go on
webhooks-stopped-title = This address is called no more
webhooks-stopped-gone = The receiver answered that it is gone (410). What happens meanwhile is kept and sent in order when you let it go on.
webhooks-stopped-failing = For five days nothing could be delivered. What happens meanwhile is kept and sent in order when you let it go on.
webhooks-failing = Nothing is being delivered; we go on trying. First failure:
webhooks-deliveries = Deliveries
webhooks-no-deliveries = Nothing has been sent yet.
webhooks-attempts = { $count ->
    [one] tried once
   *[other] tried { $count } times
  }
webhooks-again = Next try:
webhooks-replay = Send again
webhooks-replay-since = Send everything since a time again
webhooks-replay-do = Send again
webhooks-change = Change
webhooks-change-do = Save
webhooks-end = End this receiver
webhooks-end-text = Nothing is sent any more, nor what still waits. Deliveries are kept for 30 days.
webhooks-end-do = End it
webhooks-sent = What is sent
webhooks-calls = Attempts
webhooks-no-calls = Not tried yet.
webhooks-no-answer = no answer
webhooks-took = took { $ms } ms

webhooks-told-changed = Saved.
webhooks-told-paused = Paused. What happens meanwhile is kept.
webhooks-told-went-on = It goes on; what has waited is sent in order.
webhooks-told-ended = Ended. Nothing more is sent.
webhooks-told-pinged = The test is on its way; load this page again in a few seconds.
webhooks-told-replayed = On its way; load this page again in a few seconds.

webhooks-trouble-unreachable = The receiver cannot be reached, or is too slow.
webhooks-trouble-ours = It could not be sent, and the fault is ours; the log holds it.
webhooks-trouble-gone = The receiver says that this address is gone (410).
webhooks-trouble-redirect = The receiver points to another address ({ $code }). For safety we do not follow.
webhooks-trouble-refused = The receiver did not take it, code { $code }.

webhooks-name = The name is missing.
webhooks-name-try = Choose one that people recognise, such as “Data bureau”.
webhooks-url-long = The address is too long, at most { $most } characters.
webhooks-there-already = A receiver at this address already hears of the same.
webhooks-there-already-try = Open it from the list; if its secret was not written down, give it another.
webhooks-url-fragment = The address must not contain “#”.
webhooks-url-try = Check the address.
webhooks-kind-unknown = There is no event “{ $kind }”.
webhooks-kind-try = Choose from the list of events.
webhooks-class = There is no such class.
webhooks-class-try = Choose one from the list.
webhooks-area = There is no such area.
webhooks-area-try = Give the code of a county, subdistrict or community.
webhooks-partner = There is no such platform, or it has ended.
webhooks-partner-try = Check the number of the platform.
webhooks-secret = This signing secret does not do: decoded, it must have { $least } to { $most } bytes.
webhooks-secret-try = Give whsec_ and random bytes in Base64, or leave it blank and we make one.
webhooks-too-many = There are { $most } receivers, and no room for more.
webhooks-too-many-try = End those that are not used.
webhooks-unknown = There is no such receiver, or it has ended.
webhooks-unknown-try = Go back to the page “Webhooks”.
webhooks-no-delivery = There is no such delivery, or its time is over.
webhooks-no-delivery-try = Deliveries are kept for 30 days.
webhooks-since = Only the last { $days } days can be sent again.
webhooks-since-missing = The time is missing.
webhooks-since-try = Give a time within the last 30 days.

webhooks-notice-gone = The receiver “{ $name }” says that its address is gone; nothing is sent to it any more.
webhooks-notice-failing = The receiver “{ $name }” could not be reached for five days; nothing is sent to it any more.

staff-trace-webhook-made = Webhook receiver added
staff-trace-webhook-changed = Webhook receiver changed
staff-trace-webhook-secret-renewed = Webhook secret renewed
staff-trace-webhook-paused = Webhook paused
staff-trace-webhook-went-on = Webhook let go on
staff-trace-webhook-ended = Webhook receiver ended
staff-trace-webhook-pinged = Webhook tested
staff-trace-webhook-replayed = Webhook deliveries sent again
