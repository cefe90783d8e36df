### 有人需要帮助：先打电话，再叫社区和网格

help-button = 这里有人需要帮助
help-title = 这里有人需要帮助
help-lead = 先打上面的电话。再按一下按钮，社区受理台和本网格的网格长、网格员马上会知道地点，赶过来帮忙。
help-send = 叫社区和网格过来
help-door = 在哪个大厅、驿站或楼门
help-door-none = 都不是（写在下面，或用现在的位置）
help-my-place = 用我现在的位置
help-place-words = 具体在哪里
help-place-words-hint = 例如：一楼等候区，靠门第二排。
help-what = 怎么了
help-what-injured-person = 突发不适、受伤
help-what-lost-person = 老人、孩子迷路走失
help-what-mental-support = 情绪激动、想不开
help-what-crime = 被打、受威胁
help-words = 补充一句
help-words-hint = 只写来的人需要知道的，不用写姓名。
help-where-missing = 还不知道在哪里。
help-where-missing-try = 请写一句地点，或用现在的位置。
help-told-title = 已经通知
help-told = 社区受理台和本网格已收到。请有人守在旁边，等人到了再离开。受理编号 { $number }。
help-another = 另有一人需要帮助
help-called = 有人需要帮助（{ $what }），地点：{ $place }。请马上过去。受理编号 { $number }。
help-place-on-page = 见诉求页面
staff-trace-called-help = 呼叫帮助
help-way = 有人需要帮助
help-more = 补充怎么了、在哪个位置
