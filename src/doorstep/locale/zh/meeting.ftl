# 每周例会：议程自动生成，决定记在诉求上

meeting-title = 每周例会
meeting-lead = 议程按办理记录自动生成：解决不了上报的、超期的、反复的、叫了没应的、上次定了还没办完的。决定记在各件诉求上，大家都看得到。
meeting-points = { $count ->
   *[other] 本次要议 { $count } 件
}
meeting-cut = 只列出承诺时限最早的 { $most } 件。
meeting-promised = 承诺
meeting-because-raised = 本周由下级上报：在那里解决不了
meeting-because-late = 已过对居民承诺的时限
meeting-because-pressed = 已提醒到本级
meeting-because-reopened = 本周重新提起或退回重办
meeting-because-unanswered = 叫了单位，逾时没有答复
meeting-because-decided = 以前会上定过，还没有办结
meeting-decide = 记下会议决定
meeting-act = 去办理
meeting-field-words = 会议决定
meeting-field-words-hint = 谁做什么、到什么时候。派单、延期等请到诉求页上办。
meeting-save = 保存决定
meeting-print = 打印
meeting-others = 今天还定了
meeting-earlier = 以往例会
meeting-decisions = { $count ->
   *[other] { $count } 项决定
}
meeting-minutes = 例会纪要
meeting-no-minutes = 这一天没有记下决定
meeting-nothing = 没有需要上会的诉求
meeting-nothing-text = 没有上报、超期、反复或逾时未应的诉求。
meeting-decided = 例会决定
meeting-without-words = 决定里要写清做什么。
meeting-without-words-try = 请写一句话：谁做什么、到什么时候。
meeting-not-a-desk = 例会决定由受理台记录。
meeting-not-a-desk-try = 请把决定告诉主持例会的受理台。
