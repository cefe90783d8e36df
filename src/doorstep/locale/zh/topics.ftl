### 热点诉求。

topics-title = 热点诉求
topics-lead = 最近 { $days } 天里，说法相近、地点和时间也相近的诉求归为一个热点，每小时更新。至少 { $fewest } 人反映才列出；涉及隐私的事项只计数。
topics-none = 最近没有热点诉求
topics-none-text = 同一件事至少 { $fewest } 人反映才会列在这里。
topics-item = 事项
topics-since = 开始
topics-latest = 最近
topics-cases = 诉求
topics-voices = 加入的人
topics-weight = 反映人次
topics-trend = 每天反映人次
topics-private = 涉及隐私（只计数）
topics-communities = { $name } 等 { $count } 个社区
topics-export = 导出
topics-all = 全部热点
topics-column-day = 日期
topics-column-key = 热点编号
topics-column-class = 类别
topics-column-community = 社区
topics-column-subdistrict = 镇（街道）
open-do-list-topics = 热点诉求：本区域及下级各处，按人次、地方和每天列出
