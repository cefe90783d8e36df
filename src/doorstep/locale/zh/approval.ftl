## 划分方案的报批
approval-life = 方案经过
approval-machine = 系统
approval-somebody = 某工作人员
approval-did-draw = 划出草案
approval-did-submit = 提交审批
approval-did-withdraw = 撤回
approval-did-approve = 批准
approval-did-approve-own = 自行批准（上面没有在岗的受理台）
approval-did-send-back = 退回
approval-did-change = 提交后又有手工调整，回到草案
approval-did-publish = 发布
approval-did-supersede = 另一方案发布，回到草案
approval-did-discard = 作废
approval-state-submitted = 待批准
approval-state-approved = 已批准，待发布
approval-submit-title = 提交上一级审批
approval-submit-hint = { $level ->
    [subdistrict] 由镇街受理台审批。
    [county] 由指挥中心审批。
   *[other] 由上一级审批。
  }批准后才能发布。提交的是现在的样子；之后再手工调整，就回到草案，需重新提交。
approval-drew-hint = 这个方案您划过、调整过或提交过，要由别人批准。
approval-submit = 提交审批
approval-waiting-title = 等待批准
approval-waiting-hint = { $level ->
    [subdistrict] 镇街受理台
    [county] 指挥中心
   *[other] 上一级
  }还没有答复。撤回后方案回到草案，可以继续调整。
approval-withdraw = 撤回
approval-sent-back = 上一级退回了这个方案，理由是：
approval-answer = 等您答复
approval-answer-hint = 批准的就是您现在看到的这份方案和报告，发布的也只能是它。您可以只批准，也可以批准并发布。
approval-own-hint = 上面没有其他人在岗，由本台自行批准并发布，记录里会写明。
approval-approved-hint = 方案已批准，可以发布。
approval-approve = 批准
approval-publish = 批准并发布
approval-publish-next = 批准并发布：先核对
approval-confirm = 确认后，您批准这个方案，并从这一天起发布。
approval-confirm-own = 上面没有其他人在岗：确认后由本台自行批准，并从这一天起发布。
approval-reason = 退回的理由（写给划分的人）
approval-send-back = 退回
approval-hand-warning = 一经调整，方案就回到草案，需重新提交。
approval-waiting-for-you = 等您批准的方案（{ $count }）
approval-nothing-waits = 没有等您批准的方案。
approval-submitted-at = 提交时间
approval-submitted-by = 提交者
approval-yours = 这个方案您自己就可以批准，不必提交。
approval-yours-try = 直接批准或发布即可。
approval-no-reason = 没有写退回的理由。
approval-no-reason-try = 请写一句话，让划分的人知道要改什么。
approval-changed = 您打开之后，这个方案又有改动。
approval-changed-try = 请刷新页面，看过现在的方案再答复。
approval-below = 这个方案要由上一级批准。
approval-below-try = { $level ->
    [subdistrict] 请提交给镇街受理台。
   *[county] 请提交给指挥中心。
  }
approval-drew = 这个方案您划过、调整过或提交过，不能由您自己批准。
approval-drew-try = 请由上一级的另一位同事答复。
approval-not-now-try = 请刷新页面查看。
approval-is-draft = 这个方案现在是草案，没有提交审批。
approval-is-submitted = 这个方案已经提交审批。
approval-is-approved = 这个方案已经有人批准了。
approval-is-published = 这个方案已经发布。
approval-is-in-force = 这个方案已经生效。
approval-is-past = 这个方案已被取代。
approval-is-discarded = 这个方案已经作废。
approval-not-approved = 方案还没有批准，不能发布。
approval-not-approved-try = 请先提交，由上一级批准。
approval-not-what-was-approved = 现在的方案和批准的不一样，不能发布。
approval-not-what-was-approved-try = 请撤回，重新提交审批。
