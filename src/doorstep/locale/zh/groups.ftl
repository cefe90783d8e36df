### 群机器人与企业应用：有人在那里对我们说话

notices-group = 【家门口】编号 { $number }：{ $said }
notices-not-from-there = 这条消息不是从已登记的平台发来的，或已过时。
notices-not-from-there-try = 请核对回调地址、令牌和密钥，以及服务器的时钟。
groups-words-missing = 请用一句话说说是什么事、在哪里，例如：“3 号楼二单元路灯不亮了”。最多 { NUMBER($most, useGrouping: 0) } 个字。
groups-too-many = 一小时内收到的消息太多，这一条没有受理。急事请拨打 110、119、120 或 12345。
groups-received = { $advice }已受理，编号 { $number }。进展会在这里告知。{ $link }
groups-account-wecom = 企业微信用户
groups-account-dingtalk = 钉钉用户

groups-reply-kept = 已经把您的话转给受理编号 { $number } 的经办人员，不用再发。
groups-account-sms = 短信
