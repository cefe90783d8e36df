## Signing in

staff-sign-in-wrong = The name or the password is not right.
staff-sign-in-wrong-try = Try again; if you forgot the password, ask your system administrator.
staff-sign-in-locked = This account is locked for another { $minutes } minutes.
staff-sign-in-locked-try = Try later, or ask the security administrator to unlock it.
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
