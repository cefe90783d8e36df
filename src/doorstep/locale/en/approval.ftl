## How a plan is approved
approval-life = How the plan came about
approval-machine = The machine
approval-somebody = A member of staff
approval-did-draw = Drawn
approval-did-submit = Submitted for approval
approval-did-withdraw = Withdrawn
approval-did-approve = Approved
approval-did-approve-own = Approved by the same desk: nobody is in post above it
approval-did-send-back = Sent back
approval-did-change = Changed by hand after it was submitted; a draft again
approval-did-publish = Published
approval-did-supersede = Another plan was published; a draft again
approval-did-discard = Discarded
approval-state-submitted = Waiting for approval
approval-state-approved = Approved, to be published
approval-submit-title = Submit for approval
approval-submit-hint = { $level ->
    [subdistrict] The subdistrict desk approves it.
    [county] The command centre approves it.
   *[other] The level above approves it.
  } Only then can it be published. It is submitted as it is now; a change by hand makes it a draft again, to be submitted anew.
approval-drew-hint = You drew, changed or submitted this plan yourself, so somebody else approves it.
approval-submit = Submit
approval-waiting-title = Waiting for approval
approval-waiting-hint = { $level ->
    [subdistrict] The subdistrict desk
    [county] The command centre
   *[other] The level above
  } has not answered yet. Withdrawn, it is a draft again and can be changed.
approval-withdraw = Withdraw
approval-sent-back = The level above sent this plan back:
approval-answer = Waiting for your answer
approval-answer-hint = You approve the plan and report that you see now, and nothing else can be published. Approve it alone, or approve and publish it in one go.
approval-own-hint = Nobody else is in post above, so this desk approves and publishes it; the record says so.
approval-approved-hint = The plan is approved and can be published.
approval-approve = Approve
approval-publish = Approve and publish
approval-publish-next = Approve and publish: check first
approval-confirm = Confirming approves this plan and publishes it from that day.
approval-confirm-own = Nobody else is in post above: confirming approves this plan as the desk’s own and publishes it from that day.
approval-reason = Why it goes back (for whoever drew it)
approval-send-back = Send back
approval-hand-warning = Any change makes the plan a draft again, to be submitted anew.
approval-waiting-for-you = Plans waiting for your approval ({ $count })
approval-nothing-waits = No plan is waiting for you.
approval-submitted-at = Submitted
approval-submitted-by = By
approval-yours = You can approve this plan yourself; there is no need to submit it.
approval-yours-try = Approve or publish it.
approval-no-reason = There is no reason.
approval-no-reason-try = Write a sentence, so that whoever drew it knows what to change.
approval-changed = The plan was changed after you opened it.
approval-changed-try = Reload the page and answer the plan as it is now.
approval-below = The level above approves this plan.
approval-below-try = { $level ->
    [subdistrict] Submit it to the subdistrict desk.
   *[county] Submit it to the command centre.
  }
approval-drew = You drew, changed or submitted this plan, so you cannot approve it.
approval-drew-try = Another colleague of the level above has to answer.
approval-not-now-try = Reload the page.
approval-is-draft = This plan is a draft and was not submitted.
approval-is-submitted = This plan is submitted already.
approval-is-approved = Somebody has approved this plan already.
approval-is-published = This plan is published already.
approval-is-in-force = This plan is in force already.
approval-is-past = This plan has been replaced.
approval-is-discarded = This plan is discarded.
approval-not-approved = The plan is not approved, so it cannot be published.
approval-not-approved-try = Submit it, so that the level above approves it.
approval-not-what-was-approved = The plan is not what was approved, so it cannot be published.
approval-not-what-was-approved-try = Withdraw it and submit it anew.
