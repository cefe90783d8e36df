### doorstep verify：核对流转记录的哈希链。

chain-looking = 正在核对流转记录……
chain-so-far = 正在核对流转记录：{ $cases } 件诉求，{ $rows } 条记录……
chain-sound = 全部相符：{ $cases } 件诉求，{ $rows } 条流转记录。
chain-unsound = 发现 { $count } 处不符：
chain-more = 还有 { $count } 处。
chain-fault-changed = 诉求 { $case } 第 { $seq } 条：内容与哈希不符，写入后被改过。
chain-fault-cut = 诉求 { $case } 第 { $seq } 条：与前一条接不上，前面被换过。
chain-fault-skipped = 诉求 { $case } 第 { $seq } 条：序号不连续，有记录被抽走。
chain-fault-leapt = 诉求 { $case } 第 { $seq } 条：起点不是前一条的终点。
chain-fault-strayed = 诉求 { $case }：现在的状态与最后一条记录不符。
chain-fault-reworded = 诉求 { $case } 第 { $seq } 条：文字与记录中的哈希不符，文字被改过。
