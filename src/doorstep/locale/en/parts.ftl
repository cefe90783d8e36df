### Page parts: header, footer, fields, tables, maps.

parts-name = Doorstep
parts-skip = Skip to the content
parts-nav = Navigation
parts-nav-short = Main navigation
parts-crumbs = Where you are
parts-switches = Display settings
parts-language-zh = 中文
parts-language-en = English
parts-elder-on = Larger text
parts-elder-off = Standard text
parts-theme-dark = Dark
parts-theme-light = Light
parts-close = Close
parts-complaints = Complaints box: tell us what is wrong with this platform
parts-demo-notice = Demonstration: the people and cases are invented.
parts-example = Example
parts-example-notice = Example only: the names and the geometry come from different places and show no real jurisdiction.
parts-odbl-contributors = OpenStreetMap contributors
parts-odbl-licence = , data under ODbL 1.0.
parts-invented = (invented)

## Times

parts-moment = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}, { $time }
parts-full-moment = { parts-day }, { $time }
parts-short-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
parts-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }

## Fields and refusals

parts-optional = (optional)
parts-narrow = Type a few letters to narrow the list
parts-narrow-none = No answer has these words: try others.
parts-errors-title = { $count ->
    [one] One thing needs your attention
   *[other] { $count } things need your attention
}
parts-try-this = What to do: { $what }

## Danger

parts-call-now = Is somebody in danger now? Call at once; do not wait for an answer here.
parts-call-police = police
parts-call-fire = fire
parts-call-ambulance = ambulance

## Cases

parts-why = Why was it done this way?
parts-moves-title = What you can do now
parts-moves-none = It is somebody else’s turn; there is nothing you need to do.
parts-moves-over = It has ended; there is nothing you need to do.
parts-moves-others = Others may now:
parts-moves-other = { $who }: { $what }

## Posts

parts-seat-until = until { $day }
parts-seat-vacant = Vacant

## Pages

parts-pager = Pages
parts-pager-earlier = Previous page
parts-pager-later = Next page

## Maps, charts, QR codes

parts-map-show = Show the map
parts-map-missing = This device cannot show the map; please use the list below.
parts-map-zoom-in = Zoom in
parts-map-zoom-out = Zoom out
parts-map-legend = Legend
parts-map-list = See it as a list
parts-map-cases = Open cases
parts-map-households = households
parts-map-buildings = Building
parts-map-green = Green
parts-map-water = Water
parts-map-chosen = Chosen
parts-csv = Download CSV
parts-qr-alt = QR code { $code }

## Pages that cannot be reached

parts-not-found = There is no such page; the address may be wrong, or what was here has moved.
parts-not-found-try = check the address, or start again from the first page.
parts-only-sent = This address only takes what a form sends; it is no page to open.
parts-only-sent-try = go back to the page before, or start again from the first page.
parts-csrf = This page was open for too long, or was not sent from our site, so nothing was done.
parts-csrf-try = go back, reload the page and send it again; what you wrote was not kept.
parts-our-fault = Something went wrong on our side, and this step was not done.
parts-our-fault-try = try again in a few minutes. We have a record of it and will look into it; if it is pressing, call 12345.
parts-not-now = The system cannot answer at this moment; this step was not done, and nothing is left half done.
parts-not-now-try = wait a few seconds and send it again. If it is pressing, call 12345; in danger 110, 119 or 120.
parts-wrong-host = This host name is not known here, so nothing was opened.
parts-wrong-host-try = Whoever runs this site adds the name to the environment variable DOORSTEP_HOSTS and starts it again.
parts-bad-request = What was sent is incomplete or malformed, and nothing was done.
parts-bad-request-try = go back to the page before and fill it in again; if that does not help, call 12345.
parts-number = { $number }
parts-slides = Slide the table sideways for more
parts-refused-title = This was not done
parts-home = To the first page
parts-back = Back to the page before
