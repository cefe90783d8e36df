### 办结以后：一个工作日后问一次有没有再出问题；没有回复就写没有回复。

held-because = 办结已过一个工作日，请反映人看看有没有再出问题。
held-thanks = 反映人说没有再出问题。
held-not-asked = 现在没有等您回答的问题。
held-not-asked-try = 如果又出了问题，请在办结后的期限内重新打开；过了期限请重新反映。
held-title = 现在还好吗？
held-text = 这件事办结已过一个工作日。如果没有再出问题，请点一下；如果又坏了、没修好，请在下面写明，我们重新办理。不回答也可以，我们只记作没有回复。
held-move-held = 没有再出问题
held-notice = 您反映的事办结已过一个工作日，现在还好吗？如果又出了问题，请打开链接写明，我们重新办理；没有问题不用回复。
held-step-asked = 问您办好以后有没有再出问题
held-step-did-not = 您说又出了问题，重新打开
held-step-closed-unheard = 办结：承办单位已办好，没有等到您的回复
held-photo-before = 反映时
held-photo-between = 办理中
held-photo-after = 办理后
held-solved-seen-by-staff = 已解决（工作人员看过，反映人没有回复）
held-solved-unheard = 已办好（反映人没有回复）
held-verdict-confirmed = 反映人确认已经解决
held-verdict-not-solved = 反映人说还没有解决
held-verdict-seen-by-staff = 承办单位以外的工作人员看过
held-verdict-unheard = 没有回复，按未评价记录
held-verdict-held = 反映人说没有再出问题
held-count-confirmed = 反映人确认
held-count-unheard = 没有回复
held-done-more = 补充办理时间和地点（可不填）
held-field-done-at = 什么时候办的
held-field-done-at-hint = 不填就按现在记。
held-field-done-place = 在哪里办的
held-done-at = 地点：{ $place }

cases-question-did-it-hold = 办好以后有没有再出问题？
desk-question-did-it-hold = 问过反映人是否还好
cases-close-solved-seen = 承办单位已经办好，其他工作人员看过；反映人没有回复。
resident-step-verify-held = 您说没有再出问题
resident-done-held = 谢谢您告诉我们。
clocks-before-the-report = 办理时间早于反映的时间（{ $day }）。
open-do-say-it-held = 反映人回答：办好以后没有再出问题
