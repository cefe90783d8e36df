### 一件诉求，多人反映：并入、退出、异议和热点。

cases-move-unmerge = 撤销合并
cases-merge-near-words = 同类事项，相距约 { $metres } 米，都提到“{ $words }”。
cases-merge-near-same-words = 事项不同，但相距约 { $metres } 米，都提到“{ $words }”。
cases-unmerge-accepted = 经核实，这两件诉求不是同一件事，恢复单独办理。原来的承诺时限不变。
cases-voice-added = 又有邻居反映了同一件事，一并办理。
cases-voice-gone = 之前并入的一件诉求经核实不是同一件事，已恢复单独办理。
cases-withdraw-voice = 您已退出这件诉求，不再通知您。
cases-join-accepted = 您与邻居反映的是同一件事，一并办理，一并答复。
cases-join-over = 这件诉求已经不能加入。
cases-join-ended = 您要加入的诉求刚刚已经办结。
cases-join-try = 您写的内容还在。请直接提交，作为一件新的诉求办理。
cases-object-accepted = 有一同反映的邻居说还没有解决，请受理台核实。
cases-object-again = 您已经对这次办理结果提过异议，受理台正在核实。
cases-object-again-try = 有新情况请补充说明。
cases-object-too-late = 办结已超过 { $days } 天，不能再提异议。
cases-object-late-try = 请重新反映，写上原来的受理编号，我们会一并查看。
cases-object-not-yet = 这件诉求还在办理，现在还没有办理结果。
cases-object-not-yet-try = 有新情况请补充说明。
cases-object-nothing = 这件诉求没有并入别的诉求。
cases-object-nothing-try = 如果还没有解决，请在本页说明。
cases-uphold-accepted = 受理台已核实邻居的异议，维持办结。
cases-uphold-nothing = 这件诉求没有待核实的异议。
cases-question-neighbour-objects = 一同反映的邻居说还没有解决。请核实：重新办理，还是维持办结？

desk-question-neighbour-objects = 邻居有异议
desk-move-uphold = 维持办结
desk-field-uphold = 核实情况（反映人和一同反映的邻居都会看到）
desk-field-unmerge = 为什么不是同一件事（选填，双方都会看到）
desk-voices-title = 一同反映的人
desk-voices-joined = 自行加入
desk-voices-merged = 受理台并入
desk-voices-objects = 有异议
desk-voices-more = 只列出最早的 { $count } 位。
desk-voices-told = 写给反映人的话，这 { $count } 位也会看到。
desk-voices-short = 共 { NUMBER($count, useGrouping: 0) } 人反映
desk-column-voices = 另有几人反映
desk-merge-that = 把那一件并入本件
desk-merged-undo = 撤销合并
desk-likely-later = 比本件晚

resident-similar = 附近已经有人反映，是同一件事吗？
resident-similar-hint = 选“是”就加入那件诉求：您有自己的跟进链接，每一步都会通知您，不用再等一遍。
resident-similar-none = 都不是，作为新的诉求提交
resident-similar-one = 是同一件事：{ $item }
resident-similar-where = { $microgrid }，{ $metres } 米以内
resident-similar-within = { $metres } 米以内
resident-similar-when = { $days ->
    [0] 今天反映
    [1] 昨天反映
   *[other] { $days } 天前反映
}
resident-similar-voices = 已有 { $count } 人反映
resident-joined-title = 您加入的诉求
resident-joined-lead = 下面是它的办理经过。写给大家的答复您都能看到，别人反映的内容看不到。
resident-joined-none = 还没有新的进展。
resident-step-unmerge = 恢复单独办理
resident-step-objected = 您说还没有解决
resident-move-unmerge = 恢复单独办理
resident-voices = { $count ->
   *[other] 另有 { $count } 位邻居也反映了这件事，一并办理。
}
resident-object-title = 还没有解决
resident-object-text = 写一句哪里还没有解决，受理台会去核实。办结后 7 天内都可以提。
resident-object-send = 告诉受理台
resident-leave-text = 退出后不再通知您；其他人反映的仍继续办理。
resident-done-object = 已经告诉受理台，核实后会通知您。

notices-voice-added = 又有邻居反映了同一件事，一并办理。
notices-voice-gone = 之前并入的一件诉求不是同一件事，已恢复单独办理。您的诉求不受影响。
notices-objected = 有一同反映的邻居说还没有解决，受理台正在核实。
