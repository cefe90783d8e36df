### What programs may do around cases: the burden meter and the receivers of events.

open-room-burden = The burden meter
open-do-show-burden = What is asked of the grassroots beside cases, by month and by whom
open-do-publish-demand = Ask something beside cases
open-do-show-demand = One thing that is asked
open-do-fill-demand = Fill in what is asked
open-do-list-webhooks = The receivers of events
open-do-list-webhook-kinds = The kinds of events, with the schema of each message
open-do-make-webhook = Add a receiver; its secret is told once
open-do-show-webhook = One receiver, and how it stands
open-do-change-webhook = Change a receiver
open-do-end-webhook = End a receiver
open-do-renew-webhook-secret = A new secret for a receiver, told once
open-do-pause-webhook = Pause a receiver
open-do-let-webhook-go-on = Let a receiver go on
open-do-ping-webhook = Send a receiver a test
open-do-list-deliveries = What was told to a receiver, the newest first
open-do-list-attempts = Every call for one delivery
open-do-replay-delivery = Tell a receiver one thing again
open-do-replay-deliveries = Tell a receiver everything since a time again
