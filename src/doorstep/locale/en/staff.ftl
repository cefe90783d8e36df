## Signing in

staff-sign-in-wrong = The name or the password is not right, or the account is locked for a while.
staff-sign-in-wrong-try = Try again. After { $times } wrong attempts in a row an account is locked for { $minutes } minutes; if you cannot wait, ask the security administrator; if you forgot the password, the system administrator.
staff-not-signed-in = You are not signed in, or your session has ended.
staff-not-signed-in-try = Sign in first.
staff-not-for-you = This page does not belong to your present post ({ $post }).
staff-not-for-you-try = If you hold another post, choose it in the page's head; else go back to your own start page.
staff-seat-not-yours = You hold no appointment to this post.
staff-seat-not-yours-try = Choose one of your own posts from the list.
staff-second-factor-there = The second factor is already set up.
staff-second-factor-there-try = To set it up anew, ask the security administrator to clear it first.
staff-code-wrong = The code is not right, or was used before.
staff-code-wrong-try = Wait for the next code and enter that, or use one of your recovery codes.
staff-password-old-wrong = The old password is not right.
staff-password-old-wrong-try = Enter the password that you use now.
staff-password-weak = The new password is too weak: at least { $length } characters, without the user name, other than the old one.
staff-password-weak-try = Several unrelated words in a row are long and easy to remember.

## Posts

staff-post-grid-lead = Grid lead
staff-post-grid-worker = Grid worker
staff-post-liaison = Liaison
staff-post-volunteer = Volunteer
staff-post-stairwell-lead = Stairwell lead
staff-post-hub-household = Hub household
staff-post-community-desk = Community desk
staff-post-subdistrict-office = Subdistrict desk
staff-post-department = Department
staff-post-command-centre = Command centre
staff-post-system-admin = System administrator
staff-post-security-admin = Security administrator
staff-post-audit-admin = Audit administrator

## The sign-in page

staff-sign-in-title = Staff sign-in
staff-sign-in-lead = For grid workers, liaisons, volunteers and desks. Residents report without signing in.
staff-sign-in-do = Sign in
staff-sign-in-note = You are signed out after 30 minutes without use, and after 12 hours in any case. Do not save your password on somebody else’s device.
staff-sign-in-no-post = You hold no post at present, so you cannot sign in.
staff-sign-in-no-post-try = If this seems wrong, ask your community or the system administrator.
staff-username = User name
staff-password = Password
staff-sign-out = Sign out
staff-switch-seat = Switch
staff-print = Print

## Second factor

staff-factor-title = Second factor
staff-factor-lead = Enter the 6 digits that the authenticator on your phone shows now.
staff-factor-code = Code
staff-factor-code-hint = A recovery code works too; each can be used once.
staff-factor-first-hint = The 6 digits that the authenticator shows after scanning.
staff-factor-do = Verify
staff-factor-lost = Neither phone nor recovery codes at hand? Ask the security administrator to clear the second factor, then set it up anew.
staff-factor-set-up-title = Set up the second factor
staff-factor-required = Your post can see what residents report, so besides the password an authenticator on your phone has to confirm that it is you. It is set up once and takes about a minute.
staff-factor-wanted = Besides the password, an authenticator on your phone confirms that it is you. It is set up once and takes about a minute.
staff-factor-step-one = First: add it to an authenticator
staff-factor-step-two = Then: enter the code
staff-factor-scan = Open any authenticator on your phone (any that knows TOTP will do) and scan this QR code.
staff-factor-qr-alt = QR code to scan with an authenticator; if you cannot scan it, type the key beside it.
staff-factor-by-hand = Cannot scan? Type this key:
staff-factor-kind = Kind: time-based (TOTP), 6 digits, 30 seconds.
staff-factor-confirm = Confirm and turn on
staff-factor-skip-title = The demonstration may skip this
staff-factor-skip-text = This is a demonstration, so the second factor may be skipped; in real use nobody enters this post without it.
staff-factor-skip = Skip, on with the demonstration
staff-factor-is-set = Turned on. For a new phone, ask the security administrator to clear it first.
staff-factor-is-missing = Not turned on yet.
staff-factor-set-up = Set up

## Recovery codes

staff-recovery-title = Keep your recovery codes
staff-recovery-done = The second factor is turned on
staff-recovery-lead = When your phone is not at hand, a recovery code takes the place of the code, each once. They are shown only now: print them or write them down and keep them safe.
staff-recovery-codes = Recovery codes
staff-recovery-for = Doorstep account of { $person }
staff-recovery-go-on = Kept safe, go on

## Password

staff-password-title = Change the password
staff-password-must = First choose a password of your own
staff-password-must-text = The one you use is temporary, and whoever gave it to you knows it too.
staff-password-old = Present password
staff-password-new = New password
staff-password-new-hint = At least { $length } characters. Several unrelated words in a row are long and easy to remember.
staff-password-do = Save the new password
staff-password-note = You will be signed out on all your other browsers.
staff-password-change = Change it

## One’s own

staff-way-me = Me
staff-way-today = Grid today
staff-way-queue = Queue
staff-way-command = Command map
staff-way-districting = Districting
staff-way-posts = Posts and people
staff-way-doors = Door QR codes
staff-way-accounts = Accounts
staff-way-audit = Audit
staff-way-neighbourhood = My micro-grid
staff-acting-as = Present post: { $post } { $area }
staff-seats-title = My posts
staff-seats-lead = You act from one post at a time; what you can see depends on it.
staff-seat-take = Act from this post
staff-account-title = My account
staff-sessions-title = Where I am signed in
staff-sessions-show = Show
staff-sessions-lead = If you do not know one of these, sign it out and change your password.
staff-session-began = signed in { $at }
staff-session-seen = last used { $at }
staff-session-factor = second factor given
staff-session-this = This device
staff-session-end = Sign it out
staff-sessions-end-others = Sign out everywhere else
staff-told-session-ended = That device is signed out.
staff-told-sessions-ended = All other devices are signed out.
staff-told-password-changed = The new password is saved; all other devices are signed out.
staff-told-seat-taken = You act from another post now.
staff-way-report = Report

## Posts and people

staff-any = Any
staff-posts-title = Posts and people
staff-posts-lead = Who sits where and since when, and what is vacant.
staff-posts-search = Name, area, code or the post’s title
staff-posts-kind = Post
staff-posts-only = State
staff-posts-only-any = Any
staff-posts-only-vacant = Vacant
staff-posts-only-held = Filled
staff-posts-post = Post
staff-posts-area = Area
staff-posts-area-code = Area code
staff-posts-above = Inside
staff-posts-unit = Unit
staff-posts-person = Held by
staff-posts-since = Since
staff-posts-until = Until
staff-posts-none = No such posts
staff-posts-none-text = Try other filters, or add a post.
staff-posts-page = Posts
staff-posts-counts = Kinds of posts
staff-count-kind = Post
staff-count-seats = Seats
staff-count-held = Filled
staff-count-missing = Missing
staff-count-note = A micro-grid should have 1 liaison and 2 volunteers; a grid a lead and at least 1 grid worker.
staff-filter = Filter
staff-post-add-title = Add a post
staff-post-add-area = Where
staff-post-add-code = Area code
staff-post-add-code-hint = County 6 digits, subdistrict 9, community 12, grid 15, micro-grid 17; the three administrators belong to no area.
staff-post-add-do = Add it
staff-post-no-area = There is no such area.
staff-post-no-area-try = Choose one from the list, or check the code.
staff-post-no-unit = No unit of that kind acts in this area, so nobody could handle cases from there.
staff-post-no-unit-try = Add the unit first, then the post.
staff-post-history = Who held it
staff-post-history-none = Nobody has held this post yet.
staff-post-word = The city’s own word
staff-post-word-hint = For example: micro-grid lead, courtyard head, neighbour lead. Left empty, the usual word is shown.
staff-post-word-do = Save the word
staff-post-end-title = End the appointment
staff-post-end-on = First day without it
staff-post-end-do = End it
staff-post-appoint-title = Appoint
staff-post-find = Find somebody by name
staff-post-find-do = Find
staff-post-found = Choose
staff-post-found-none = Nobody found; write down somebody new below.
staff-post-somebody-new = Somebody new
staff-post-holds-nothing = holds no post
staff-person-name = Name
staff-person-phone = Telephone
staff-person-comes-from = Comes from
staff-person-comes-from-hint = For example: lives in this building, retired teacher, courier
staff-appoint-from = From
staff-appoint-until = Until
staff-appoint-until-hint = The first day on which it no longer holds; left empty, it has no end.
staff-appoint-do = Appoint
staff-told-appointed = Appointed.
staff-told-ended = The appointment is ended.
staff-told-named = The word is saved.
staff-told-added = The post is added.
staff-appoint-no-day = There is no day.
staff-appoint-no-day-try = Fill in the day.
staff-appoint-backwards = The last day must come after the first.
staff-appoint-backwards-try = Check both days.
staff-appoint-nobody = Nobody is chosen.
staff-appoint-nobody-try = Find somebody by name and choose, or write down somebody new.
staff-appoint-taken = { $person } holds this post during that time.
staff-appoint-taken-try = End that appointment first, or begin after it.
staff-appoint-mixed = { $person } may not hold this post as well: system, security and audit administrators are three people, and none of them holds any other post.
staff-appoint-mixed-try = Choose somebody else, or end the other appointment first.
staff-appoint-over = This appointment has ended already.
staff-appoint-over-try = Reload the page to see who holds it now.
staff-seat-unknown = There is no such post, or it is not yours to fill.
staff-seat-unknown-try = Go back to the list of posts.
staff-person-no-name = There is no name.
staff-person-no-name-try = Write a name, or choose one of the people found.

## Accounts

staff-accounts-title = Accounts
staff-accounts-search = User name or name
staff-accounts-only = State
staff-accounts-only-any = Any
staff-accounts-only-locked = Locked for a while
staff-accounts-only-disabled = Disabled
staff-accounts-only-bare = No second factor
staff-accounts-only-temporary = First-day password
staff-accounts-person = Person
staff-accounts-posts = Posts
staff-accounts-state = State
staff-accounts-none = No such accounts
staff-accounts-page = Accounts
staff-account-locked = Locked until { $until }
staff-account-disabled = Disabled
staff-account-fine = In order
staff-account-temporary = First-day password not changed
staff-account-factor = Second factor set
staff-account-no-factor = No second factor
staff-account-password-changed = Password changed
staff-account-failures = Wrong in a row
staff-account-open-sessions = Signed-in devices
staff-account-open-title = Open an account
staff-account-open-lead = For somebody who is known and has none. The first-day password is shown once and has to be changed at the first sign-in.
staff-account-open-do = Open the account
staff-account-open-find = First find somebody by name
staff-account-open-none = Nobody without an account found; new people are written down when they are appointed.
staff-account-reset = Give a new first-day password
staff-account-reset-hint = The old one ends at once, and all devices are signed out.
staff-account-do-disable = Disable the account
staff-account-do-disable-hint = All devices are signed out at once, until it is enabled again.
staff-account-do-enable = Enable and unlock
staff-account-do-enable-hint = Ends a lock-out too.
staff-account-do-clear-factor = Clear the second factor
staff-account-do-clear-factor-hint = For a lost phone: it is set up anew at the next sign-in, and all devices are signed out.
staff-account-do-end-sessions = Sign out all devices
staff-account-do-end-sessions-hint = Nothing else changes.
staff-account-yours = This is your own account; your devices and password are under “Me”.
staff-account-deeds = What can be done
staff-told-disable = Disabled; all devices are signed out.
staff-told-enable = Enabled and unlocked.
staff-told-clear-factor = The second factor is cleared.
staff-told-end-sessions = All devices are signed out.
staff-first-password-title = First-day password
staff-first-password-lead = It is shown only now. Tell it in person or by telephone, never by text message or in a group; it has to be changed at the first sign-in.
staff-account-own = Nobody disables their own account.
staff-account-own-try = Ask another security administrator.
staff-account-not-yours = This is not for your post to do.
staff-account-not-yours-try = The system administrator opens accounts and gives first-day passwords; the security administrator locks and unlocks.
staff-account-unknown = There is no such account.
staff-account-unknown-try = Go back to the list of accounts.
staff-account-no-person = There is no such person, or there is an account already.
staff-account-no-person-try = Find somebody by name and choose.
staff-username-odd = This user name cannot be used.
staff-username-odd-try = Use 3 to 60 small letters, digits, dots, underscores or hyphens, with a letter or digit at both ends.
staff-username-taken = Somebody has this user name already.
staff-username-taken-try = Choose another one.
staff-username-hint = Small letters and digits, for example zhang-min

## Audit

staff-audit-title = Audit
staff-audit-lead = Every look at something sensitive and every change of who may do what leaves a trace that nobody can change or delete.
staff-audit-deeds = Who changed what
staff-audit-reads = Who saw what
staff-audit-search = User name, subject or reason
staff-audit-kind-of = Act
staff-audit-since = From
staff-audit-until = To
staff-audit-at = Time
staff-audit-who = Account
staff-audit-role = Role
staff-audit-post = Post number
staff-audit-what = Act
staff-audit-subject = Subject
staff-audit-because = Details
staff-audit-none = No such traces
staff-trace-added-person = wrote somebody down
staff-trace-added-post = added a post
staff-trace-appointed = appointed
staff-trace-case = opened a case
staff-trace-cases-exported = exported cases
staff-trace-changed-password = changed the password
staff-trace-cleared-second-factor = cleared a second factor
staff-trace-contact = saw a contact
staff-trace-disabled-account = disabled an account
staff-trace-discarded-plan = discarded a plan
staff-trace-enabled-account = enabled an account
staff-trace-door-made = made a door’s QR code
staff-trace-door-retired = retired a door’s QR code
staff-trace-imported-units = imported units
staff-trace-ended-appointment = ended an appointment
staff-trace-ended-sessions = signed out all devices
staff-trace-exported-audit = exported the audit
staff-trace-locked-out = locked out after wrong answers
staff-trace-named-post = renamed a post
staff-trace-opened-account = opened an account
staff-trace-published-plan = published a plan
staff-trace-recovery-code-used = used a recovery code
staff-trace-reported-for-caller = reported for a caller
staff-trace-reset-password = gave a first-day password
staff-trace-second-factor-set = turned on the second factor
staff-trace-signed-in = signed in
staff-trace-took-seat = changed seats
staff-role-anonymous = the public
staff-role-follower = reporter
staff-role-neighbour = neighbour in a post
staff-role-grid = grid
staff-role-community = community
staff-role-subdistrict = subdistrict
staff-role-county = county command
staff-role-department = department
staff-role-system-admin = system administrator
staff-role-security-admin = security administrator
staff-role-audit-admin = audit administrator
staff-role-worker = the system
staff-role-gate = sign-in page

## My micro-grid

staff-neighbourhood-title = My micro-grid
staff-neighbourhood-lead = You are a neighbour, not staff: no clock runs against you, nobody measures you, and no household’s record is yours to see. What you notice, say as a neighbour would.
staff-neighbourhood-who = Who serves this place
staff-neighbourhood-open = Being worked on
staff-neighbourhood-ended = Ended
staff-neighbourhood-few = fewer than 3
staff-neighbourhood-few-why = Small numbers are not told exactly, so that nobody can guess whose they are.
staff-neighbourhood-households = About { $count } households
staff-neighbourhood-report = Report something
staff-neighbourhood-none = This post belongs to no micro-grid

## Founding an installation

staff-founding-three = The system, the security and the audit administrator are three different people.
staff-founding-three-try = Name three people: doorstep administrators SYSTEM SECURITY AUDIT
staff-founding-done = This installation has administrators already.
staff-founding-done-try = Ask the system administrator to open further accounts.
staff-units-kind = “{ $kind }” is no kind of unit that is imported; grid teams come with a plan.
staff-units-kind-try = Write one of: { $known }
staff-units-subject = A department needs the subject by which the catalogue knows it.
staff-units-subject-try = Write one of: { $known }
staff-units-area = No area has the code { $code }.
staff-units-area-try = Import the territory first, or check the code.
