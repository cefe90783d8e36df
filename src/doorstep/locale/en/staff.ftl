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
